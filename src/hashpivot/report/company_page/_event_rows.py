"""Rows of the events that changed a company."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.company import CompanyProfile
from hashpivot.ledger import CompanyEvent

from ..shared import Link, clean, link_to


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as the page shows it; an amount that is not disclosed is a dash."""

    effective: str
    known: str
    what: str
    line: str
    size: str
    counterparty: str
    note: str
    grade: str
    link: Link


def event_lines(profile: CompanyProfile) -> list[EventLine]:
    """Return a row an event, newest first."""
    return [_line(profile, event) for event in profile.events]


def _line(profile: CompanyProfile, event: CompanyEvent) -> EventLine:
    source = profile.view.sources[event.source]
    sizes = ((event.mw, "MW"), (event.ehs, "EH/s"))
    size = ", ".join(f"{amount:f} {unit}" for amount, unit in sizes if amount is not None)
    left = "" if event.scale is None else f"{event.scale:.0%} of it left"
    return EventLine(
        event.effective.isoformat(),
        event.known.isoformat(),
        event.kind.words,
        event.line.heading if event.line else "whole company",
        ", ".join(filter(None, (size, left))) or "–",
        clean(event.counterparty),
        clean(event.note),
        source.grade,
        link_to(clean(source.title), source.url),
    )

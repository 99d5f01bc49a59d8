"""Filing dates recorded by hand: the day from which a source, and all that it says, counts as known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from hashpivot.core import Figure, Source, TextFact

from ..disclosures import FILING_DATE, recorded_filing_date

Member = TypeVar("Member", Figure, TextFact)


def filing_days(members: Iterable[Figure | TextFact]) -> dict[str, date]:
    """Return the days that text facts of the kind `filing_date` give, by key of the source.

    Args:
        members: Those that count, in the order they were recorded.
    """
    facts = (member for member in members if isinstance(member, TextFact) and member.kind == FILING_DATE)
    return {filed.source: filed.known for filed in map(recorded_filing_date, facts)}


def dated_source(source: Source, known: date | None, basis: str) -> Source:
    """Return a source as known since a day; itself if there is none, or it is."""
    if known is None or (source.known, source.known_basis) == (known, basis):
        return source
    return replace(source, known=known, known_basis=basis)


def dated_members(members: tuple[Member, ...], days: Mapping[str, date]) -> tuple[Member, ...]:
    """Return members, those of dated sources as known since that day.

    Args:
        members: Figures or text facts.
        days: By every name of a source that a member may give.
    """
    return tuple(_dated(member, days.get(member.source)) for member in members)


def _dated(member: Member, known: date | None) -> Member:
    return member if known is None or member.known == known else replace(member, known=known)

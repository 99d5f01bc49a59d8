"""Events of a company that change what its past quarters say: halls converted, sites sold, lines ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import log

from hashpivot.core import Line
from hashpivot.ledger import CompanyEvent, EventKind, View

from ..hash_rate import HashRateEvidence
from ..network import day_count

UNKNOWN_VARIANCE = 0.25
"""Variance of the log of what is left of a line after an event of unknown size: judged, a factor of 1.6."""
LEAST_SCALE = 0.01


def events_of(view: View, ticker: str, day: date, end: date) -> tuple[CompanyEvent, ...]:
    """Events known on a day that take effect by `end`, in their order."""
    return tuple(event for event in view.events(ticker, day) if event.effective <= end)


def acquired(view: View, ticker: str, day: date, end: date) -> CompanyEvent | None:
    """The event by which a company ceased to report before a quarter's end; None if there is none."""
    ended = (event for event in events_of(view, ticker, day, end) if event.kind is EventKind.ACQUIRED)
    return next(ended, None)


def concerns(event: CompanyEvent, line: Line) -> bool:
    """True if the event changes this line; a merger called off and one that ends its reports change none."""
    if event.kind in (EventKind.MERGER_ENDED, EventKind.ACQUIRED):
        return False
    return event.line is None or event.line is line


def ends(event: CompanyEvent, line: Line) -> bool:
    """True if there is no such line after the event."""
    return event.kind is EventKind.LINE_ENDED and concerns(event, line)


def log_scale(event: CompanyEvent) -> float:
    """Log of the share of a line that is left after an event; 0 if it is not disclosed."""
    return 0.0 if event.scale is None else log(max(LEAST_SCALE, float(event.scale)))


def since_events(
    evidence: Sequence[HashRateEvidence], events: Iterable[CompanyEvent]
) -> list[HashRateEvidence]:
    """Evidence on the fleet that is left: figures before an event scaled, or not used if its size is unknown.

    Figures before an event of unknown size are kept if there are none after it, and before a purchase of
    unknown size: fleets that grow by purchases are what the model's steps are made for.
    """
    left = list(evidence)
    for event in events:
        if not concerns(event, Line.SELF_MINING) or ends(event, Line.SELF_MINING):
            continue
        if event.kind is EventKind.SITE_BOUGHT and event.scale is None:
            continue
        after = [e for e in left if e.end >= event.effective]
        if event.scale is None:
            left = after if any(e.start >= event.effective for e in after) else left
        else:
            shift = log_scale(event)
            left = [e if e.end >= event.effective else replace(e, log_ehs=e.log_ehs + shift) for e in left]
    return left


def unknown_variance(
    events: Iterable[CompanyEvent], line: Line, evidence: Iterable[HashRateEvidence]
) -> float:
    """Variance of a line's log by events of unknown size that no evidence on it follows."""
    last = max((e.end for e in evidence if e.kind.earned), default=date.min)
    unknown = (
        e
        for e in events
        if concerns(e, line) and e.scale is None and e.kind is not EventKind.LINE_ENDED and e.effective > last
    )
    return UNKNOWN_VARIANCE * sum(1 for _ in unknown)


def part_before(events: Iterable[CompanyEvent], line: Line, start: date, end: date) -> float:
    """A quarter's revenue of a line over what it would be if the events within it had come before it."""
    ratio = 1.0
    for event in events:
        if concerns(event, line) and start < event.effective <= end:
            before = (event.effective - start).days / day_count(start, end)
            ratio *= 1 + before * (1 / max(LEAST_SCALE, float(event.scale or 1.0)) - 1)
    return ratio

"""Say why a quarter cannot be derived, in one sentence that names what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hashpivot.core import MEASURES, ONE_DAY, Missing, months_in

from ._statement import OWN_TERMS, Slot, Statement


def not_derivable(measure: str, statements: Sequence[Statement], start: date, end: date) -> Missing:
    """Return the reason, judged by the shortest reported period around the quarter.

    Args:
        measure: Name of the measure.
        statements: All reported statements of it.
        start, end: The quarter's first and last day.
    """
    title = MEASURES[measure].title.lower()
    title += " by line" if MEASURES[measure].by_line else ""
    around = [s for s in statements if s.start <= start and s.end >= end and s.end - s.start > end - start]
    if not around:
        return Missing(f"{title}: nothing is reported for {start}..{end} or a longer period around it")
    whole = min(around, key=lambda s: (s.end - s.start, -len(s.figures), s.source))
    gaps = [(whole.start, start - ONE_DAY), (end + ONE_DAY, whole.end)]
    reasons = [_gap(whole, statements, first, last) for first, last in gaps if first <= last]
    return Missing(f"{title}: " + "; ".join(filter(None, reasons)), "not_derivable")


def _gap(whole: Statement, statements: Sequence[Statement], start: date, end: date) -> str:
    there = [s for s in statements if (s.start, s.end) == (start, end)]
    piece, name = _length(start, end), f"{whole.start}..{whole.end}"
    if not there:
        return f"no {piece} figure for {start}..{end} to take from {name}"
    if any(s.same_breakdown(whole) for s in there):
        return ""
    if whole.measure in OWN_TERMS:
        return f"no {piece} figure in the report of {name}, and others may define segment costs differently"
    folded = " and ".join(sorted(_name(s) for s in whole.signature - there[0].apart))
    apart = " and ".join(sorted(_name(s) for s in there[0].signature - whole.apart))
    where = f"{folded} is not shown apart in {piece} {start}..{end}" if folded else ""
    other = f"{apart} is not shown apart in {name}" if apart else ""
    difference = ", and ".join(filter(None, (where, other)))
    return f"no {piece} figure with the same breakdown as {name}: {difference}"


def _length(start: date, end: date) -> str:
    words = {3: "three-month", 6: "six-month", 9: "nine-month", 12: "twelve-month"}
    months = months_in(start, end)
    return words.get(months, f"{months}-month")


def _name(slot: Slot) -> str:
    return slot.heading.lower() if slot else "the total"

"""Say why a quarter has no amount, in one sentence that names what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hashpivot.core import ONE_DAY, Missing, Quarter, is_quarter_long, months_in, not_derivable

from ._reports_read import ExpectedReport, ReportsRead, title_of
from ._statement import OWN_TERMS, Slot, Statement

_STUB = timedelta(days=50)
_LONG = timedelta(days=150)
"""Lengths between which a period may be what a company calls a quarter: 8 and 21 weeks."""


_NAMES = {6: "half year", 9: "nine months", 12: "year"}


def why_absent(
    measure: str,
    statements: Sequence[Statement],
    quarter: Quarter,
    bounds: tuple[date, date],
    reports: ReportsRead,
) -> Missing:
    """Return why a quarter has no amount, judged by the shortest reported period around it.

    Not derivable if a longer period around it is reported; else its own report was not read, or is silent.

    Args:
        measure: Name of the measure.
        statements: All reported statements of it.
        quarter: The quarter.
        bounds: Its first and last day by the company's fiscal calendar.
        reports: Which reports were read.
    """
    title, (start, end) = title_of(measure), bounds
    odd = _odd_period(statements, quarter)
    if odd:
        return not_derivable(f"{title}: {quarter}: {odd}")
    whole = _longer_period(statements, bounds)
    if not whole:
        return reports.absent(measure, quarter)
    pieces = _pieces(whole, start, end)
    reason = _reason(whole, statements, pieces)
    report = _report_of_operand(whole, quarter, measure, reports)
    return not_derivable(
        f"{title}: {quarter} cannot be derived: {reason}", f"{report}: {title}" if report else ""
    )


def report_to_get(
    measure: str,
    statements: Sequence[Statement],
    quarter: Quarter,
    bounds: tuple[date, date],
    reports: ReportsRead,
) -> ExpectedReport | None:
    """Return the report that would end the absence `why_absent` tells of; None if none would.

    Args:
        measure, statements, quarter, bounds, reports: As `why_absent`.
    """
    if _odd_period(statements, quarter):
        return None
    whole = _longer_period(statements, bounds)
    if whole:
        return _report_of_operand(whole, quarter, measure, reports)
    return reports.to_get(measure, quarter)


def _longer_period(statements: Sequence[Statement], bounds: tuple[date, date]) -> Statement | None:
    """The shortest period longer than a quarter around a quarter's middle."""
    start, end = bounds
    middle = start + (end - start) / 2
    around = [s for s in statements if s.start <= middle <= s.end and s.end - s.start > _LONG]
    return min(around, key=lambda s: (s.end - s.start, -len(s.figures), s.source), default=None)


def _report_of_operand(
    whole: Statement, quarter: Quarter, measure: str, reports: ReportsRead
) -> ExpectedReport | None:
    """The report that would give an operand: the quarter's own, or, in a year's last, the one before."""
    last = quarter if whole.end != reports.bounds(quarter)[1] else quarter - 1
    return None if reports.read(measure, last) else reports.expected(last)


def _odd_period(statements: Sequence[Statement], quarter: Quarter) -> str:
    """That what lies between reported periods at the end of the quarter is too short or too long for one."""
    edges = sorted({day for s in statements for day in (s.start, s.end + ONE_DAY)})
    for after in edges:
        end = after - ONE_DAY
        if Quarter.of_period_end(end) != quarter:
            continue
        start = max((day for day in edges if day <= after - _STUB), default=None)
        if start and after - start <= _LONG:
            days = (after - start).days
            if not is_quarter_long(start, end):
                weeks = f" ({days // 7} weeks)" if days % 7 == 0 else ""
                return f"the {days} days{weeks} {start}..{end} count as no quarter"
    return ""


def _pieces(whole: Statement, start: date, end: date) -> list[tuple[date, date]]:
    """What lies before and after a quarter in a longer period."""
    gaps = [(whole.start, start - ONE_DAY), (end + ONE_DAY, whole.end)]
    return [(first, last) for first, last in gaps if first <= last]


def _reason(whole: Statement, statements: Sequence[Statement], pieces: Sequence[tuple[date, date]]) -> str:
    inside = [s for s in statements if whole.start <= s.start and s.end <= whole.end]
    name = f"{_NAMES.get(months_in(whole.start, whole.end), 'period')} {whole.start}..{whole.end}"
    if all((s.start, s.end) == (whole.start, whole.end) for s in inside):
        return (
            f"the {name} is known, the quarters and longer periods within it are not: add the quarterly "
            "reports (10-Q or 6-K) for them"
        )
    reasons = [_gap(whole, statements, first, last) for first, last in pieces]
    return "; ".join(filter(None, reasons)) or (
        f"the shorter periods within the {name} do not go with it: one of them was restated in between, or "
        "its lines exceed its total"
    )


def _gap(whole: Statement, statements: Sequence[Statement], start: date, end: date) -> str:
    there = [s for s in statements if (s.start, s.end) == (start, end)]
    piece, name = _length(start, end), f"{whole.start}..{whole.end}"
    if not there:
        return f"no {piece} figure for {start}..{end} to take from {name} is known"
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

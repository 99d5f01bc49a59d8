"""Whether the four quarters of a year add up to it, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from hashpivot.core import MEASURES, ONE_DAY, Quarter

from ._company_statements import CompanyStatements
from ._standing import SourceStanding
from ._statement import Slot, Statement

_YEAR = (timedelta(days=350), timedelta(days=378))
"""Lengths of a year, that of 52 or 53 weeks included."""


def year_differences(statements: CompanyStatements) -> list[str]:
    """Return one sentence for each year whose quarters do not add up to it, by measure and line.

    Years with a quarter missing, or in other lines than their quarters, are left out.
    """
    return [
        sentence
        for measure in ("total_revenue", "revenue", "cost_of_revenue")
        for year in _years(statements, measure)
        for sentence in _differences(year, _quarters(statements, year))
    ]


def _years(statements: CompanyStatements, measure: str) -> Iterator[Statement]:
    reported = [s for s in statements.statements(measure) if s.standing < SourceStanding.SECONDARY]
    periods = {(s.start, s.end) for s in reported if _YEAR[0] <= s.end - s.start <= _YEAR[1]}
    best = (statements.period(measure, *period) for period in sorted(periods))
    return (year for year in best if year is not None)


def _quarters(statements: CompanyStatements, year: Statement) -> list[Statement]:
    """The year's four quarters as the view gives them; none unless they tile it in the same lines."""
    last = Quarter.of_period_end(year.end)
    found = [statements.quarter(year.measure, last - back) for back in (3, 2, 1, 0)]
    quarters = [q for q in found if isinstance(q, Statement) and q.same_breakdown(year)]
    starts, ends = [q.start for q in quarters], [q.end + ONE_DAY for q in quarters]
    tiled = len(quarters) == 4 and [*starts, year.end + ONE_DAY] == [year.start, *ends]
    return quarters if tiled else []


def _differences(year: Statement, quarters: Sequence[Statement]) -> Iterator[str]:
    if not quarters:
        return
    rounding = sum((q.step for q in quarters), year.step) / 2
    for slot in sorted(year.figures, key=str):
        total = sum((q.amount(slot) for q in quarters), Decimal(0))
        if abs(total - year.amount(slot)) > rounding:
            yield _sentence(slot, total, year, quarters)


def _sentence(slot: Slot, total: Decimal, year: Statement, quarters: Sequence[Statement]) -> str:
    title = " ".join(filter(None, (slot.heading if slot else "", MEASURES[year.measure].title.lower())))
    later = [f"{q.quarter} (known {q.known})" for q in quarters if q.known > year.known and not q.derived]
    why = (
        f"{' and '.join(later)} was reported again after the year"
        if later
        else "the year was reported last and restates quarters without giving them"
    )
    return (
        f"{title}: the quarters of {year.start}..{year.end} add up to {total:,}, the year is "
        f"{year.amount(slot):,} (known {year.known}): {why}"
    )

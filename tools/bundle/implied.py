"""Lines and totals that a source does not print and its other rows of the period imply, as derived figures.

Two kinds, both within one source, period and basis: revenue is cost plus gross profit of a line that shows
both; and where a company has one line of revenue besides those it prints, that line is the rest of the total,
and all of them together are the total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from hashpivot.core import NO_LOCATOR, Figure, Kind, Line
from hashpivot.ledger import DETAIL
from hashpivot.ledger.statements import combine

from .rows import by


@dataclass(frozen=True)
class OnlyOther:
    """A company whose revenue is one line and those it prints beside it.

    Args:
        ticker: The company.
        line: The line that is not printed.
        ends: First and last day on which the periods end for which that is known.
        why: The note of what is derived.
    """

    ticker: str
    line: Line
    ends: tuple[date, date]
    why: str


# The 10-Qs and 10-Ks of these companies show these lines and no other.
_ONLY = (
    OnlyOther(
        "CIFR",
        Line.SELF_MINING,
        (date(2022, 1, 1), date(2026, 6, 30)),
        "all revenue is bitcoin mining, leases of data halls have not begun",
    ),
    OnlyOther(
        "IREN",
        Line.SELF_MINING,
        (date(2024, 7, 1), date(2026, 6, 30)),
        "revenue is bitcoin mining and AI cloud, which is shown",
    ),
    OnlyOther(
        "WULF",
        Line.SELF_MINING,
        (date(2025, 7, 1), date(2026, 6, 30)),
        "revenue is bitcoin mining and HPC leases, which are shown",
    ),
    OnlyOther(
        "CLSK",
        Line.SELF_MINING,
        (date(2023, 10, 1), date(2026, 3, 31)),
        "all revenue is bitcoin mining",
    ),
)
_ALONE = frozenset({"CIFR", "CLSK"})
"""Those of them that have no second line, so that nothing need be printed beside the total."""


def implied_lines(figures: Iterable[Figure]) -> list[Figure]:
    """Revenue that other rows of the same source, period and basis imply and no row gives."""
    return [new for rows in by(figures, _place).values() for new in _of_one(rows)]


def _place(figure: Figure) -> tuple[object, ...]:
    return figure.source, figure.ticker, figure.start, figure.end, figure.breakdown


def _of_one(rows: list[Figure]) -> Iterator[Figure]:
    if rows[0].start is None or rows[0].breakdown == DETAIL:
        return
    shown = {row.line: row for row in rows if row.measure == "revenue"}
    added = list(_from_costs(rows, shown))
    yield from added
    known = shown | {row.line: row for row in added}
    yield from filter(None, (_rest(rows, known), _whole(rows, known)))


def _from_costs(rows: list[Figure], shown: dict[Line | None, Figure]) -> Iterator[Figure]:
    """Revenue of lines that show cost and gross profit."""
    for line in Line:
        parts = [
            [row for row in rows if (row.measure, row.line) == (measure, line)]
            for measure in ("cost_of_revenue", "segment_gross_profit")
        ]
        if line not in shown and all(len(part) == 1 for part in parts):
            terms = [(1, part[0]) for part in parts]
            yield _derived(terms, line, "cost of revenue and gross profit of the line")


def _rest(rows: list[Figure], shown: dict[Line | None, Figure]) -> Figure | None:
    """The one line of the company that is not shown, from the total."""
    totals, only = _totals(rows), _only(rows[0])
    if only is None or not totals or only.line in shown or not (shown or only.ticker in _ALONE):
        return None
    terms = [(1, totals[0]), *((-1, row) for row in shown.values() if row.value)]
    return _derived(terms, only.line, only.why)


def _whole(rows: list[Figure], shown: dict[Line | None, Figure]) -> Figure | None:
    """The total of a company whose lines are all shown, where no total is."""
    only = _only(rows[0])
    if (
        only is None
        or _totals(rows)
        or only.line not in shown
        or not (len(shown) > 1 or only.ticker in _ALONE)
    ):
        return None
    return _derived([(1, row) for row in shown.values()], None, f"sum of the lines: {only.why}")


def _totals(rows: list[Figure]) -> list[Figure]:
    return [row for row in rows if row.measure == "total_revenue"]


def _only(figure: Figure) -> OnlyOther | None:
    return next(
        (o for o in _ONLY if o.ticker == figure.ticker and o.ends[0] <= figure.end <= o.ends[1]), None
    )


def _derived(terms: list[tuple[int, Figure]], line: Line | None, why: str) -> Figure:
    measure = "revenue" if line else "total_revenue"
    like = replace(terms[0][1], measure=measure, line=line, locator=NO_LOCATOR, label="")
    figure = combine(terms, like, why)
    return replace(figure, source=terms[0][1].source, breakdown=terms[0][1].breakdown, kind=Kind.DERIVED)

"""Lines of business by quarter: revenue, its growth, gross profit and margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hashpivot.core import GROUPS, Figure, Line, Missing, Quarter, not_applicable, short_repr
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import (
    Metric,
    group_gross_profit,
    group_margin,
    of_figure,
    ratio,
    relative_change,
)

from ._amount import Amount, amount_json


@short_repr
@dataclass(frozen=True, slots=True)
class LineQuarter:
    """A line, or the whole company, in one quarter.

    Args:
        revenue: Revenue in dollars.
        growth_qoq: Against the quarter before.
        growth_yoy: Against the quarter a year before.
        gross_profit: Revenue less cost of revenue; of the whole company that of all its lines.
        margin: Gross profit over revenue.
    """

    revenue: Figure | Missing
    growth_qoq: Metric
    growth_yoy: Metric
    gross_profit: Amount
    margin: Metric

    def amounts(self) -> dict[str, Amount]:
        """By the keys of the JSON."""
        return {
            "revenue_usd": self.revenue,
            "growth_qoq": self.growth_qoq,
            "growth_yoy": self.growth_yoy,
            "gross_profit_usd": self.gross_profit,
            "gross_margin_share": self.margin,
        }


@short_repr
@dataclass(frozen=True, slots=True)
class LineHistory:
    """A line by quarter.

    Args:
        line: The line; None for the whole company.
        quarters: As the table's quarters.
    """

    line: Line | None
    quarters: tuple[LineQuarter, ...]

    @property
    def title(self) -> str:
        """How a page writes it."""
        return self.line.heading if self.line else "Total revenue"


@short_repr
@dataclass(frozen=True, slots=True)
class LineTable:
    """A company's lines by quarter.

    Args:
        quarters: Everything known of each, oldest first.
        lines: Every line with an amount in one of them.
        total: The whole company.
        unattributed: Revenue on no line, a figure or Missing a quarter; empty if every quarter ties.
    """

    quarters: tuple[QuarterLines, ...]
    lines: tuple[LineHistory, ...]
    total: LineHistory
    unattributed: tuple[Figure | Missing, ...] = ()

    def rows(self) -> Iterator[LineHistory]:
        """Yield the lines, then the total."""
        yield from self.lines
        yield self.total

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return {
            "rows": [
                {
                    "line": row.line or "total",
                    "quarters": [
                        {"quarter": str(lines.quarter)}
                        | {name: amount_json(amount) for name, amount in cell.amounts().items()}
                        for lines, cell in zip(self.quarters, row.quarters, strict=True)
                    ],
                }
                for row in self.rows()
            ],
            "unattributed_usd": [
                {"quarter": str(lines.quarter), **amount_json(amount)}
                for lines, amount in zip(self.quarters, self.unattributed, strict=False)
            ],
        }


def line_table(view: View, ticker: str, quarters: Sequence[Quarter]) -> LineTable:
    """Return a company's lines by quarter."""
    shown = tuple(view.quarter_lines(ticker, quarter) for quarter in quarters)
    used = [line for line in Line if any(line in q.revenue or line in q.gross_profit for q in shown)]
    lines = tuple(LineHistory(line, tuple(_of_line(view, q, line) for q in shown)) for line in used)
    total = LineHistory(None, tuple(_of_company(view, q) for q in shown))
    apart = any(isinstance(q.unattributed, Figure) and not q.ties for q in shown)
    return LineTable(shown, lines, total, tuple(map(_rest, shown)) if apart else ())


def _rest(lines: QuarterLines) -> Figure | Missing:
    """Revenue on no line; none where the lines add up to the total."""
    if lines.ties:
        return not_applicable("the lines add up to the total")
    return lines.unattributed


def _of_line(view: View, lines: QuarterLines, line: Line) -> LineQuarter:
    earned = revenue_of(lines, line)
    before, year_ago = _earlier(view, lines)
    profit = lines.gross_profit.get(line) or lines.why("gross_profit", line)
    margin = ratio("gross_margin_share", _metric(profit), _metric(earned), "gross profit / revenue")
    return LineQuarter(
        earned,
        _growth("growth_qoq", earned, revenue_of(before, line)),
        _growth("growth_yoy", earned, revenue_of(year_ago, line)),
        profit,
        margin,
    )


def _of_company(view: View, lines: QuarterLines) -> LineQuarter:
    before, year_ago = _earlier(view, lines)
    return LineQuarter(
        lines.total_revenue,
        _growth("growth_qoq", lines.total_revenue, before.total_revenue),
        _growth("growth_yoy", lines.total_revenue, year_ago.total_revenue),
        group_gross_profit(lines, *GROUPS),
        group_margin(lines, *GROUPS),
    )


def revenue_of(lines: QuarterLines, line: Line) -> Figure | Missing:
    """Return a line's revenue in a quarter, or why there is none."""
    return lines.revenue.get(line) or lines.why("revenue", line)


def _earlier(view: View, lines: QuarterLines) -> tuple[QuarterLines, QuarterLines]:
    """The quarter before and that a year before."""
    before, year_ago = (view.quarter_lines(lines.ticker, lines.quarter - back) for back in (1, 4))
    return before, year_ago


def _growth(name: str, now: Figure | Missing, then: Figure | Missing) -> Metric:
    return relative_change(name, _metric(now), _metric(then))


def _metric(figure: Figure | Missing) -> Metric:
    return of_figure("revenue_usd", figure)

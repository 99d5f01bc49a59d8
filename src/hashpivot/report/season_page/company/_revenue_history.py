"""A company's last quarters: revenue by line as a chart, and the chart's numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from hashpivot.core import Absence, Figure, Line, Missing, Quarter
from hashpivot.ledger import QuarterLines, View

from ...charts import Column, revenue_chart
from ...shared import NO_REFS, Cell, Chart, EvidenceList, clean, figure_cell

QUARTERS_SHOWN = 9
"""Two years and the quarter they are compared with."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line, or the total, over the quarters."""

    title: str
    amounts: list[Cell]


@dataclass(frozen=True, slots=True)
class History:
    """The chart, what its colours mean, its numbers, and why quarters are not among them."""

    chart: Chart
    legend: dict[str, str]
    quarters: list[str]
    rows: list[HistoryRow]
    gaps: list[str]


def last_quarters(view: View, ticker: str, last: Quarter) -> list[QuarterLines]:
    """A company's quarters up to `last`, oldest first."""
    return [view.quarter_lines(ticker, q) for q in (last - (QUARTERS_SHOWN - 1)).through(last)]


def history(quarters: list[QuarterLines], evidence: EvidenceList) -> History:
    """Build it; the figures are added to the evidence."""
    columns = [Column.of(lines) for lines in quarters]
    shown = [line for line in Line if any(line in lines.revenue for lines in quarters)]
    rows = [HistoryRow(line.heading, [_amount(line, q, evidence) for q in quarters]) for line in shown]
    if any(map(_has_rest, quarters)):
        rows.append(HistoryRow("Not by line", [_rest(lines, evidence) for lines in quarters]))
    rows.append(HistoryRow("Total revenue", [_figure(lines.total_revenue, evidence) for lines in quarters]))
    names = [str(lines.quarter) for lines in quarters]
    chart = revenue_chart(columns)
    gaps = [clean(why.reason) for q in quarters if _underivable(why := q.total_revenue)]
    return History(chart, dict(chart.key), names, rows, gaps)


def _underivable(total: Figure | Missing) -> TypeGuard[Missing]:
    return isinstance(total, Missing) and total.code == Absence.NOT_DERIVABLE


def _amount(line: Line, lines: QuarterLines, evidence: EvidenceList) -> Cell:
    figure = lines.revenue.get(line) or lines.why("revenue", line)
    nothing = isinstance(figure, Missing) and lines.revenue and lines.ties
    return Cell("–") if nothing else _figure(figure, evidence)


def _has_rest(lines: QuarterLines) -> bool:
    return bool(lines.revenue) and not lines.ties and isinstance(lines.unattributed, Figure)


def _rest(lines: QuarterLines, evidence: EvidenceList) -> Cell:
    return _figure(lines.unattributed, evidence) if _has_rest(lines) else Cell("–")


def _figure(figure: Figure | Missing, evidence: EvidenceList) -> Cell:
    return figure_cell(figure, NO_REFS if isinstance(figure, Missing) else evidence.refs([figure]))

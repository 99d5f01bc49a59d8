"""What a company earned in the quarter, line by line, and in total."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Figure, Line, Missing, not_applicable
from hashpivot.ledger import QuarterLines

from ...shared import (
    NO_REFS,
    Cell,
    EvidenceList,
    Refs,
    clean,
    figure_cell,
    figure_title,
    format_share,
    value_cell,
)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of business: amounts, margin and how they are known."""

    title: str
    revenue: Cell
    cost: Cell
    profit: Cell
    margin: Cell
    basis: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """An amount of the whole company: total, eliminations, revenue attributed to no line."""

    title: str
    amount: Cell
    basis: str


def line_rows(lines: QuarterLines, evidence: EvidenceList) -> list[LineRow]:
    """The lines of business in their usual order; their figures are added to the evidence."""
    return [_line_row(line, lines, evidence) for line in Line if _shown(line, lines)]


def total_rows(lines: QuarterLines, evidence: EvidenceList) -> list[TotalRow]:
    """The total last, before it eliminations and unattributed revenue where there are any."""
    return [_total_row(figure, evidence) for figure in _totals(lines)]


def why_no_lines(lines: QuarterLines) -> Cell:
    """The kind of absence and the reason that no revenue by line is shown; empty if it is."""
    missing = lines.missing.get("revenue")
    return Cell(missing.code.words, clean(missing.reason)) if isinstance(missing, Missing) else Cell("")


def _shown(line: Line, lines: QuarterLines) -> bool:
    return line in lines.revenue or line in lines.cost or line in lines.gross_profit


def _line_row(line: Line, lines: QuarterLines, evidence: EvidenceList) -> LineRow:
    revenue = lines.revenue.get(line) or lines.why("revenue", line)
    cost = lines.cost.get(line) or lines.why("cost_of_revenue", line)
    profit = lines.gross_profit.get(line) or lines.why("cost_of_revenue", line)
    parts = {"revenue": revenue, "cost": cost, "gross profit": profit}
    said = [f"{name} {_known_by(part, evidence)}" for name, part in parts.items()]
    return LineRow(
        title=line.heading,
        revenue=figure_cell(revenue, _refs(revenue, evidence)),
        cost=figure_cell(cost, _refs(cost, evidence)),
        profit=figure_cell(profit, _refs(profit, evidence)),
        margin=_margin(profit, revenue),
        basis="; ".join(said),
    )


def _known_by(part: Figure | Missing, evidence: EvidenceList) -> str:
    return evidence.basis(part) if isinstance(part, Figure) else clean(str(part))


def _margin(profit: Figure | Missing, revenue: Figure | Missing) -> Cell:
    if isinstance(revenue, Missing):
        return value_cell(revenue, format_share)
    if isinstance(profit, Missing):
        return value_cell(profit, format_share)
    if not revenue.value:
        return value_cell(not_applicable("revenue is zero"), format_share)
    return value_cell(profit.value / revenue.value, format_share)


def _totals(lines: QuarterLines) -> list[Figure | Missing]:
    """The total, and eliminations and unattributed revenue where there are any."""
    extra = (lines.eliminations, lines.unattributed)
    return [*(part for part in extra if isinstance(part, Figure) and part.value), lines.total_revenue]


def _total_row(figure: Figure | Missing, evidence: EvidenceList) -> TotalRow:
    if isinstance(figure, Missing):
        return TotalRow("Total revenue", figure_cell(figure), clean(figure.reason))
    return TotalRow(
        figure_title(figure), figure_cell(figure, _refs(figure, evidence)), evidence.basis(figure)
    )


def _refs(figure: Figure | Missing, evidence: EvidenceList) -> Refs:
    return evidence.refs([figure]) if isinstance(figure, Figure) else NO_REFS

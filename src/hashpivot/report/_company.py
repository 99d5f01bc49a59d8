"""One company's section: its lines, its last quarters, its four answers and the evidence for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hashpivot.core import GROUPS, Figure, Missing, Quarter, Source
from hashpivot.ledger import QuarterLines
from hashpivot.season import CompanySeason, Season

from ._answer_view import AnswerView, Badge, answer_view
from ._cell import Cell, figure_cell, metric_cell, metric_of
from ._chart import Column, revenue_chart, share_bar, share_words
from ._evidence import Evidence, Node
from ._format import clean
from ._line_rows import LineRow, TotalRow, line_rows, total_rows, why_no_lines

QUARTERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CompanyView:
    """Everything the page shows of one company."""

    anchor: str
    ticker: str
    name: str
    revenue: Cell
    yoy: Cell
    qoq: Cell
    share_bar: str
    share_words: str
    share_reason: str
    profits: list[Cell]
    badges: list[Badge]
    lines: list[LineRow]
    lines_reason: str
    totals: list[TotalRow]
    period: str
    chart: str
    answers: list[AnswerView]
    evidence: list[Node]
    sources: dict[str, Source]


def company_view(season: Season, company: CompanySeason, anchor: str) -> CompanyView:
    """Build the section.

    Args:
        season: The season it belongs to.
        company: The company.
        anchor: Identifier of the section, unique on the page.
    """
    evidence = Evidence(season.view)
    lines, earned, profit = company.lines, company["revenue"], company["profitability"]
    history = [season.view.quarter_lines(company.ticker, q) for q in _quarters(season)]
    missing = next((share for share in company.shares.values() if isinstance(share, Missing)), None)
    rows = line_rows(lines, evidence)
    totals = total_rows(lines, evidence)
    answers = [answer_view(answer, evidence) for answer in company.answers]
    evidence.refs(figure for quarter in history for figure in _drawn(quarter))
    return CompanyView(
        anchor=anchor,
        ticker=clean(company.ticker),
        name=clean(company.name),
        revenue=figure_cell(company.revenue),
        yoy=metric_cell(metric_of(earned, "revenue_growth_yoy")),
        qoq=metric_cell(metric_of(earned, "revenue_growth_qoq")),
        share_bar=share_bar(company.shares),
        share_words=share_words(company.shares),
        share_reason=clean(missing.reason) if missing else "",
        profits=[metric_cell(metric_of(profit, f"{group}_gross_profit_usd")) for group in GROUPS],
        badges=[answer.badge for answer in answers],
        lines=rows,
        lines_reason=why_no_lines(lines),
        totals=totals,
        period=f"{lines.start} to {lines.end}",
        chart=revenue_chart([Column.of(quarter) for quarter in history], f"{anchor}-chart"),
        answers=answers,
        evidence=evidence.nodes(),
        sources=evidence.sources(),
    )


def _quarters(season: Season) -> Iterator[Quarter]:
    return (season.quarter - (QUARTERS_SHOWN - 1)).through(season.quarter)


def _drawn(lines: QuarterLines) -> list[Figure]:
    """The figures a column of the chart stands on."""
    total = [lines.total_revenue] if isinstance(lines.total_revenue, Figure) else []
    return [*total, *lines.revenue.values()]

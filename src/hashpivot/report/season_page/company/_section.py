"""One company's section: its lines, its last quarters, its four answers and the evidence for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import GROUPS, Figure, Missing, Source
from hashpivot.season import CompanySeason, Season

from ...charts import TargetsView, share_bar, share_words, targets_view
from ...shared import Cell, EvidenceList, Node, clean, figure_cell, metric_cell, metric_of
from ._answer_section import AnswerView, answer_view
from ._line_rows import LineRow, TotalRow, line_rows, total_rows, why_no_lines
from ._revenue_history import History, history, last_quarters
from ._since_halving import SinceHalving, since_halving
from ._target_rows import target_rows
from ._verdict_cell import VerdictCell, verdict_cell


@dataclass(frozen=True, slots=True)
class League:
    """The company's row of the league table."""

    revenue: Cell
    yoy: Cell
    qoq: Cell
    share_bar: str
    shares: Cell
    profits: list[Cell]


@dataclass(frozen=True, slots=True)
class CompanyView:
    """Everything the page shows of one company."""

    anchor: str
    ticker: str
    name: str
    league: League
    verdicts: list[VerdictCell]
    lines: list[LineRow]
    lines_reason: str
    totals: list[TotalRow]
    period: str
    history: History
    since: SinceHalving
    targets: TargetsView | None
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
    evidence = EvidenceList(season.view)
    lines = company.lines
    return CompanyView(
        anchor=anchor,
        ticker=clean(company.ticker),
        name=clean(company.name),
        lines=line_rows(lines, evidence),
        lines_reason=why_no_lines(lines),
        totals=total_rows(lines, evidence),
        period=f"{lines.start} to {lines.end}",
        answers=[answer_view(answer, evidence) for answer in company.answers],
        since=since_halving(company, season.view, evidence),
        history=history(last_quarters(season.view, company.ticker, season.quarter), evidence),
        league=_league(company, evidence),
        verdicts=[verdict_cell(answer, evidence) for answer in company.answers],
        targets=targets_view(target_rows(company["growth"]), evidence),
        evidence=evidence.nodes(),
        sources=evidence.sources(),
    )


def _league(company: CompanySeason, evidence: EvidenceList) -> League:
    earned, profit = company["revenue"], company["profitability"]
    whole = [company.revenue] if isinstance(company.revenue, Figure) else []
    growth = [metric_of(earned, f"revenue_growth_{since}") for since in ("yoy", "qoq")]
    profits = [metric_of(profit, f"{group}_gross_profit_usd") for group in GROUPS]
    yoy, qoq, *grouped = [
        metric_cell(metric, evidence.refs(metric.figures)) for metric in (*growth, *profits)
    ]
    missing = next((share for share in company.shares.values() if isinstance(share, Missing)), None)
    return League(
        revenue=figure_cell(company.revenue, evidence.refs(whole)),
        yoy=yoy,
        qoq=qoq,
        share_bar=share_bar(company.shares),
        shares=Cell(
            share_words(company.shares),
            clean(missing.reason) if missing else "",
            evidence.refs([*company.lines.revenue.values(), *whole]),
        ),
        profits=grouped,
    )

"""One company's section: its lines, its last quarters, its four answers and the evidence for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hashpivot.core import GROUPS, Figure, Line, Missing, Quarter, Source
from hashpivot.ledger import Contract, QuarterLines
from hashpivot.season import CHECKS, Answer, CompanySeason, Metric, Season

from ._cell import Cell, figure_cell, metric_cell, metric_of, value_cell
from ._chart import Column, revenue_chart, share_bar, share_words
from ._evidence import Evidence, Node, figure_title
from ._format import clean, format_money, format_share, metric_title, plain_number
from ._link import Link, link_to
from ._verdict import QUESTIONS, check_words, tone, verdict_words

QUARTERS_SHOWN = 8

_CHECKS = {check.metric: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict as it is shown."""

    question: str
    words: str
    tone: str


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
    """An amount of the whole company: total, eliminations, what stands on no line."""

    title: str
    amount: Cell
    basis: str


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One number behind an answer."""

    title: str
    cell: Cell
    method: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One announced contract."""

    announced: str
    counterparty: str
    kind: str
    megawatts: Cell
    term: Cell
    value: Cell
    start: str
    link: Link


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One of the four answers."""

    question: str
    asked: str
    badge: Badge
    headline: str
    known: list[MetricRow]
    unknown: list[MetricRow]
    contracts: list[ContractRow]
    notes: list[str]


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
    rows = [_line_row(line, lines, evidence) for line in Line if _shown(line, lines)]
    totals = [_total_row(figure, evidence) for figure in _totals(lines)]
    answers = [_answer_view(answer, evidence) for answer in company.answers]
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
        lines_reason=_why_no_lines(lines),
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


def _shown(line: Line, lines: QuarterLines) -> bool:
    return line in lines.revenue or line in lines.cost or line in lines.gross_profit


def _line_row(line: Line, lines: QuarterLines, evidence: Evidence) -> LineRow:
    none = Missing(f"no revenue of {line.heading.lower()} is shown")
    uncosted = lines.missing.get("cost_of_revenue") or Missing("no cost of revenue of this line is disclosed")
    revenue, cost = lines.revenue.get(line, none), lines.cost.get(line, uncosted)
    profit = lines.gross_profit.get(line) or Missing("no gross profit of this line is disclosed")
    figures = [part for part in (revenue, cost, profit) if isinstance(part, Figure)]
    return LineRow(
        title=line.heading,
        revenue=figure_cell(revenue, _refs(revenue, evidence)),
        cost=figure_cell(cost, _refs(cost, evidence)),
        profit=figure_cell(profit, _refs(profit, evidence)),
        margin=_margin(profit, revenue),
        basis="; ".join(dict.fromkeys(_basis(figure, evidence) for figure in figures)),
    )


def _margin(profit: Figure | Missing, revenue: Figure | Missing) -> Cell:
    missing = next((part for part in (revenue, profit) if isinstance(part, Missing)), None)
    if isinstance(profit, Figure) and isinstance(revenue, Figure):
        if revenue.value:
            return value_cell(profit.value / revenue.value, format_share)
        missing = Missing("revenue is zero", "not_applicable")
    return value_cell(missing or Missing("no margin"), format_share)


def _totals(lines: QuarterLines) -> list[Figure | Missing]:
    """The total, and eliminations and unattributed revenue where there are any."""
    extra = (lines.eliminations, lines.unattributed)
    return [*(part for part in extra if isinstance(part, Figure) and part.value), lines.total_revenue]


def _total_row(figure: Figure | Missing, evidence: Evidence) -> TotalRow:
    if isinstance(figure, Missing):
        return TotalRow("Total revenue", figure_cell(figure), clean(figure.reason))
    return TotalRow(
        figure_title(figure), figure_cell(figure, _refs(figure, evidence)), _basis(figure, evidence)
    )


def _refs(figure: Figure | Missing, evidence: Evidence) -> tuple[int, ...]:
    return evidence.refs([figure]) if isinstance(figure, Figure) else ()


def _basis(figure: Figure, evidence: Evidence) -> str:
    """`reported`, or `derived: ` and the formula; with the figure's note."""
    formula = evidence.formula(figure)
    said = f"{figure.kind}: {formula}" if formula else str(figure.kind)
    return f"{said} ({clean(figure.note)})" if figure.note else said


def _why_no_lines(lines: QuarterLines) -> str:
    missing = lines.missing.get("revenue") or Missing("no revenue by line is known")
    return clean(missing.reason)


def _answer_view(answer: Answer, evidence: Evidence) -> AnswerView:
    rows = [
        _metric_row(metric, answer, evidence)
        for metric in answer.metrics
        if not metric.name.startswith("check_")
    ]
    return AnswerView(
        question=answer.question,
        asked=QUESTIONS.get(answer.question, ""),
        badge=Badge(answer.question, verdict_words(clean(answer.verdict)), tone(answer.verdict)),
        headline=clean(answer.headline),
        known=[row for row in rows if not row.cell.missing],
        unknown=[row for row in rows if row.cell.missing],
        contracts=[_contract_row(contract) for contract in answer.contracts],
        notes=[clean(note) for note in answer.notes],
    )


def _metric_row(metric: Metric, answer: Answer, evidence: Evidence) -> MetricRow:
    cell = metric_cell(metric, evidence.refs(metric.figures))
    check = _CHECKS.get(metric.name)
    if not check:
        return MetricRow(metric_title(metric.name), cell, _method(metric, evidence))
    state = verdict_words(check.state(metric.value))
    rule = f"{state} ({check_words(check)}: {check.why})"
    return MetricRow(metric_title(metric.name), cell, _method(metric, evidence), rule)


def _method(metric: Metric, evidence: Evidence) -> str:
    """How it was computed, or for a single figure whether it is reported or derived and how."""
    single = len(metric.figures) == 1 and (not metric.method or metric.method == metric.figures[0].formula)
    return _basis(metric.figures[0], evidence) if single else clean(metric.method)


def _contract_row(contract: Contract) -> ContractRow:
    untold = Missing("not announced")
    return ContractRow(
        announced=clean(contract.announced),
        counterparty=clean(contract.counterparty),
        kind=clean(contract.kind),
        megawatts=value_cell(
            untold if contract.mw_critical_it is None else contract.mw_critical_it, plain_number
        ),
        term=value_cell(untold if contract.term_years is None else contract.term_years, plain_number),
        value=value_cell(
            untold if contract.contract_value_usd is None else contract.contract_value_usd, format_money
        ),
        start=clean(contract.start) or "not disclosed",
        link=link_to("source", contract.url),
    )

"""A company's page: the table by quarter, contracts, the four answers, and every other figure they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hashpivot.core import Missing, not_disclosed
from hashpivot.formula import Term
from hashpivot.ledger import Contract, QuarterLines, View
from hashpivot.season import Answer, CompanySeason, Metric

from ..shared import QUESTIONS, metric_title, verdict_words
from ._book import Book, Reconciliation
from ._figure_cells import FigureCells
from ._metric_cells import ContractCells, MetricCells
from ._quarter_table import FIRST_COLUMN, QuarterTable
from ._sheet import COUNT, DECIMAL, MONEY, SHARE, TIMES, ComputedNumber, Sheet, SourcedNumber

LEGEND = (
    "Blue: reported, click for the source. Black: formula. Grey italics: computed by the desk, method in "
    "the comment. –: not earned, the lines add up to the total without it. "
    "Words: no number, reason in the comment."
)

_HEAD = 4
_CONTRACT_FIELDS = {
    "attributable_value_usd": MONEY,
    "term_years": DECIMAL,
    "attributable_mw_critical_it": DECIMAL,
}
"""Columns of the contracts: fields of `Contract` and the form of their numbers."""
_FORMS = (
    ("_usd", MONEY),
    ("_share", SHARE),
    ("_growth_yoy", SHARE),
    ("_growth_qoq", SHARE),
    ("_ratio", TIMES),
)


@dataclass
class CompanyPage:
    """What other pages need of a company's page.

    Args:
        page: The sheet.
        table: Its table.
        metrics: Cells of the answers' metrics as other pages refer to them, or why there is no number.
    """

    page: Sheet
    table: QuarterTable
    metrics: dict[str, Term | Missing] = field(default_factory=dict)


def company_page(
    book: Book, view: View, quarters: Sequence[QuarterLines], title: str, season: CompanySeason | None = None
) -> CompanyPage:
    """Write a company's page.

    Args:
        book: Where it is added.
        view: Gives operands and sources.
        quarters: Oldest first, at least one.
        title: First line.
        season: Its answers; without them only the table is written.
    """
    page = book.page(quarters[0].ticker)
    contracts = _contracts(season)
    table = QuarterTable(book, page, quarters, _HEAD + 1)
    answers = table.bottom + (len(contracts) + 3 if contracts else 1)
    cells = FigureCells(book, page, view, answers + sum(map(_height, _answers(season))))
    rows = {c: _contract(page, table.bottom + 2 + n, c) for n, c in enumerate(contracts)}
    metrics = MetricCells(cells, rows)
    _head(page, title, quarters)
    table.write(cells, metrics)
    made = CompanyPage(page, table)
    if contracts:
        heads = (
            "Contracts announced, the company's share",
            "Announced",
            "Value, USD",
            "Years",
            "Critical IT MW",
        )
        page.band(table.bottom + 1, heads, 8, numbers=range(2, 8))
    if season:
        page.break_before(table.bottom)
        _write_answers(book, made, season, metrics, answers)
    return made


def _head(page: Sheet, title: str, quarters: Sequence[QuarterLines]) -> None:
    page.text(0, 0, title, bold=True, font_size=14)
    page.text(1, 0, LEGEND, font_color="#7F7F7F")
    page.text(2, 0, "Fiscal quarter from", italic=True)
    page.text(3, 0, "to", italic=True)
    for column, lines in enumerate(quarters, FIRST_COLUMN):
        page.text(2, column, lines.start.isoformat(), align="right", italic=True)
        page.text(3, column, lines.end.isoformat(), align="right", italic=True)
    width = FIRST_COLUMN + len(quarters)
    heads = ("US dollars", "", *(str(lines.quarter) for lines in quarters))
    page.band(_HEAD, heads, width, numbers=range(FIRST_COLUMN, width))
    page.layout([34, 23] + [15] * max(len(quarters), 4), freeze=(_HEAD + 1, FIRST_COLUMN))


def _answers(season: CompanySeason | None) -> tuple[Answer, ...]:
    return season.answers if season else ()


def _contracts(season: CompanySeason | None) -> list[Contract]:
    """Every contract the answers rest on, once."""
    return list(dict.fromkeys(c for answer in _answers(season) for c in answer.contracts))


def _contract(page: Sheet, row: int, contract: Contract) -> ContractCells:
    page.link(row, 0, contract.counterparty, contract.url)
    page.text(row, 1, f"{contract.announced}, {contract.kind}")
    cells = {"counterparty": Term(page.at(row, 0), 0.0)}
    for column, (name, form) in enumerate(_CONTRACT_FIELDS.items(), 2):
        amount = getattr(contract, name)
        if amount is None:
            page.missing(row, column, not_disclosed("the announcement does not say"))
        else:
            cells[name] = _announced(page, row, column, amount, contract, form)
    return cells


def _announced(page: Sheet, row: int, column: int, amount: Decimal, contract: Contract, form: str) -> Term:
    share = "" if contract.share == 1 else f", {contract.share:.1%} of it"
    note = f"{contract.counterparty}, announced {contract.announced}{share}: {contract.url}"
    page.number(row, column, SourcedNumber(float(amount), contract.url, note), form)
    return Term(page.at(row, column), float(amount))


def _write_answers(
    book: Book, made: CompanyPage, season: CompanySeason, metrics: MetricCells, row: int
) -> None:
    page = made.page
    for answer in season.answers:
        question = QUESTIONS.get(answer.question, answer.question)
        page.band(row, (question, "", verdict_words(answer.verdict)), 8, numbers=range(2, 3))
        page.text(row + 1, 0, answer.headline, italic=True)
        for at, metric in enumerate(answer.metrics, row + 2):
            _write_metric(book, made, season, metrics, metric, at)
        for at, note in enumerate(answer.notes, row + 2 + len(answer.metrics)):
            page.text(at, 0, f"Note: {note}", italic=True)
        row += _height(answer)


def _height(answer: Answer) -> int:
    """Rows of an answer: question, headline, metrics, notes, an empty one."""
    return len(answer.metrics) + len(answer.notes) + 3


def _write_metric(
    book: Book, made: CompanyPage, season: CompanySeason, metrics: MetricCells, metric: Metric, row: int
) -> None:
    page, form = made.page, _form(metric)
    page.text(row, 0, metric_title(metric.name))
    page.text(row, 3, "" if "{" in metric.method else metric.method, indent=1)
    if isinstance(metric.value, str):
        page.text(row, 2, verdict_words(metric.value), align="right")
        return
    content = metrics.content(metric)
    if isinstance(content, Missing):
        page.missing(row, 2, content)
        made.metrics[metric.name] = content
    elif isinstance(content, ComputedNumber):
        page.number(row, 2, content, form)
    elif isinstance(content, Term):
        page.formula(row, 2, content, form)
        book.checks.append(_check(season, metric, Term(page.outside(row, 2), content.value)))
    if isinstance(content, (ComputedNumber, Term)):
        if not metrics.repeats_table(metric):
            metrics.put(metric, Term(page.at(row, 2), content.value))
        made.metrics[metric.name] = Term(page.outside(row, 2), content.value)


def _check(season: CompanySeason, metric: Metric, found: Term) -> Reconciliation:
    """The formula's cell against the number the desk computed."""
    assert isinstance(metric.value, (int, float))
    desk = Term(repr(float(metric.value)), float(metric.value))
    where = season.ticker, str(season.lines.quarter)
    return Reconciliation(where, metric_title(metric.name), found, desk, 1e-9 * max(1.0, abs(desk.value)))


def _form(metric: Metric) -> str:
    named = next((form for suffix, form in _FORMS if metric.name.endswith(suffix)), None)
    return named or (COUNT if isinstance(metric.value, int) else DECIMAL)

"""The league table of a season's workbook: every number refers to a company's own sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import Missing, not_applicable
from hashpivot.formula import Term
from hashpivot.season import CompanySeason, Season

from ..shared import QUESTIONS, metric_of, tone, verdict_words
from ._company_sheet import LEGEND, CompanyPage
from ._quarter_table import TOTAL, Key
from ._sheet import DECIMAL, MILLIONS, SHARE, TIMES, Sheet

_HEAD = 3
_TONES = {"good": "#DFF0E0", "fair": "#FFF3D6", "poor": "#F9DEDC", "unknown": "#EEEEEE", "plain": "#FFFFFF"}


@dataclass(frozen=True, slots=True)
class _LeagueColumn:
    """One number of the league table: a cell of the company's table, or a metric of its answers."""

    head: str
    key: Key
    metric: str
    form: str


_COLUMNS = (
    _LeagueColumn("Revenue, USD million", TOTAL, "", MILLIONS),
    _LeagueColumn("Year on year", (), "revenue_growth_yoy", SHARE),
    _LeagueColumn("AI and chip revenue", ("group_revenue", "ai_chips"), "", MILLIONS),
    _LeagueColumn("Mining share", ("share", "mining"), "", SHARE),
    _LeagueColumn("AI share", ("share", "ai"), "", SHARE),
    _LeagueColumn("Chip share", ("share", "chips"), "", SHARE),
    _LeagueColumn("AI and chip share", ("share", "ai_chips"), "", SHARE),
    _LeagueColumn("Gross profit, mining", ("group_gross_profit", "mining"), "", MILLIONS),
    _LeagueColumn("Gross profit, AI and chips", ("group_gross_profit", "ai_chips"), "", MILLIONS),
    _LeagueColumn("Offset ratio", (), "offset_ratio", TIMES),
    _LeagueColumn("Effective lines", ("effective_lines",), "", DECIMAL),
    _LeagueColumn("Contracted / revenue", (), "contracted_to_revenue_ratio", TIMES),
)
_REVENUE, _PIVOT, _PIVOT_SHARE = 2, 4, 8


def season_page(page: Sheet, season: Season, pages: Mapping[str, CompanyPage]) -> None:
    """The league table; every number is a reference to the company's own page."""
    heads = (
        "Company",
        "",
        *(column.head for column in _COLUMNS),
        *map(str.capitalize, QUESTIONS),
        "In a word",
    )
    page.text(0, 0, f"Season {season.quarter}", bold=True, font_size=14)
    page.text(1, 0, LEGEND, font_color="#7F7F7F")
    page.band(_HEAD, heads, len(heads), numbers=range(2, 2 + len(_COLUMNS)))
    page.layout([8, 27] + [12] * len(_COLUMNS) + [14] * len(QUESTIONS) + [48], freeze=(_HEAD + 1, 2))
    for row, company in enumerate(season.companies, _HEAD + 1):
        _league_row(page, row, season, company, pages[company.ticker])
    last = _HEAD + len(season.companies)
    page.filter(_HEAD, last, len(heads))
    _totals(page, last + 1, season, pages)


def _league_row(page: Sheet, row: int, season: Season, company: CompanySeason, made: CompanyPage) -> None:
    page.link(row, 0, company.ticker, f"internal:{made.page.outside(0, 0)}", bold=True)
    page.text(row, 1, company.name)
    for at, column in enumerate(_COLUMNS, 2):
        found = (
            made.table.outside(column.key, season.quarter) if column.key else _metric(company, made, column)
        )
        if isinstance(found, Missing):
            page.missing(row, at, found)
        else:
            page.formula(row, at, found, column.form)
    for at, question in enumerate(QUESTIONS, 2 + len(_COLUMNS)):
        verdict = company[question].verdict
        page.text(row, at, verdict_words(verdict), bg_color=_TONES[tone(verdict)], align="center")
    page.text(row, 2 + len(_COLUMNS) + len(QUESTIONS), company["revenue"].headline, indent=1)


def _metric(company: CompanySeason, made: CompanyPage, column: _LeagueColumn) -> Term | Missing:
    found = made.metrics.get(column.metric)
    if found is None:
        known = (metric_of(answer, column.metric).value for answer in company.answers)
        return next((v for v in known if isinstance(v, Missing)), not_applicable("not part of the answers"))
    return found


def _totals(page: Sheet, row: int, season: Season, pages: Mapping[str, CompanyPage]) -> None:
    """Sums over the companies that disclose; the share is that of the companies whose share is known."""
    words = ("Total", "of those disclosed", *[""] * (len(_COLUMNS) + len(QUESTIONS) + 1))
    for column, word in enumerate(words):
        page.text(row, column, word, bold=True, top=1)
    columns = {at: _column(page, season, pages, at, key) for at, key in _SUMMED.items()}
    for at, known in columns.items():
        span = f"SUM({page.at(_HEAD + 1, at)}:{page.at(row - 1, at)})"
        page.formula(
            row, at, Term(span, sum(term.value for term in known.values())), MILLIONS, bold=True, top=1
        )
    both = columns[_REVENUE].keys() & columns[_PIVOT].keys()
    revenue, pivot = (_sum_of([columns[at][one] for one in sorted(both)]) for at in (_REVENUE, _PIVOT))
    if revenue.value:
        page.formula(row, _PIVOT_SHARE, pivot / revenue, SHARE, bold=True, top=1)


_SUMMED: dict[int, Key] = {_REVENUE: TOTAL, _PIVOT: ("group_revenue", "ai_chips")}


def _column(
    page: Sheet, season: Season, pages: Mapping[str, CompanyPage], at: int, key: Key
) -> dict[int, Term]:
    """The numbers of a column by row; rows without a number are left out."""
    found: dict[int, Term] = {}
    for row, company in enumerate(season.companies, _HEAD + 1):
        cell = pages[company.ticker].table.outside(key, season.quarter)
        if isinstance(cell, Term):
            found[row] = Term(page.at(row, at), cell.value)
    return found


def _sum_of(cells: Sequence[Term]) -> Term:
    return Term(f"SUM({','.join(cell.text for cell in cells)})", sum(cell.value for cell in cells))

"""The league table of a season's workbook: every number refers to a company's own sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hashpivot.core import Missing, not_applicable
from hashpivot.formula import Term
from hashpivot.season import CompanySeason, Season

from ..shared import (
    QUESTIONS,
    fiscal_name,
    league_order,
    metric_of,
    palette,
    pivot_of,
    plain,
    season_message,
    tone,
    verdict_words,
)
from ._book import Book
from ._charts import style_bars
from ._company_sheet import LEGEND, CompanyPage
from ._quarter_table import TOTAL, Key
from ._sheet import MILLIONS, SHARE, TIMES, Sheet

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
    _LeagueColumn("AI and chip share", ("share", "ai_chips"), "", SHARE),
    _LeagueColumn("Mining gross margin", ("group_margin", "mining"), "", SHARE),
    _LeagueColumn("Mining gross profit, change", (), "mining_gross_profit_change_usd", MILLIONS),
    _LeagueColumn("AI and chip gross profit, change", (), "ai_chips_gross_profit_change_usd", MILLIONS),
    _LeagueColumn("Offset ratio", (), "offset_ratio", TIMES),
    _LeagueColumn("Contracted / revenue", (), "contracted_to_revenue_ratio", TIMES),
)
_FIRST = 3
"""Column of the first number; before it stand company, name and fiscal quarter."""
_PLACE = {column.head: at for at, column in enumerate(_COLUMNS, _FIRST)}
_REVENUE, _PIVOT = _PLACE["Revenue, USD million"], _PLACE["AI and chip revenue"]
_PIVOT_SHARE, _COVER = _PLACE["AI and chip share"], _PLACE["Contracted / revenue"]
_CHANGES = {
    "Mining": (_PLACE["Mining gross profit, change"], "mining"),
    "AI and chips": (_PLACE["AI and chip gross profit, change"], "ai"),
}
_CHARTS = (
    ("AI and chips, share of revenue", "0%", {"AI and chips": (_PIVOT_SHARE, "ai")}),
    ("Gross profit since before the halving", '#,##0,,"m"', _CHANGES),
    ("Contracted AI revenue over revenue", '0.0"×"', {"Contracted": (_COVER, "ai")}),
)
_CHART_COLUMNS = 6
"""Columns of the sheet that a chart covers."""
_VERDICTS = _FIRST + len(_COLUMNS)
_LAST_HEADS = ("Execution checks with input", "Worst grade", "Newest source")


def season_page(book: Book, page: Sheet, season: Season, pages: Mapping[str, CompanyPage]) -> None:
    """The season's message, its league table and charts; every number refers to the company's own page."""
    verdicts = (f"{question.capitalize()} verdict" for question in QUESTIONS)
    heads = ("Company", "", "Fiscal", *_PLACE, *verdicts, *_LAST_HEADS)
    message = season_message(season)
    page.text(0, 0, f"{season.quarter}: {message.title}", bold=True, font_size=14)
    page.text(1, 0, plain(message.caveat))
    page.text(2, 0, f"{LEGEND} Changes are since the quarter before the halving.", font_color="#7F7F7F")
    page.band(_HEAD, heads, len(heads), numbers=range(_FIRST, len(heads)))
    page.tall(_HEAD, 3)
    widths = [8, 25, 9] + [12] * len(_COLUMNS) + [13] * len(QUESTIONS) + [10, 7, 11]
    page.layout(widths, freeze=(_HEAD + 1, 2))
    league = _League(page, season, _ordered(season), pages)
    league.write()
    page.filter(_HEAD, league.last, len(heads))
    league.totals()
    league.charts(book)


def _ordered(season: Season) -> list[CompanySeason]:
    """As the season's page: those that have turned furthest first."""
    pairs = [(company, pivot_of(company, season.view)) for company in season.companies]
    return [company for company, _ in sorted(pairs, key=league_order)]


@dataclass(frozen=True, slots=True)
class _League:
    """The table in the making.

    Args:
        page: The sheet.
        season: The season.
        companies: One row each, in their order.
        pages: Their own pages.
    """

    page: Sheet
    season: Season
    companies: Sequence[CompanySeason]
    pages: Mapping[str, CompanyPage]

    @property
    def last(self) -> int:
        """Row of the last company."""
        return _HEAD + len(self.companies)

    def write(self) -> None:
        """Write every company's row."""
        for row, company in enumerate(self.companies, _HEAD + 1):
            self._row(row, company)

    def totals(self) -> None:
        """Sums over the companies that disclose; the share is that of the companies whose share is known.

        A company that another of the season consolidates is in that one's amounts already.
        """
        page, row, inside = self.page, self.last + 1, self._inside()
        left_out = ", ".join(f"{ticker} is in {parent}" for ticker, parent in inside.values())
        words = ("Total", "; ".join(filter(None, ("over those that disclose", left_out))))
        for column in range(_VERDICTS + len(QUESTIONS) + len(_LAST_HEADS)):
            page.text(row, column, words[column] if column < len(words) else "", bold=True, top=1)
        columns = {
            at: {row: term for row, term in self._column(at).items() if row not in inside}
            for at in (_REVENUE, _PIVOT)
        }
        for at, known in columns.items():
            span = f"SUM({page.at(_HEAD + 1, at)}:{page.at(row - 1, at)})"
            value = sum(term.value for term in known.values())
            whole = _sum_of(list(known.values())) if inside else Term(span, value)
            page.formula(row, at, whole, MILLIONS, bold=True, top=1)
        both = columns[_REVENUE].keys() & columns[_PIVOT].keys()
        revenue, pivot = (_sum_of([columns[at][one] for one in sorted(both)]) for at in (_REVENUE, _PIVOT))
        if revenue.value:
            page.formula(row, _PIVOT_SHARE, pivot / revenue, SHARE, bold=True, top=1)

    def charts(self, book: Book) -> None:
        """The three charts side by side below the table; one without numbers is left out."""
        left = 0
        for title, form, columns in _CHARTS:
            rows = sorted({row for at, _ in columns.values() for row in self._column(at)})
            if rows:
                chart = self._bars(book, columns, rows[0], rows[-1], form)
                style_bars(chart, f"{title}, {self.season.quarter}", form, rows[-1] - rows[0] + 1)
                self.page.place(self.last + 4, left, chart)
                left += _CHART_COLUMNS

    def _row(self, row: int, company: CompanySeason) -> None:
        page, made = self.page, self.pages[company.ticker]
        page.link(row, 0, company.ticker, f"internal:{made.page.outside(0, 0)}", bold=True)
        page.text(row, 1, company.name)
        page.text(row, 2, fiscal_name(company, self.season.view))
        for at, column in enumerate(_COLUMNS, _FIRST):
            cell = self._cell(company, column)
            if isinstance(cell, Missing):
                page.missing(row, at, cell)
            else:
                page.formula(row, at, cell, column.form)
        for at, question in enumerate(QUESTIONS, _VERDICTS):
            verdict = company[question].verdict
            page.text(row, at, verdict_words(verdict), bg_color=_TONES[tone(verdict)], align="center")
        newest = company.newest.isoformat() if company.newest else ""
        basis = (f"{company.checks_held} of {company.checks_total}", company.grade, newest)
        for at, words in enumerate(basis, _VERDICTS + len(QUESTIONS)):
            page.text(row, at, words, align="center")

    def _inside(self) -> dict[int, tuple[str, str]]:
        """Companies that another of the season consolidates, with that one, by row."""
        known, here = self.season.view.companies, {company.ticker for company in self.companies}
        parents = {t: known[t].consolidated_in for t in here if t in known}
        return {
            row: (company.ticker, parents[company.ticker])
            for row, company in enumerate(self.companies, _HEAD + 1)
            if parents.get(company.ticker) in here
        }

    def _column(self, at: int) -> dict[int, Term]:
        """The numbers of a column by row; rows without a number are left out."""
        column = _COLUMNS[at - _FIRST]
        cells = ((row, self._cell(c, column)) for row, c in enumerate(self.companies, _HEAD + 1))
        return {row: Term(self.page.at(row, at), cell.value) for row, cell in cells if isinstance(cell, Term)}

    def _cell(self, company: CompanySeason, column: _LeagueColumn) -> Term | Missing:
        made = self.pages[company.ticker]
        if column.key:
            return made.table.outside(column.key, self.season.quarter)
        return _metric(company, made, column)

    def _bars(
        self, book: Book, columns: Mapping[str, tuple[int, str]], first: int, last: int, form: str
    ) -> Any:
        chart = book.chart("bar")
        for name, (at, colour) in columns.items():
            chart.add_series(
                {
                    "name": name,
                    "categories": self.page.column_span(0, first, last),
                    "values": self.page.column_span(at, first, last),
                    "fill": {"color": palette()[colour]},
                    "gap": 60,
                    "data_labels": {"value": True, "num_format": form, "font": {"size": 8}},
                }
            )
        return chart


def _metric(company: CompanySeason, made: CompanyPage, column: _LeagueColumn) -> Term | Missing:
    found = made.metrics.get(column.metric)
    if found is None:
        known = (metric_of(answer, column.metric).value for answer in company.answers)
        return next((v for v in known if isinstance(v, Missing)), not_applicable("not part of the answers"))
    return found


def _sum_of(cells: Sequence[Term]) -> Term:
    return Term(f"SUM({','.join(cell.text for cell in cells)})", sum(cell.value for cell in cells))

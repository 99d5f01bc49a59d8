"""The workbook: a season, or one company's lines, as live formulas over reported numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hashpivot.core import NoData, write_bytes
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import CompanySeason, Season

from ._book import Book
from ._charts import revenue_chart
from ._company_sheet import CompanyPage, company_page
from ._control_sheets import checks_page, sources_page
from ._league_sheet import season_page


def season_workbook(season: Season) -> bytes:
    """The season as an Excel workbook: league table with charts, a page for each company, checks, sources.

    Reported numbers are blue and open their source; everything else is a formula with its value beside it.
    The same season gives the same bytes.
    """
    book = Book(f"Season {season.quarter}", season.quarter.end)
    overview = book.page("Season")
    pages = {company.ticker: _company(book, season, company) for company in season.companies}
    season_page(book, overview, season, pages)
    return _finish(book)


def lines_workbook(quarters: Sequence[QuarterLines], view: View) -> bytes:
    """One company's revenue, cost and gross profit by line and quarter, with checks and sources.

    Args:
        quarters: Oldest first.
        view: What they were read from.

    Raises:
        NoData: If there is no quarter.
    """
    if not quarters:
        raise NoData("there is no quarter to write", hint="add a filing with hashpivot add FILE")
    book = Book(f"{quarters[0].ticker} by line", quarters[-1].quarter.end)
    company_page(book, view, quarters, f"{quarters[0].ticker} by line of business and quarter")
    return _finish(book)


def write_season_workbook(season: Season, path: Path) -> Path:
    """Write `season_workbook` to a file, whole or not at all.

    Raises:
        UnwritableFile: If the file cannot be written; what it held before is untouched.
    """
    return write_bytes(season_workbook(season), path)


def write_lines_workbook(quarters: Sequence[QuarterLines], view: View, path: Path) -> Path:
    """Write `lines_workbook` to a file, whole or not at all.

    Raises:
        NoData: As `lines_workbook`.
        UnwritableFile: If the file cannot be written; what it held before is untouched.
    """
    return write_bytes(lines_workbook(quarters, view), path)


def _company(book: Book, season: Season, company: CompanySeason) -> CompanyPage:
    """The page of a company, with every quarter up to the season's."""
    view, ticker = season.view, company.ticker
    known = (quarter for quarter in view.quarters(ticker) if quarter <= season.quarter)
    quarters = [view.quarter_lines(ticker, quarter) for quarter in known]
    made = company_page(book, view, quarters, f"{ticker}: {company.name}, to {season.quarter}", company)
    revenue_chart(book, made)
    return made


def _finish(book: Book) -> bytes:
    """Checks before sources: all sources are known by then either way."""
    checks_page(book, book.page("Checks"))
    sources_page(book, book.page("Sources"))
    return book.close()

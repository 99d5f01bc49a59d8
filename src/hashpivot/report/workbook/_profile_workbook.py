"""The workbook of one company."""

from __future__ import annotations

from pathlib import Path

from hashpivot.company import CompanyProfile
from hashpivot.core import Line, Missing

from ..shared import company_title, palette, write_bytes
from ._book import Book
from ._company_sheet import CompanyPage, company_page
from ._control_sheets import checks_page, sources_page
from ._profile_sheets import absences_sheet, operating_sheet, promises_sheet, statements_sheet, style_chart
from ._quarter_table import FIRST_COLUMN

_OWN_COLOUR = (Line.HOSTING, Line.AI_COLOCATION, Line.ENGINEERING, Line.POWER)
"""Lines with a colour of their own on the page; the others have their group's."""


def company_workbook(profile: CompanyProfile) -> bytes:
    """One company as an Excel workbook: lines with the four answers, statements, operating data, promises.

    Reported numbers are blue and open their source; everything else is a formula with its value beside it;
    what is absent is grey, with the reason in the comment. The same profile gives the same bytes.
    """
    book = Book(f"{profile.ticker} company", profile.quarters[-1].end)
    season = None if isinstance(profile.season, Missing) else profile.season
    made = company_page(book, profile.view, profile.lines.quarters, company_title(profile), season)
    _revenue_chart(book, profile, made)
    statements_sheet(book, profile)
    operating_sheet(book, profile)
    promises_sheet(book, profile)
    absences_sheet(book, profile)
    checks_page(book, book.page("Checks"))
    sources_page(book, book.page("Sources"))
    return book.close()


def write_company_workbook(profile: CompanyProfile, path: Path) -> Path:
    """Write `company_workbook` to a file, whole or not at all.

    Raises:
        UnwritableFile: If the file cannot be written; what it held before is untouched.
    """
    return write_bytes(company_workbook(profile), path)


def _revenue_chart(book: Book, profile: CompanyProfile, made: CompanyPage) -> None:
    """Revenue by line, stacked, to the right of the table."""
    count = len(profile.quarters)
    last = FIRST_COLUMN + count - 1
    rows = [(line, at) for line in Line if (at := made.table.row_of(("revenue", line))) is not None]
    if not rows:
        return
    chart = book.chart("column", "stacked")
    for line, at in rows:
        chart.add_series(
            {
                "name": line.heading,
                "categories": made.page.span(made.table.top - 1, FIRST_COLUMN, last),
                "values": made.page.span(at, FIRST_COLUMN, last),
                "fill": {"color": palette()[line.value if line in _OWN_COLOUR else line.group]},
            }
        )
    style_chart(chart, f"{profile.ticker}: revenue by line, USD a quarter", dollars=True)
    made.page.place(made.table.top, last + 2, chart)

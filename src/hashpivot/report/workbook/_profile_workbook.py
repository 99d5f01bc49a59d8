"""The workbook of one company."""

from __future__ import annotations

from pathlib import Path

from hashpivot.company import CompanyProfile
from hashpivot.core import Missing, write_bytes

from ..company_words import company_title
from ._book import Book
from ._charts import revenue_chart
from ._company_sheet import company_page
from ._control_sheets import checks_page, sources_page
from ._profile_sheets import absences_sheet, operating_sheet, promises_sheet, statements_sheet


def company_workbook(profile: CompanyProfile) -> bytes:
    """One company as an Excel workbook: lines with the four answers, statements, operating data, promises.

    Reported numbers are blue and open their source; everything else is a formula with its value beside it;
    what is absent is grey, with the reason in the comment. The same profile gives the same bytes.
    """
    book = Book(f"{profile.ticker} company", profile.quarters[-1].end)
    season = None if isinstance(profile.season, Missing) else profile.season
    made = company_page(book, profile.view, profile.lines.quarters, company_title(profile), season)
    revenue_chart(book, made)
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

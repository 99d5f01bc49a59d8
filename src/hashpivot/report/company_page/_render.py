"""The HTML page of one company: one self-contained file."""

from __future__ import annotations

from pathlib import Path

from hashpivot.company import CompanyProfile
from hashpivot.core import write_text

from ..shared import PageBody, TraceAddress, render_body, render_page
from ._company_page import company_page, page_head


def render_company(profile: CompanyProfile) -> str:
    """Render the page of a company as text.

    The page needs no script and loads nothing; text from filings is escaped, and only http and https
    addresses become links. The same profile gives the same page to the last byte.

    Args:
        profile: The company: `Desk.company(...).profile`.
    """
    return render_page("company.html.j2", page_head(profile), company_page(profile), style="company.css")


def company_body(profile: CompanyProfile, trace_of: TraceAddress | None = None) -> PageBody:
    """Render what `render_company` does without its frame, to be served.

    Args:
        profile: As `render_company`.
        trace_of: Address of the trace of some figures, where numbers lead; if not given, the evidence is on
            the page.
    """
    page = company_page(profile, trace_of)
    return render_body("company.html.j2", page_head(profile), page, "company.css", page.charts)


def write_company(profile: CompanyProfile, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_company(profile), Path(path))

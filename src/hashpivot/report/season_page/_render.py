"""The season's HTML page: one self-contained file."""

from __future__ import annotations

from pathlib import Path

from hashpivot.core import InvalidInput

from ..shared import SeasonReport, render_page, write_text
from ._season_page import season_page


def render_html(report: SeasonReport) -> str:
    """Render the page of a season as text.

    The page needs no script and loads nothing; text from filings is escaped, and only http and https
    addresses become links. The same report gives the same page to the last byte.

    Args:
        report: The season with what it is compared with: `Desk.season_report`.

    Raises:
        InvalidInput: If it is a season without its report.
    """
    if not isinstance(report, SeasonReport):
        raise InvalidInput(
            f"a page needs a season's report, not {type(report).__name__}",
            hint='write render_html(desk.season_report("2024Q4"))',
        )
    head, page = season_page(report)
    return render_page("season.html.j2", head, page)


def write_html(report: SeasonReport, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        InvalidInput: As `render_html`.
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_html(report), Path(path))

"""The season's HTML page: one self-contained file."""

from __future__ import annotations

from pathlib import Path

from hashpivot.season import Season

from ..shared import page_style, template, write_text
from ._page import season_page


def render_html(season: Season) -> str:
    """The page of a season, as text.

    It needs no script and loads nothing; text from filings is escaped, and only http and https addresses
    become links. The same season gives the same page to the last byte.
    What moved is told against earlier seasons made from the same view.
    """
    return template("season.html.j2").render(page=season_page(season), css=page_style())


def write_html(season: Season, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_html(season), Path(path))

"""The season's HTML page: one self-contained file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hashpivot.season import Season

from ._chart import beside
from ._page import season_page
from ._write import write_text

if TYPE_CHECKING:
    from jinja2 import Template


def render_html(season: Season) -> str:
    """The page of a season, as text.

    It needs no script and loads nothing; text from filings is escaped, and only http and https addresses
    become links. The same season gives the same page to the last byte.
    What moved is told against earlier seasons made from the same view.
    """
    css = beside("season.css") + beside("chart.css")
    return _template().render(page=season_page(season), css=css)


def write_html(season: Season, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_html(season), Path(path))


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    return environment.from_string(beside("season.html.j2"))

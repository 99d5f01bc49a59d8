"""Tables, charts and the season's HTML page."""

from ._format import format_money, format_share, format_value
from ._html import render_html, write_html
from ._terminal import print_season
from ._write import UnwritableFile

__all__ = [
    "UnwritableFile",
    "format_money",
    "format_share",
    "format_value",
    "print_season",
    "render_html",
    "write_html",
]

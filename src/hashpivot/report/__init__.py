"""Tables, charts and the season's HTML page."""

from ._comparison import ComparedCell, ComparedTable, comparison_tables, print_comparison
from ._format import format_money, format_share, format_value
from ._html import render_html, write_html
from ._terminal import print_season
from ._workbook import lines_workbook, season_workbook, write_lines_workbook, write_season_workbook
from ._workbook_book import MissingLibrary
from ._write import UnwritableFile

__all__ = [
    "ComparedCell",
    "ComparedTable",
    "MissingLibrary",
    "UnwritableFile",
    "comparison_tables",
    "format_money",
    "format_share",
    "format_value",
    "lines_workbook",
    "print_comparison",
    "print_season",
    "render_html",
    "season_workbook",
    "write_html",
    "write_lines_workbook",
    "write_season_workbook",
]

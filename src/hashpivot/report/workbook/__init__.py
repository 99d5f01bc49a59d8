"""Workbooks: live formulas over reported numbers."""

from ._book import Book
from ._sheet import COMPUTED, COUNT, DECIMAL, EXACT, MILLIONS, MONEY, SHARE, Sheet, SourcedNumber
from ._workbooks import lines_workbook, season_workbook, write_lines_workbook, write_season_workbook

__all__ = [
    "COMPUTED",
    "COUNT",
    "DECIMAL",
    "EXACT",
    "MILLIONS",
    "MONEY",
    "SHARE",
    "Book",
    "Sheet",
    "SourcedNumber",
    "lines_workbook",
    "season_workbook",
    "write_lines_workbook",
    "write_season_workbook",
]

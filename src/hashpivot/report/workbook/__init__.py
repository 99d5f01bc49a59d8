"""Workbooks: live formulas over reported numbers."""

from ._book import Book
from ._nowcast_workbook import nowcast_workbook, write_nowcast_workbook
from ._profile_workbook import company_workbook, write_company_workbook
from ._sheet import COMPUTED, COUNT, DECIMAL, EXACT, MILLIONS, MONEY, SHARE, Sheet, SourcedNumber
from ._table_workbook import table_workbook, tables_workbook
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
    "company_workbook",
    "lines_workbook",
    "nowcast_workbook",
    "season_workbook",
    "table_workbook",
    "tables_workbook",
    "write_company_workbook",
    "write_lines_workbook",
    "write_nowcast_workbook",
    "write_season_workbook",
]

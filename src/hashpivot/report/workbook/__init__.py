"""Workbooks: live formulas over reported numbers."""

from ._book import Book
from ._logic import (
    ONE,
    ZERO,
    above,
    both,
    least,
    mean,
    most,
    natural,
    number,
    power,
    quotient,
    reaches,
    same,
    when,
    whole,
)
from ._season import lines_workbook, season_workbook, write_lines_workbook, write_season_workbook
from ._sheet import COMPUTED, COUNT, DECIMAL, EXACT, MILLIONS, MONEY, SHARE, Input, Page
from ._term import Term, total

__all__ = [
    "COMPUTED",
    "COUNT",
    "DECIMAL",
    "EXACT",
    "MILLIONS",
    "MONEY",
    "ONE",
    "SHARE",
    "ZERO",
    "Book",
    "Input",
    "Page",
    "Term",
    "above",
    "both",
    "least",
    "lines_workbook",
    "mean",
    "most",
    "natural",
    "number",
    "power",
    "quotient",
    "reaches",
    "same",
    "season_workbook",
    "total",
    "when",
    "whole",
    "write_lines_workbook",
    "write_season_workbook",
]

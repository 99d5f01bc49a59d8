"""Tables for a terminal."""

from ._comparison import ComparedCell, ComparedTable, comparison_tables, print_comparison
from ._season import print_season

__all__ = [
    "ComparedCell",
    "ComparedTable",
    "comparison_tables",
    "print_comparison",
    "print_season",
]

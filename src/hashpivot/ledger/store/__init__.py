"""The store: figures, sources and text facts in an append-only SQLite file."""

from ._alias import Alias, follow
from ._columns import ALIAS_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, column_difference
from ._disagreements import disagreements
from ._figures import Figures
from ._ledger import Added, Ledger
from ._rows import figure_of, figure_row, source_of, source_row

__all__ = [
    "ALIAS_COLUMNS",
    "FIGURE_COLUMNS",
    "SOURCE_COLUMNS",
    "Added",
    "Alias",
    "Figures",
    "Ledger",
    "column_difference",
    "disagreements",
    "figure_of",
    "figure_row",
    "follow",
    "source_of",
    "source_row",
]

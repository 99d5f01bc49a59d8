"""The store: figures, sources and text facts in an append-only SQLite file."""

from ._alias import Alias, follow
from ._columns import ALIAS_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, column_difference
from ._disagreements import disagreements
from ._figures import Figures
from ._ledger import Added, Ledger
from ._rereading import Change, FigureChange
from ._rows import figure_of, figure_row, source_of, source_row
from ._scale_slips import ScaleSlip, scale_slips

__all__ = [
    "ALIAS_COLUMNS",
    "FIGURE_COLUMNS",
    "SOURCE_COLUMNS",
    "Added",
    "Alias",
    "Change",
    "FigureChange",
    "Figures",
    "Ledger",
    "ScaleSlip",
    "column_difference",
    "disagreements",
    "figure_of",
    "figure_row",
    "follow",
    "scale_slips",
    "source_of",
    "source_row",
]

"""The store: figures, sources and text facts in an append-only database."""

from ._alias import Alias, follow
from ._disagreements import disagreements
from ._figures import Figures
from ._ledger import Added, Ledger
from ._record_keys import BASIS, is_record_key, record_base, record_key
from ._recording import Entry, Recorded
from ._rereading import Change, FigureChange
from ._row_faults import RowFault, RowFaults
from ._rows import figure_of, figure_row, source_of, source_row
from ._scale_slips import ScaleSlip, scale_slips
from .database import ALIAS_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, column_difference

__all__ = [
    "ALIAS_COLUMNS",
    "BASIS",
    "FIGURE_COLUMNS",
    "SOURCE_COLUMNS",
    "Added",
    "Alias",
    "Change",
    "Entry",
    "FigureChange",
    "Figures",
    "Ledger",
    "Recorded",
    "RowFault",
    "RowFaults",
    "ScaleSlip",
    "column_difference",
    "disagreements",
    "figure_of",
    "figure_row",
    "follow",
    "is_record_key",
    "record_base",
    "record_key",
    "scale_slips",
    "source_of",
    "source_row",
]

"""The store: figures, sources and remarks in an append-only SQLite file."""

from ._codec import FIGURE_COLUMNS, SOURCE_COLUMNS, figure_of, source_of
from ._disagree import disagreements
from ._figures import Figures
from ._store import Added, Ledger

__all__ = [
    "FIGURE_COLUMNS",
    "SOURCE_COLUMNS",
    "Added",
    "Figures",
    "Ledger",
    "disagreements",
    "figure_of",
    "source_of",
]

"""The store: figures, sources and text facts in an append-only database."""

from ._alias import Alias, follow
from ._copying import LedgerCopy
from ._figures import Figures
from ._filing_dates import FilingDates
from ._ledger import Added, Ledger
from ._record_keys import BASIS, is_record_key, record_base, record_key
from ._recording import Entry, Recorded
from ._rereading import Change, FigureChange
from ._row_check import DamagedLedger, LedgerCheck, Progress, SourceDamage
from ._row_faults import RowFault, RowFaults
from ._rows import figure_of, figure_row, source_of, source_row
from ._salvage import LostSource, Reread, Salvage, salvage, survey
from .database import (
    ALIAS_COLUMNS,
    FIGURE_COLUMNS,
    SOURCE_COLUMNS,
    LedgerDamage,
    column_difference,
    ledger_state,
    ledger_status,
    reading_uri,
)

__all__ = [
    "ALIAS_COLUMNS",
    "BASIS",
    "FIGURE_COLUMNS",
    "SOURCE_COLUMNS",
    "Added",
    "Alias",
    "Change",
    "DamagedLedger",
    "Entry",
    "FigureChange",
    "Figures",
    "FilingDates",
    "Ledger",
    "LedgerCheck",
    "LedgerCopy",
    "LedgerDamage",
    "LostSource",
    "Progress",
    "Recorded",
    "Reread",
    "RowFault",
    "RowFaults",
    "Salvage",
    "SourceDamage",
    "column_difference",
    "figure_of",
    "figure_row",
    "follow",
    "is_record_key",
    "ledger_state",
    "ledger_status",
    "reading_uri",
    "record_base",
    "record_key",
    "salvage",
    "source_of",
    "source_row",
    "survey",
]

"""Where a ledger's rows are kept: a SQLite file, or memory; what stands above knows no dialect."""

from ._columns import (
    ALIAS_COLUMNS,
    CHANGE_COLUMNS,
    FIGURE_COLUMNS,
    READING_COLUMNS,
    SOURCE_COLUMNS,
    TEXT_FACT_COLUMNS,
    column_difference,
)
from ._connection import LedgerConnection
from ._damage import DamagedRow, damaged
from ._protocol import LedgerDatabase
from ._sqlite import SqliteDatabase
from ._stored_rows import StoredRows
from ._tables import CHANGES, FIGURES, READINGS, SEALED, SEALS, SOURCES, TEXT_FACTS, StoredTable

__all__ = [
    "ALIAS_COLUMNS",
    "CHANGES",
    "CHANGE_COLUMNS",
    "FIGURES",
    "FIGURE_COLUMNS",
    "READINGS",
    "READING_COLUMNS",
    "SEALED",
    "SEALS",
    "SOURCES",
    "SOURCE_COLUMNS",
    "TEXT_FACTS",
    "TEXT_FACT_COLUMNS",
    "DamagedRow",
    "LedgerConnection",
    "LedgerDatabase",
    "SqliteDatabase",
    "StoredRows",
    "StoredTable",
    "column_difference",
    "damaged",
]

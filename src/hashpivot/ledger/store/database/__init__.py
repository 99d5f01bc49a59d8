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
from ._damage import damaged
from ._protocol import LedgerDatabase
from ._sqlite import SqliteDatabase
from ._stored_rows import StoredRows
from ._tables import CHANGES, FIGURES, READINGS, SOURCES, TABLES, TEXT_FACTS, StoredTable

__all__ = [
    "ALIAS_COLUMNS",
    "CHANGES",
    "CHANGE_COLUMNS",
    "FIGURES",
    "FIGURE_COLUMNS",
    "READINGS",
    "READING_COLUMNS",
    "SOURCES",
    "SOURCE_COLUMNS",
    "TABLES",
    "TEXT_FACTS",
    "TEXT_FACT_COLUMNS",
    "LedgerConnection",
    "LedgerDatabase",
    "SqliteDatabase",
    "StoredRows",
    "StoredTable",
    "column_difference",
    "damaged",
]

"""Where a ledger's rows are kept: a SQLite file, memory, or PostgreSQL; all above knows no dialect."""

from ._checksums import SEPARATOR
from ._columns import (
    ALIAS_COLUMNS,
    CHANGE_COLUMNS,
    FIGURE_COLUMNS,
    READING_COLUMNS,
    SOURCE_COLUMNS,
    TEXT_FACT_COLUMNS,
    column_difference,
)
from ._damage import DamagedRow, LedgerDamage, damaged
from ._places import ledger_state, ledger_status, open_database
from ._protocol import DatabaseStatus, LedgerDatabase
from ._sqlite import SqliteDatabase
from ._sqlite_log import reading_uri
from ._stored_rows import LedgerConnection, StoredRows
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
    "SEPARATOR",
    "SOURCES",
    "SOURCE_COLUMNS",
    "TEXT_FACTS",
    "TEXT_FACT_COLUMNS",
    "DamagedRow",
    "DatabaseStatus",
    "LedgerConnection",
    "LedgerDamage",
    "LedgerDatabase",
    "SqliteDatabase",
    "StoredRows",
    "StoredTable",
    "column_difference",
    "damaged",
    "ledger_state",
    "ledger_status",
    "open_database",
    "reading_uri",
]

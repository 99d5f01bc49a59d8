"""The tables of a SQLite ledger, and the checks that a file is one that this version reads."""

from __future__ import annotations

import sqlite3

from hashpivot.core import LedgerError

from ._columns import column_difference
from ._tables import CHANGES, FIGURES, READINGS, SOURCES, TABLES, VERSION, StoredTable
from ._tables import TEXT_FACTS as REMARKS

APPLICATION_ID = 0x68704C67  # "hpLg"


def _created(table: StoredTable) -> str:
    """Statements that make a table with its indices and triggers."""
    columns = ", ".join(f'"{name}" TEXT NOT NULL' for name in table.columns)
    source = ", FOREIGN KEY (source) REFERENCES sources (key)" if table.of_source else ""
    kind = " WITHOUT ROWID" if table.by_key else ""
    indices = "".join(
        f"CREATE INDEX IF NOT EXISTS {table.name}_by_{index[0]} ON {table.name} ({', '.join(index)});\n"
        for index in table.indices
    )
    return (
        f"CREATE TABLE IF NOT EXISTS {table.name} ({columns}, PRIMARY KEY ({', '.join(table.key)}){source})"
        f"{kind};\n{indices}{_append_only(table)}"
    )


def _append_only(table: StoredTable) -> str:
    """Triggers that refuse changes.

    REPLACE would delete without asking them, hence a row that is already there is left alone.
    """
    name = table.name
    refused = "".join(
        f"CREATE TRIGGER IF NOT EXISTS {name}_{verb.lower()} BEFORE {verb} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;\n"
        for verb in ("UPDATE", "DELETE")
    )
    same = " AND ".join(f"{key} = NEW.{key}" for key in table.key)
    return f"""{refused}CREATE TRIGGER IF NOT EXISTS {name}_insert BEFORE INSERT ON {name}
WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) BEGIN SELECT RAISE(IGNORE); END;
"""


# Apart, for it is also made in a ledger that was written before there were text facts. The table keeps the
# name they had in 0.1.
TEXT_FACTS = _created(REMARKS)
# Since schema 2: which version of the reader read a source, and what a later version changed of it.
READING_TABLES = _created(READINGS) + _created(CHANGES)
SCHEMA = f"""{_created(SOURCES)}{_created(FIGURES)}{TEXT_FACTS}{READING_TABLES}
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
"""


def schema_version(connection: sqlite3.Connection, where: str) -> int | None:
    """Return the schema version of a ledger file; None if the file is empty.

    Raises:
        LedgerError: If it is another database.
        sqlite3.DatabaseError: If it is no database at all.
    """
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise LedgerError("this SQLite file is not a ledger", where=where, hint="name another file")
    return connection.execute("PRAGMA user_version").fetchone()[0] if tables else None


def check_columns(connection: sqlite3.Connection, where: str) -> None:
    """Make sure that every table has the columns it must have and no other.

    SQLite takes a quoted name that no column has for a text, so a missing column would read as its own name.

    Raises:
        LedgerError: Naming the table and its columns.
    """
    for table in TABLES:
        present = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        difference = column_difference(present, table.columns) if present or table is not REMARKS else ""
        if difference:
            raise LedgerError(
                f"the ledger's table {table.name} has other columns than schema version {VERSION}: "
                f"{difference}",
                where=where,
                hint="something else changed the file: restore a backup of it, or add the filings to a new "
                "ledger",
            )


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute a script within the open transaction: `executescript` would commit first."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            connection.execute(pending)
            pending = ""

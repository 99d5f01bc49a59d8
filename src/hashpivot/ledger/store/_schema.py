"""The tables of a ledger file, and the checks that a file is one that this version reads."""

from __future__ import annotations

import sqlite3

from hashpivot.core import LedgerError

from ._columns import (
    CHANGE_COLUMNS,
    FIGURE_COLUMNS,
    READING_COLUMNS,
    SOURCE_COLUMNS,
    TEXT_FACT_COLUMNS,
    column_difference,
)

APPLICATION_ID = 0x68704C67  # "hpLg"
VERSION = 2


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}" TEXT NOT NULL' for name in names)


def _append_only(table: str, *keys: str) -> str:
    """Triggers that refuse changes.

    REPLACE would delete without asking them, hence a row that is already there is left alone.
    """
    refused = "".join(
        f"CREATE TRIGGER IF NOT EXISTS {table}_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;\n"
        for verb in ("UPDATE", "DELETE")
    )
    same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    return f"""{refused}CREATE TRIGGER IF NOT EXISTS {table}_insert BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(IGNORE); END;
"""


# Apart, for it is also made in a ledger that was written before there were text facts. The table keeps the
# name they had in 0.1.
TEXT_FACTS = f"""
CREATE TABLE IF NOT EXISTS remarks (id TEXT NOT NULL PRIMARY KEY, {_columns(TEXT_FACT_COLUMNS)},
    FOREIGN KEY (source) REFERENCES sources (key));
{_append_only("remarks", "id")}"""
# Since schema 2: which version of the reader read a source, and what a later version changed of it.
READINGS = f"""
CREATE TABLE readings ({_columns(READING_COLUMNS)}, PRIMARY KEY (source, reader),
    FOREIGN KEY (source) REFERENCES sources (key));
CREATE TABLE changes ({_columns(CHANGE_COLUMNS)}, PRIMARY KEY (id, reader),
    FOREIGN KEY (source) REFERENCES sources (key));
{_append_only("readings", "source", "reader")}{_append_only("changes", "id", "reader")}"""
SCHEMA = f"""
CREATE TABLE sources ({_columns(SOURCE_COLUMNS)}, PRIMARY KEY (key)) WITHOUT ROWID;
CREATE TABLE figures (id TEXT NOT NULL PRIMARY KEY, {_columns(FIGURE_COLUMNS)},
    FOREIGN KEY (source) REFERENCES sources (key));
CREATE INDEX figures_by_ticker ON figures (ticker, measure);
{_append_only("sources", "key")}{_append_only("figures", "id")}{TEXT_FACTS}{READINGS}
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
"""
_TABLES = {
    "sources": SOURCE_COLUMNS,
    "figures": ("id", *FIGURE_COLUMNS),
    "remarks": ("id", *TEXT_FACT_COLUMNS),
    "readings": READING_COLUMNS,
    "changes": CHANGE_COLUMNS,
}


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
    for table, expected in _TABLES.items():
        present = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        difference = column_difference(present, expected) if present or table != "remarks" else ""
        if difference:
            raise LedgerError(
                f"the ledger's table {table} has other columns than schema version {VERSION}: {difference}",
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

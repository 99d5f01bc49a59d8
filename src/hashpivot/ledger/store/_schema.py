"""The tables of a ledger file, and the check that a file is one."""

from __future__ import annotations

import sqlite3

from hashpivot.core import LedgerError

from ._codec import FIGURE_COLUMNS, REMARK_COLUMNS, SOURCE_COLUMNS

APPLICATION_ID = 0x68704C67  # "hpLg"
VERSION = 1


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}" TEXT NOT NULL' for name in names)


def _append_only(table: str, key: str) -> str:
    """Triggers that refuse changes.

    REPLACE would delete without asking them, hence a row that is already there is left alone.
    """
    refused = "".join(
        f"CREATE TRIGGER IF NOT EXISTS {table}_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;\n"
        for verb in ("UPDATE", "DELETE")
    )
    return f"""{refused}CREATE TRIGGER IF NOT EXISTS {table}_insert BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN SELECT RAISE(IGNORE); END;
"""


# Apart, for it is also made in a ledger that was written before there were remarks.
REMARKS = f"""
CREATE TABLE IF NOT EXISTS remarks (id TEXT NOT NULL PRIMARY KEY, {_columns(REMARK_COLUMNS)},
    FOREIGN KEY (source) REFERENCES sources (key));
{_append_only("remarks", "id")}"""
SCHEMA = f"""
CREATE TABLE sources ({_columns(SOURCE_COLUMNS)}, PRIMARY KEY (key)) WITHOUT ROWID;
CREATE TABLE figures (id TEXT NOT NULL PRIMARY KEY, {_columns(FIGURE_COLUMNS)},
    FOREIGN KEY (source) REFERENCES sources (key));
CREATE INDEX figures_by_ticker ON figures (ticker, measure);
{_append_only("sources", "key")}{_append_only("figures", "id")}{REMARKS}
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
"""


def check(connection: sqlite3.Connection, where: str) -> bool:
    """True if the file holds a ledger, False if it is empty.

    Raises:
        LedgerError: If it is another database, or a ledger of another version.
        sqlite3.DatabaseError: If it is no database at all.
    """
    connection.execute("BEGIN")  # one snapshot: another process may be making the tables just now
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.rollback()
    if not tables:
        return False
    if application != APPLICATION_ID:
        raise LedgerError("this SQLite file is not a ledger", where=where, hint="name another file")
    if version != VERSION:
        age = "newer" if version > VERSION else "older"
        raise LedgerError(
            f"the ledger has schema version {version}, this hashpivot reads version {VERSION}",
            where=where,
            hint=f"it was written by a {age} hashpivot: use that one, or add the filings to a new ledger",
        )
    return True

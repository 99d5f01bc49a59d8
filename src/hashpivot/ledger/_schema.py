"""The tables of a ledger file, and the check that a file is one."""

from __future__ import annotations

import sqlite3

from hashpivot.core import LedgerError

from ._codec import FIGURE_COLUMNS, SOURCE_COLUMNS

APPLICATION_ID = 0x68704C67  # "hpLg"
VERSION = 1


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}" TEXT NOT NULL' for name in names)


_APPEND_ONLY = "\n".join(
    f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;"
    for table in ("sources", "figures")
    for verb in ("UPDATE", "DELETE")
)
# REPLACE would delete without asking the trigger above, hence a row that is already there is left alone.
_NO_REPLACE = """
CREATE TRIGGER sources_insert BEFORE INSERT ON sources WHEN EXISTS (SELECT 1 FROM sources WHERE key = NEW.key)
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER figures_insert BEFORE INSERT ON figures WHEN EXISTS (SELECT 1 FROM figures WHERE id = NEW.id)
BEGIN SELECT RAISE(IGNORE); END;
"""
SCHEMA = f"""
CREATE TABLE sources ({_columns(SOURCE_COLUMNS)}, PRIMARY KEY (key)) WITHOUT ROWID;
CREATE TABLE figures (id TEXT NOT NULL PRIMARY KEY, {_columns(FIGURE_COLUMNS)},
    FOREIGN KEY (source) REFERENCES sources (key));
CREATE INDEX figures_by_ticker ON figures (ticker, measure);
{_APPEND_ONLY}{_NO_REPLACE}
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

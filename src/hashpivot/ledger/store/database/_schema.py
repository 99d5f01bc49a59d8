"""The tables of a SQLite ledger, and the checks that a file is one that this version reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache

from hashpivot.core import LedgerError

from ._columns import column_difference
from ._damage import DamagedRow, damaged
from ._tables import TABLES, VERSION, StoredTable

APPLICATION_ID = 0x68704C67  # "hpLg"


def _created(table: StoredTable) -> str:
    """Statements that make a table with its indices and triggers."""
    columns = "".join(f', "{name}" TEXT NOT NULL' for name in table.stored[1:])
    unique = f", UNIQUE ({table.unique})" if table.unique else ""
    source = ", FOREIGN KEY (source) REFERENCES sources (key)" if table.of_source else ""
    indices = "".join(
        f"CREATE INDEX {table.name}_by_{index} ON {table.name} ({index});\n" for index in table.indices
    )
    return (
        f"CREATE TABLE {table.name} (number INTEGER NOT NULL PRIMARY KEY{columns}{unique}{source});\n"
        f"{indices}{_append_only(table.name)}"
    )


def _append_only(name: str) -> str:
    """Triggers that refuse changes.

    REPLACE would delete without asking them, hence a row that is already there is left alone.
    """
    refused = "".join(
        f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;\n"
        for verb in ("UPDATE", "DELETE")
    )
    return f"""{refused}CREATE TRIGGER {name}_insert BEFORE INSERT ON {name}
WHEN EXISTS (SELECT 1 FROM {name} WHERE number = NEW.number) BEGIN SELECT RAISE(IGNORE); END;
"""


CREATE_TABLES = "".join(map(_created, TABLES))
SCHEMA = f"""{CREATE_TABLES}
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
"""
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master"


def schema_version(connection: sqlite3.Connection, where: str) -> int | None:
    """Return the schema version of a ledger file; None if the file is empty.

    Raises:
        LedgerError: If it is another database.
        sqlite3.DatabaseError: If it is no database at all.
    """
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not tables and not application and not version:
        return None
    if application != APPLICATION_ID:
        raise LedgerError("this SQLite file is not a ledger", where=where, hint="name another file")
    if not tables:
        raise damaged(where, DamagedRow("its tables are missing"))
    return int(version)


def check_schema(connection: sqlite3.Connection, where: str) -> None:
    """Make sure that tables, indices and triggers are exactly those that this version makes.

    SQLite takes a quoted name that no column has for a text, so a missing column would read as its own name.
    A trigger that changed could let rows vanish.

    Raises:
        LedgerError: Naming the table and its columns, or what else differs.
    """
    present = set(connection.execute(_OBJECTS).fetchall())
    if _expected_objects() <= present:
        return
    try:
        for table in TABLES:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
            refuse_other_columns(table.name, names, table.stored, VERSION)
        others = sorted(str(row[1]) for row in _expected_objects() - present)
        raise DamagedRow(f"its schema is not what was written: {', '.join(others)}")
    except DamagedRow as error:
        raise damaged(where, error) from None


def refuse_other_columns(table: str, present: Sequence[str], expected: Sequence[str], version: int) -> None:
    """Make sure that a table has the columns it must have and no other.

    Raises:
        DamagedRow: Naming them.
    """
    difference = column_difference(present, expected)
    if difference:
        raise DamagedRow(f"its table {table} has other columns than schema version {version}: {difference}")


@lru_cache(1)
def _expected_objects() -> frozenset[tuple[str | None, ...]]:
    """What SQLite lists of the tables of this version: kind, name, table and statement of each."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        run_script(connection, CREATE_TABLES)
        return frozenset(connection.execute(_OBJECTS).fetchall())


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute a script within the open transaction: `executescript` would commit first."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            connection.execute(pending)
            pending = ""

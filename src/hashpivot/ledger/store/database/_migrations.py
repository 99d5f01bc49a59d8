"""From an earlier schema to this one: a backup beside the ledger, then every step in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from hashpivot.core import LedgerError

from ._columns import CHANGE_COLUMNS, READING_COLUMNS
from ._damage import DamagedRow, damaged
from ._schema import check_schema, schema_version
from ._tables import VERSION
from ._to_schema_3 import RowId, seal_rows

Migration = Callable[[sqlite3.Connection, RowId], None]


def _add_readings(connection: sqlite3.Connection, row_id: RowId) -> None:
    """1 to 2: every source counts as read by version 0 of the reader, and nothing has changed since."""
    for name, columns in (("readings", READING_COLUMNS), ("changes", CHANGE_COLUMNS)):
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
            raise DamagedRow(f"its version says 1, but it has a table {name}")
        connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c} TEXT NOT NULL' for c in columns)})")


MIGRATIONS: dict[int, Migration] = {1: _add_readings, 2: seal_rows}
"""By schema version, the step to the next one. It runs within a transaction and sets no version itself.

docs/methods/ledger.md says how a change of the schema adds a step and its fixture.
"""


def check_version(version: int, where: str, steps: Container[int] | None = None) -> None:
    """Make sure that a ledger of this schema version can be read, if need be after a migration.

    Args:
        version: That of the ledger.
        where: The ledger.
        steps: Versions from which there is a step to the next one; those of SQLite if not given.

    Raises:
        LedgerError: If it is newer than ours, or so old that no step leads on from it.
    """
    if version > VERSION:
        raise LedgerError(
            f"the ledger has schema version {version}, this hashpivot reads up to version {VERSION}",
            where=where,
            hint="a newer hashpivot wrote it: update hashpivot, or add the filings to a new ledger",
        )
    steps = MIGRATIONS if steps is None else steps
    if any(step not in steps for step in range(version, VERSION)):
        raise LedgerError(
            f"the ledger has schema version {version}, from which this hashpivot cannot migrate to {VERSION}",
            where=where,
            hint="use the hashpivot that wrote it, or add the filings to a new ledger",
        )


def migrate_file(connection: sqlite3.Connection, path: Path, row_id: RowId) -> None:
    """Back a ledger up beside itself, then migrate it; a process that is killed leaves it as it was.

    Does nothing if another process has just migrated it.

    Args:
        connection: Open on the ledger, outside a transaction.
        path: The ledger's file.
        row_id: The id that a row of an earlier schema must have.

    Raises:
        LedgerError: If the migrated tables are not as they must be.
        sqlite3.Error, OSError: If the backup or the ledger cannot be written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(connection, str(path))
        if version is not None and version < VERSION:
            connection.execute(f"PRAGMA user_version = {version}")  # fails now if the file is read-only
            with _backup(path, version):
                _run_steps(connection, str(path), version, row_id)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrated_copy(connection: sqlite3.Connection, where: str, row_id: RowId) -> sqlite3.Connection:
    """Return a migrated copy of a ledger that must not be written, in a file that goes when it is closed.

    Raises:
        LedgerError: If the migrated tables are not as they must be.
    """
    copy = sqlite3.connect("", isolation_level=None)
    try:
        connection.backup(copy)
        version = schema_version(copy, where)
        copy.execute("BEGIN")
        _run_steps(copy, where, VERSION if version is None else version, row_id)
        copy.execute("COMMIT")
    except BaseException:
        copy.close()
        raise
    return copy


def _run_steps(connection: sqlite3.Connection, where: str, version: int, row_id: RowId) -> None:
    try:
        for step in range(version, VERSION):
            MIGRATIONS[step](connection, row_id)
    except DamagedRow as error:
        raise damaged(where, error) from error
    connection.execute(f"PRAGMA user_version = {VERSION}")
    check_schema(connection, where)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise damaged(where, DamagedRow("it has figures without their source"))


@contextmanager
def _backup(path: Path, version: int) -> Iterator[None]:
    """Write the ledger to a file beside it, which gets a name that nobody has once the block is done.

    It is read through a connection of its own: SQLite copies nothing through one that holds the write lock.
    """
    partial = path.with_name(f".{path.name}.partial")  # nobody else migrates it meanwhile
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as ledger, closing(sqlite3.connect(partial)) as target:
            ledger.backup(target)
        partial.chmod(path.stat().st_mode)
        yield
        partial.replace(_free_name(path, version))
    finally:
        partial.unlink(missing_ok=True)


def _free_name(path: Path, version: int) -> Path:
    """Create and return `ledger.sqlite3.schema-1.backup`, or the first `-2`, `-3`, ... that nobody has."""
    for number in count(1):
        suffix = f"-{number}" if number > 1 else ""
        name = path.with_name(f"{path.name}.schema-{version}.backup{suffix}")
        try:
            name.touch(exist_ok=False)
        except FileExistsError:
            continue
        return name
    raise AssertionError("count never ends")

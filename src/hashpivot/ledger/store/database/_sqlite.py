"""A ledger in a SQLite file, or in memory: read by many processes and written by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from hashpivot.core import LedgerError

from ._checksums import JoinedRow
from ._damage import DamagedRow, damaged
from ._migrations import check_version, migrate_file, migrated_copy
from ._schema import SCHEMA, check_schema, run_script, schema_version
from ._sqlite_log import reading_uri, refuse_damaged_log
from ._stored_rows import StoredRows
from ._tables import VERSION
from ._to_schema_3 import RowId

_RETRY = 0.01
"""Seconds between two tries for a lock: another process makes the tables in a few of them."""

_DAMAGE = ("malformed", "could not decode", "no such table", "no such column")
"""What SQLite says of a file whose pages are not what was written."""

_HINTS = (
    ("locked", "another process is writing to the ledger", "wait for it to finish, then try again"),
    ("readonly", "the ledger cannot be written", "allow writing to the file and its folder, or name another"),
    ("full", "the disk is full", "free some space, then add the filing again"),
    ("disk i/o", "the disk refused to read or write", "check free space and the disk, then try again"),
    ("unable to open", "the ledger cannot be opened", "check that its folder exists and may be written"),
    ("not a database", "this file is not a ledger", "name another file, or move this one away"),
)


class _SqliteConnection:
    """An open SQLite connection as `LedgerConnection`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
        return self._connection.execute(statement, values)

    def attempt(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]] | None:
        try:
            return self._connection.execute(statement, values).fetchall()
        except (sqlite3.Error, ValueError):
            return None

    def joined(self, table: str, columns: Sequence[str], start: int, end: int) -> Iterator[JoinedRow]:
        query = f"SELECT number, checksum, {_joined(table, columns)} FROM {table}"
        return self._connection.execute(
            f"{query} WHERE number > ? AND number <= ? ORDER BY number", (start, end)
        )

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> int:
        names = ", ".join(f'"{name}"' for name in columns)
        places = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
        return self._connection.executemany(statement, rows).rowcount


class SqliteDatabase:
    """A ledger in a SQLite file, made when something is first written, or in memory.

    A ledger of an earlier schema is backed up beside itself and migrated. If it cannot be written, a migrated
    copy in memory is read instead, and writing is refused.

    Args:
        path: The file; None for one in memory, gone when closed.
        row_id: The id that a row of an earlier schema must have.
        wait: Seconds to wait for another process that is writing.
        salvage: Read a damaged file as far as that goes; it is never written, nor migrated.
    """

    def __init__(
        self, path: Path | None, row_id: RowId, *, wait: float = 10.0, salvage: bool = False
    ) -> None:
        self.path = path
        self._salvage = salvage
        self._row_id = row_id
        self._wait = wait
        self._connection: sqlite3.Connection | None = None
        self._is_copy = False

    @property
    def where(self) -> str:
        """The path of the file; empty if in memory."""
        return str(self.path or "")

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._connection:
            self._connection.close()
            self._connection = None
            self._is_copy = False

    @contextmanager
    def snapshot(self) -> Iterator[StoredRows]:
        """Read one state of the file, whatever others write meanwhile; no rows if there is none."""
        with self._guard():
            connection = self._read()
            if not connection:
                yield StoredRows(None)
                return
            with _unchanged(connection):
                yield StoredRows(_SqliteConnection(connection))

    @contextmanager
    def transaction(self) -> Iterator[StoredRows]:
        """Write all or nothing, with the tables in place."""
        with self._guard():
            connection = self._write()
            with _committed(connection):
                yield StoredRows(_SqliteConnection(connection))

    def faults(self) -> list[str]:
        """Read every page of the file; say what is damaged."""
        with self._guard():
            connection = self._read()
            if not connection:
                return []
            rows = _SqliteConnection(connection)
            pages = rows.attempt("PRAGMA integrity_check")
            orphans = rows.attempt("PRAGMA foreign_key_check")
            faults = [] if pages == [("ok",)] else ["pages of the file are damaged"]
            return faults + ([] if orphans == [] else ["rows name a source that is missing"])

    def _read(self) -> sqlite3.Connection | None:
        """The connection, or None as long as there is no ledger to read."""
        if self._connection or self.path is None:
            return self._connection
        if self.path.is_dir():
            raise LedgerError("this is a folder", where=self.where, hint="name a file in it")
        if not self.path.exists():
            return None
        if self._salvage:
            self._connection = _connection(reading_uri(self.path), self._wait)
            self._connection.execute("PRAGMA writable_schema = ON")  # what cannot be parsed is passed over
            return self._connection
        refuse_damaged_log(self.path, self._wait)
        connection = self._connect(self.path)
        try:
            self._connection = self._current(connection, self.path)
        finally:
            if self._connection is not connection:
                connection.close()
        return self._connection

    def _current(self, connection: sqlite3.Connection, path: Path) -> sqlite3.Connection | None:
        """The connection to a ledger of this version's schema, migrated if need be; None if it is empty."""
        with _unchanged(connection):  # another process may be making the tables just now
            version = schema_version(connection, self.where)
            if version is None:
                return None
            check_version(version, self.where)
            if version == VERSION:
                check_schema(connection, self.where)
                return connection
        try:
            migrate_file(connection, path, self._row_id)
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            self._is_copy = True
            return migrated_copy(connection, self.where, self._row_id)
        return connection

    def _connect(self, path: Path) -> sqlite3.Connection:
        """A connection that has read the file once; one without locks if nothing may be written beside it."""
        last: sqlite3.Error | None = None
        journal = path.with_name(f"{path.name}-wal")
        frozen = () if journal.exists() and journal.stat().st_size else ("?immutable=1",)
        for options in ("", "?mode=ro", *frozen):
            connection = _connection(f"{path.absolute().as_uri()}{options}", self._wait)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return connection
            except sqlite3.OperationalError as error:
                connection.close()
                last = error
            except BaseException:  # a damaged name in the schema is a UnicodeDecodeError
                connection.close()
                raise
        raise last or sqlite3.OperationalError("unable to open")

    def _write(self) -> sqlite3.Connection:
        """A connection that may be written, with the tables in place."""
        connection = self._read()
        if self._is_copy:
            raise self._error("readonly")
        if not connection:
            if self.path:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            where = self.path.absolute().as_uri() if self.path else "file::memory:"
            connection = _connection(where, self._wait)
            try:
                _create(connection, self._wait)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Turn what SQLite and the file system say into a LedgerError."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._error(str(error)) from error
        except OSError as error:
            raise self._error(f"unable to open: {error.strerror}") from error
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            raise damaged(self.where, error) from error

    def _error(self, reason: str) -> LedgerError:
        if any(word in reason.lower() for word in _DAMAGE):
            return damaged(self.where, DamagedRow(reason))
        row = next((row for row in _HINTS if row[0] in reason.lower()), None)
        message, hint = row[1:] if row else (f"the ledger failed: {reason}", "")
        return LedgerError(message, where=self.where, hint=hint)


def _joined(table: str, columns: Sequence[str]) -> str:
    """Columns joined by NUL, as SQL.

    SQLite joins them as Python makes one object of a row then, in half the time. A value that is no text is
    written as one; `%c` of an empty text is NUL.
    """
    names = ", '', ".join(f'{table}."{name}"' for name in columns)
    return f"CAST(printf('{'%c'.join(['%s'] * len(columns))}', {names}) AS BLOB)"


def _connection(uri: str, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)


def _create(connection: sqlite3.Connection, wait: float) -> None:
    """Make the tables in one transaction, unless another process just did."""
    _keep_journal(connection, wait)
    with _committed(connection):
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            run_script(connection, SCHEMA)


@contextmanager
def _committed(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing; what ends it early is raised, also a Ctrl-C right after the end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keep_journal(connection: sqlite3.Connection, wait: float) -> None:
    """Switch a new file to the write-ahead log: SQLite does not wait for another process that does so too."""
    deadline = monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > deadline:
                raise
        sleep(_RETRY)


@contextmanager
def _unchanged(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the file, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()

"""The journal's file: SQLite, one process at a time, every step one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from hashpivot.core import JournalError

_VERSION = 1
_SCHEMA = (
    "CREATE TABLE company (cik TEXT PRIMARY KEY, start TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE filing (
        accession TEXT PRIMARY KEY, cik TEXT NOT NULL, ticker TEXT NOT NULL, form TEXT NOT NULL,
        filed TEXT NOT NULL, listed_in TEXT NOT NULL, found TEXT NOT NULL, state TEXT NOT NULL,
        public TEXT, misses INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
        warnings TEXT NOT NULL DEFAULT '[]'
    ) WITHOUT ROWID""",
    "CREATE INDEX filing_state ON filing (state)",
    "CREATE TABLE news (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL)",
    """CREATE TABLE outbox (
        id TEXT NOT NULL REFERENCES news (id), channel TEXT NOT NULL, sent TEXT, PRIMARY KEY (id, channel)
    ) WITHOUT ROWID""",
    "CREATE INDEX outbox_unsent ON outbox (channel) WHERE sent IS NULL",
    f"PRAGMA user_version = {_VERSION}",
)
_WAIT = 10.0  # seconds for someone who looks into the file


class Database:
    """The file, locked for this process until it is closed.

    Args:
        path: Made if missing.

    Raises:
        JournalError: If it cannot be opened, another process watches with it, or a later version wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(f"{path.name}.lock"))
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            try:
                self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
                try:
                    self._prepare()
                except BaseException:
                    self._connection.close()
                    raise
            except BaseException:
                self._lock.release()
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._lock.release()

    def rows(self, query: str, *values: object) -> list[tuple[str, ...]]:
        """The rows of a query."""
        with self._errors():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _prepare(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise JournalError(
                "a later version of hashpivot wrote it", where=str(self.path), hint="use that version"
            )
        if version == 0:
            with self.transaction() as connection:
                for statement in _SCHEMA:
                    connection.execute(statement)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        where = str(self.path)
        try:
            yield
        except Timeout:
            hint = "end it first; one process watches for each HASHPIVOT_HOME"
            raise JournalError("another hashpivot watch is running", where=where, hint=hint) from None
        except sqlite3.OperationalError as error:  # a full disk, a folder that may not be written
            hint = "check free space and permissions; what was told is kept"
            raise JournalError(f"it cannot be used: {error}", where=where, hint=hint) from None
        except sqlite3.DatabaseError as error:
            hint = "move it away: the watch then begins anew, and tells nothing that was filed before"
            raise JournalError(f"it is damaged: {error}", where=where, hint=hint) from None
        except OSError as error:
            hint = "check free space and permissions"
            raise JournalError(
                f"it cannot be written: {error.strerror or error}", where=where, hint=hint
            ) from None

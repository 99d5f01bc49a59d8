"""The ledger: an append-only SQLite file of whole filings, read by many processes and written by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hashpivot.core import Figure, LedgerError, Remark, Source, home

from ._codec import (
    FIGURE_COLUMNS,
    REMARK_COLUMNS,
    SOURCE_COLUMNS,
    figure_of,
    figure_row,
    remark_of,
    remark_row,
    source_of,
    source_row,
)
from ._figures import Figures
from ._schema import REMARKS, SCHEMA, check

_SOURCES = ", ".join(f'"{name}"' for name in SOURCE_COLUMNS)
_FIGURES = ", ".join(f'"{name}"' for name in FIGURE_COLUMNS)
_REMARKS = ", ".join(f'"{name}"' for name in REMARK_COLUMNS)
_INSERT_SOURCE = f"INSERT INTO sources ({_SOURCES}) VALUES ({', '.join('?' * len(SOURCE_COLUMNS))})"
_INSERT_FIGURE = f"INSERT INTO figures (id, {_FIGURES}) VALUES (?, {', '.join('?' * len(FIGURE_COLUMNS))})"
_INSERT_REMARK = f"INSERT INTO remarks (id, {_REMARKS}) VALUES (?, {', '.join('?' * len(REMARK_COLUMNS))})"

_HINTS = (
    ("locked", "another process is writing to the ledger", "wait for it to finish, then try again"),
    ("readonly", "the ledger cannot be written", "allow writing to the file and its folder, or name another"),
    ("full", "the disk is full", "free some space, then add the filing again"),
    ("disk i/o", "the disk refused to read or write", "check free space and the disk, then try again"),
    ("unable to open", "the ledger cannot be opened", "check that its folder exists and may be written"),
    ("not a database", "this file is not a ledger", "name another file, or move this one away"),
    ("malformed", "the ledger is damaged", "restore a copy, or add the filings to a new ledger"),
)


@dataclass(frozen=True, slots=True)
class Added:
    """What `Ledger.add` did: whether the source was new, and how many figures and remarks were written."""

    new: bool
    figures: int
    remarks: int = 0


class Ledger:
    """The user's own figures. Use `Ledger.open` or `Ledger.memory`; works as a context manager.

    Everything raises LedgerError if the file cannot be opened, read or written; what it held stays.
    """

    def __init__(self, path: Path | None, *, wait: float = 10.0) -> None:
        self.path = path
        self._wait = wait
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: str | Path | None = None, *, wait: float = 10.0) -> Ledger:
        """The ledger in a file, created when something is first added.

        Args:
            path: The file; `ledger.sqlite3` in `home()` if not given.
            wait: Seconds to wait for another process that is writing.

        Raises:
            LedgerError: If `path` is something else than a ledger this version reads.
        """
        ledger = cls(Path(path) if path else home() / "ledger.sqlite3", wait=wait)
        ledger._read()
        return ledger

    @classmethod
    def memory(cls) -> Ledger:
        """An empty ledger that is gone when closed."""
        return cls(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self.path or 'in memory'})"

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def add(self, source: Source, figures: Iterable[Figure], remarks: Iterable[Remark] = ()) -> Added:
        """Write one filing whole, in one transaction; a source already there is left as it is.

        Raises:
            LedgerError: If a figure or remark names another source, or the file cannot be written. Nothing
                is written then.
        """
        held = {figure.id: figure for figure in figures}
        said = {remark.id: remark for remark in remarks}
        stray = next((key for key, each in (held | said).items() if each.source != source.key), None)
        if stray:
            what = "figure" if stray in held else "remark"
            raise LedgerError(f"{what} {stray} does not belong to source {source.key}")
        with self._guard(), self._transaction() as connection:
            if connection.execute("SELECT 1 FROM sources WHERE key = ?", (source.key,)).fetchone():
                return Added(False, 0)
            connection.execute(_INSERT_SOURCE, source_row(source))
            connection.executemany(_INSERT_FIGURE, ((key, *figure_row(f)) for key, f in held.items()))
            if said:
                _run(connection, REMARKS)
                connection.executemany(_INSERT_REMARK, ((key, *remark_row(r)) for key, r in said.items()))
        return Added(True, len(held), len(said))

    def read(self, ticker: str | None = None) -> Figures:
        """All sources, figures and remarks, or those of one company, in the order they were added.

        Sources without figures come first.
        """
        where, values = ("WHERE ticker = ?", (ticker,)) if ticker else ("", ())
        with self._guard():
            connection = self._read()
            if not connection:
                return Figures()
            connection.execute("BEGIN")
            try:
                sources = connection.execute(f"SELECT {_SOURCES} FROM sources").fetchall()
                query = f"SELECT {_FIGURES} FROM figures {where} ORDER BY rowid"
                figures = tuple(figure_of(row) for row in connection.execute(query, values))
                said = _select_remarks(connection, f"{where} ORDER BY rowid", values)
                remarks = tuple(remark_of(row[1:]) for row in said)
            finally:
                connection.rollback()
            held = {figure.source: number for number, figure in enumerate(figures)}
            told = {remark.source: number for number, remark in enumerate(remarks)}
            sources.sort(key=lambda row: (held.get(row[0], -1), told.get(row[0], -1)))
            return Figures({row[0]: source_of(row) for row in sources}, figures, remarks)

    def check(self) -> None:
        """Read the whole file and make sure that it is sound and every figure and remark the one it was.

        Raises:
            LedgerError: If it is damaged.
        """
        with self._guard():
            connection = self._read()
            if not connection:
                return
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
            rows = connection.execute(f"SELECT id, {_FIGURES} FROM figures")
            changed = any(figure_of(row[1:]).id != row[0] for row in rows)
            remarks = _select_remarks(connection)
            if told != "ok" or orphan or changed or any(remark_of(row[1:]).id != row[0] for row in remarks):
                raise self._error("malformed")

    def _read(self) -> sqlite3.Connection | None:
        """The connection, or None as long as there is no ledger to read."""
        if self._connection or self.path is None:
            return self._connection
        if self.path.is_dir():
            raise LedgerError("this is a folder", where=str(self.path), hint="name a file in it")
        with self._guard():
            if not self.path.exists():
                return None
            connection = self._connect(self.path)
            try:
                if check(connection, str(self.path)):
                    self._connection = connection
            finally:
                if not self._connection:
                    connection.close()
        return self._connection

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
            except sqlite3.Error:
                connection.close()
                raise
        raise last or sqlite3.OperationalError("unable to open")

    def _write(self) -> sqlite3.Connection:
        """A connection that may be written, with the tables in place."""
        if not self._read():
            if self.path:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            where = self.path.absolute().as_uri() if self.path else "file::memory:"
            connection = _connection(where, self._wait)
            try:
                _create(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        assert self._connection
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA synchronous = FULL")
        return self._connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._write()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

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
            raise self._error("malformed") from error

    def _error(self, told: str) -> LedgerError:
        known = next((hint for hint in _HINTS if hint[0] in told.lower()), None)
        message, advice = known[1:] if known else (f"the ledger failed: {told}", "")
        return LedgerError(message, where=str(self.path or ""), hint=advice)


def _connection(uri: str, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)


def _create(connection: sqlite3.Connection) -> None:
    """Make the tables in one transaction, unless another process just did."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            _run(connection, SCHEMA)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _select_remarks(
    connection: sqlite3.Connection, tail: str = "", values: tuple[str, ...] = ()
) -> Iterable[tuple[str, ...]]:
    """Ids and columns of remarks; none in a ledger written before there were any."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'remarks'").fetchone():
        return ()
    return connection.execute(f"SELECT id, {_REMARKS} FROM remarks {tail}", values)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Execute a script, statement by statement: `executescript` would commit first."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            connection.execute(pending)
            pending = ""

"""The ledger: an append-only SQLite file of whole filings, read by many processes and written by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self

from hashpivot.core import Figure, LedgerError, Source, TextFact, ledger_path

from ._alias import Alias
from ._figures import Figures
from ._migrations import check_version, migrate_file, migrated_copy
from ._record_keys import BASIS, is_record_key, record_revision
from ._recording import Entry, Recorded, record_entries
from ._rereading import Change, FigureChange, Member, changes_between, figure_changes, out_of_force
from ._rows import figure_of, source_of, text_fact_of
from ._schema import SCHEMA, VERSION, check_columns, run_script, schema_version
from ._sql import (
    FIGURES,
    SELECT_SOURCE,
    TableWriter,
    added_days,
    last_readers,
    members_in_force,
    select_changes,
    select_members,
    select_text_facts,
)

_RETRY = 0.01
"""Seconds between two tries for a lock: another process makes the tables in a few of them."""

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
    """What `Ledger.add` did.

    Args:
        new: False if the source was there already.
        figures: How many were written.
        remarks: How many text facts were written.
        reread: True if an earlier version of the reader had read the source, and this one supersedes it.
        changes: The amounts that this one gives otherwise.
    """

    new: bool
    figures: int
    remarks: int = 0
    reread: bool = False
    changes: tuple[FigureChange, ...] = ()


class Ledger:
    """The user's own figures and text facts; a context manager. Use `Ledger.open` or `Ledger.memory`.

    Everything raises LedgerError if the file cannot be opened, read or written; what it held stays.
    """

    def __init__(self, path: Path | None, *, wait: float = 10.0) -> None:
        self.path = path
        self._wait = wait
        self._connection: sqlite3.Connection | None = None
        self._is_copy = False

    @classmethod
    def open(cls, path: str | Path | None = None, *, wait: float = 10.0) -> Ledger:
        """Open the ledger in a file, created when something is first added.

        A ledger of an earlier schema is backed up beside itself and migrated. If it cannot be written, a
        migrated copy in memory is read instead, and `add` is refused.

        Args:
            path: The file. If not given, the one `HASHPIVOT_LEDGER` names, else `ledger.sqlite3` in `home()`.
            wait: Seconds to wait for another process that is writing.

        Raises:
            LedgerError: If `path` is something else than a ledger this version reads.
            InvalidInput: If it is a URL.
        """
        ledger = cls(ledger_path(path), wait=wait)
        ledger._read()
        return ledger

    @classmethod
    def memory(cls) -> Ledger:
        """Return an empty ledger that is gone when closed."""
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
            self._is_copy = False

    def add(
        self,
        source: Source,
        figures: Iterable[Figure],
        remarks: Iterable[TextFact] = (),
        *,
        read_on: date | None = None,
    ) -> Added:
        """Write one filing whole, in one transaction; a source already there is left as it is.

        If an earlier version of the reader read it (`Source.reader`), what this one gives otherwise
        supersedes that from the day of the reading on; views of earlier days keep it. The day the filing
        became known stays.

        Args:
            source: The filing.
            figures: Its figures.
            remarks: Its text facts.
            read_on: Day of the reading; today if not given.

        Raises:
            LedgerError: If a figure or text fact names another source, or the file cannot be written.
                Nothing is written then.
        """
        figure_by_id = {figure.id: figure for figure in figures}
        fact_by_id = {fact.id: fact for fact in remarks}
        _refuse_strays("figure", figure_by_id, source)
        _refuse_strays("remark", fact_by_id, source)
        with self._guard(), self._transaction() as connection:
            held = connection.execute(f"{SELECT_SOURCE} WHERE key = ?", (source.key,)).fetchone()
            if held:
                members: list[Member] = [*figure_by_id.values(), *fact_by_id.values()]
                return _read_again(
                    connection, source_of(held), source.reader, members, read_on or date.today()
                )
            writer = TableWriter(connection)
            writer.insert_source(source)
            if source.reader:
                writer.insert_reading(source.key, source.reader, read_on or date.today())
            writer.insert_members((*figure_by_id.values(), *fact_by_id.values()))
        return Added(True, len(figure_by_id), len(fact_by_id))

    def record(self, entries: Iterable[Entry], *, recorded_on: date | None = None) -> list[Recorded]:
        """Record figures and text facts by hand, all in one transaction.

        What is held already is left as it is. A later record of the same question and source, or one that
        names the earlier, supersedes: nothing is deleted, and the earlier id leads to the later one.

        Args:
            entries: In the order they were written.
            recorded_on: Day of the recording; today if not given.

        Raises:
            RowFaults: If an entry contradicts what the ledger holds. Nothing is written then.
            LedgerError: If the file cannot be written. Nothing is written then.
        """
        with self._guard(), self._transaction() as connection:
            return _record(connection, list(entries), recorded_on or date.today())

    def read(self, ticker: str | None = None) -> Figures:
        """Return all sources, figures and text facts, or those of one company, in the order they were added.

        Sources without figures come first.
        """
        where, values = ("WHERE ticker = ?", (ticker,)) if ticker else ("", ())
        with self._guard():
            connection = self._read()
            if not connection:
                return Figures()
            with _snapshot(connection):
                sources = connection.execute(SELECT_SOURCE).fetchall()
                readers = last_readers(connection)
                changes = tuple(select_changes(connection))
                query = f"SELECT {FIGURES} FROM figures {where} ORDER BY rowid"
                figures = tuple(figure_of(row) for row in connection.execute(query, values))
                rows = select_text_facts(connection, f"{where} ORDER BY rowid", values)
                facts = tuple(text_fact_of(row[1:]) for row in rows)
            last_figure = {figure.source: number for number, figure in enumerate(figures)}
            last_fact = {fact.source: number for number, fact in enumerate(facts)}
            sources.sort(key=lambda row: (last_figure.get(row[0], -1), last_fact.get(row[0], -1)))
            by_key = {row[0]: replace(source_of(row), reader=readers.get(row[0], 0)) for row in sources}
            aliases = _successors(changes, by_key)
            return Figures(by_key, figures, facts, aliases=aliases, changes=changes)

    def readers(self) -> dict[str, int]:
        """Return which version of the reader last read each source, by its key; 0 from before versions."""
        with self._guard():
            connection = self._read()
            if not connection:
                return {}
            with _snapshot(connection):
                keys = [row[0] for row in connection.execute("SELECT key FROM sources")]
                last = last_readers(connection)
            return {key: last.get(key, 0) for key in keys}

    def added_on(self) -> dict[str, date]:
        """Return the day on which each source was added, by its key; those of earlier versions have none."""
        with self._guard():
            connection = self._read()
            return added_days(connection) if connection else {}

    def check(self) -> None:
        """Read the whole file and make sure that it is sound and every figure and text fact the one it was.

        Raises:
            LedgerError: If it is damaged.
        """
        with self._guard():
            connection = self._read()
            if not connection:
                return
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
            figures = connection.execute(f"SELECT figures.id, {FIGURES} FROM figures")
            ids = [(row[0], figure_of(row[1:]).id) for row in figures]
            ids += [(row[0], text_fact_of(row[1:]).id) for row in select_text_facts(connection)]
            stray = {change.id for change in select_changes(connection)} - {key for key, _ in ids}
            if verdict != "ok" or orphan or stray or any(key != computed for key, computed in ids):
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
                self._connection = self._current(connection, self.path)
            finally:
                if self._connection is not connection:
                    connection.close()
        return self._connection

    def _current(self, connection: sqlite3.Connection, path: Path) -> sqlite3.Connection | None:
        """The connection to a ledger of this version's schema, migrated if need be; None if it is empty."""
        where = str(path)
        with _snapshot(connection):  # another process may be making the tables just now
            version = schema_version(connection, where)
            if version is None:
                return None
            check_version(version, where)
            if version == VERSION:
                check_columns(connection, where)
                return connection
        try:
            migrate_file(connection, path)
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
            self._is_copy = True
            return migrated_copy(connection, where)
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

    def _error(self, reason: str) -> LedgerError:
        row = next((row for row in _HINTS if row[0] in reason.lower()), None)
        message, hint = row[1:] if row else (f"the ledger failed: {reason}", "")
        return LedgerError(message, where=str(self.path or ""), hint=hint)


def _connection(uri: str, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)


def _create(connection: sqlite3.Connection, wait: float) -> None:
    """Make the tables in one transaction, unless another process just did."""
    _keep_journal(connection, wait)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            run_script(connection, SCHEMA)
        connection.execute("COMMIT")
    except BaseException:
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


def _read_again(
    connection: sqlite3.Connection, held: Source, reader: int, members: Iterable[Member], read_on: date
) -> Added:
    """Write what a later version of the reader gives otherwise of a held source, and what it withdraws."""
    if reader <= last_readers(connection).get(held.key, 0):
        return Added(False, 0)
    known = (replace(member, known=held.known) for member in members)
    after = {member.id: member for member in known}
    before = members_in_force(connection, held.key)
    changes = changes_between(before, after, reader, read_on)
    come = [after[change.id] for change in changes if change.added]
    writer = TableWriter(connection)
    writer.insert_reading(held.key, reader, read_on)
    writer.insert_members(come)
    for change in changes:
        writer.insert_change(change)
    figures = sum(isinstance(member, Figure) for member in come)
    return Added(False, figures, len(come) - figures, True, tuple(figure_changes(before, after)))


def _successors(changes: Sequence[Change], sources: Mapping[str, Source]) -> dict[str, Alias]:
    """Aliases from ids that no longer count to those that stand for them."""
    aside = out_of_force(changes, None)
    return {
        change.id: Alias(change.id, change.successor, _reason(change, sources.get(change.source)))
        for change in changes
        if change.successor and change.id in aside
    }


def _reason(change: Change, source: Source | None) -> str:
    if source and is_record_key(source.key):
        return "a later record supersedes it"
    return f"read again by version {change.reader} of the reader"


def _record(connection: sqlite3.Connection, entries: list[Entry], recorded_on: date) -> list[Recorded]:
    rows = connection.execute(f"{SELECT_SOURCE} WHERE known_basis = ? ORDER BY key", (BASIS,))
    sources = sorted(map(source_of, rows), key=lambda source: record_revision(source.key))
    keys = {source.key for source in sources}
    changes = [change for change in select_changes(connection) if change.source in keys]
    held = select_members(
        connection, "WHERE source IN (SELECT key FROM sources WHERE known_basis = ?)", (BASIS,)
    )
    batches = [number for key, number in last_readers(connection).items() if key in keys]
    return record_entries(
        TableWriter(connection), held, sources, changes, entries, recorded_on, max(batches, default=0)
    )


def _refuse_strays(what: str, members: Mapping[str, Figure | TextFact], source: Source) -> None:
    stray = next((key for key, member in members.items() if member.source != source.key), None)
    if stray:
        raise LedgerError(f"{what} {stray} does not belong to source {source.key}")


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the file, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()

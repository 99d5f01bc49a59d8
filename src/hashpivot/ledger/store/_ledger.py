"""The ledger: append-only, of whole filings, read by many processes and written by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from hashpivot.core import Figure, LedgerError, LedgerPlace, Source, TextFact, ledger_place

from ._copying import LedgerCopy, copy_ledger
from ._figures import Figures
from ._record_keys import record_revision
from ._recording import Entry, Recorded, record_entries
from ._rereading import FigureChange, Member, changes_between, figure_changes, out_of_force
from ._row_check import DamagedLedger, LedgerCheck, Progress, check_rows
from ._rows import row_id
from ._sealed_rows import SealedRows
from ._seals import all_seals, last_seal, seal_at, seals_of_records
from ._sql import (
    TableWriter,
    added_days,
    last_readers,
    read_all,
    read_company,
    read_filing_dates,
    read_since,
    select_changes,
    select_figures,
    select_members,
    select_sources,
    with_readers,
)
from .database import LedgerDatabase, SqliteDatabase, StoredRows, open_database


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

    def __init__(self, database: LedgerDatabase) -> None:
        self._database = database

    @classmethod
    def open(cls, path: str | LedgerPlace | None = None, *, wait: float = 10.0) -> Ledger:
        """Open a ledger, created when something is first added.

        A file of an earlier schema is backed up beside itself and migrated. If it cannot be written, a
        migrated copy in memory is read instead, and `add` is refused.

        Args:
            path: A SQLite file, or `postgresql://USER@HOST/DATABASE`. If not given, what `HASHPIVOT_LEDGER`
                names, else `ledger.sqlite3` in `home()`.
            wait: Seconds to wait for another process that is writing.

        Raises:
            LedgerError: If `path` is something else than a ledger this version reads, or a server refuses.
            InvalidInput: If it is a URL of another kind.
            MissingLibrary: If it is a PostgreSQL database and psycopg is not installed (extra `postgres`).
        """
        database = open_database(ledger_place(path), row_id, wait=wait)
        try:
            with database.snapshot():
                return cls(database)
        except BaseException:
            database.close()
            raise

    @classmethod
    def memory(cls) -> Ledger:
        """Return an empty ledger that is gone when closed."""
        return cls(SqliteDatabase(None, row_id))

    @property
    def path(self) -> Path | None:
        """The file; None if the ledger is not kept in one."""
        return self._database.path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({self._database.where or 'in memory'})"

    def close(self) -> None:
        """Let go of the file or server; the next call opens it again."""
        self._database.close()

    def copy_to(self, target: Ledger, progress: Callable[[int, int], object] | None = None) -> LedgerCopy:
        """Copy every row into another ledger, then read both and compare.

        What was copied is the same to the last character: ids, order, readings, changes, checksums. A copy
        that was stopped is an earlier state of this ledger; the next one goes on from there.

        Args:
            target: A ledger that is empty or holds the beginning of this one; a file or a server.
            progress: Told the rows done and all rows.

        Raises:
            LedgerError: If there is nothing to copy, if the target holds anything else or is written by
                others meanwhile, if either is damaged.
        """
        return copy_ledger(self._database, target._database, progress)

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
        members: list[Member] = [*figure_by_id.values(), *fact_by_id.values()]
        with self._database.transaction() as stored:
            held = _source(stored, source.key)
            if held and source.reader <= held.reader:
                return Added(False, 0)
            if held:
                rows = SealedRows.source(stored, source.key)
                return _read_again(stored, rows, source.reader, members, read_on or date.today())
            writer = TableWriter(stored)
            writer.insert_source(source)
            if source.reader:
                writer.insert_reading(source.key, source.reader, read_on or date.today())
            for member in members:
                writer.insert_member(member)
            writer.seal()
        return Added(True, len(figure_by_id), len(fact_by_id))

    def transaction(self) -> AbstractContextManager[StoredRows]:
        """Write rows all or none, as they are stored; for copies of ledgers."""
        return self._database.transaction()

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
        with self._database.transaction() as stored:
            return _record(stored, list(entries), recorded_on or date.today())

    def read(self, ticker: str | None = None, *, upto: int | None = None) -> Figures:
        """Return all sources, figures and text facts, or those of one company, in the order they were added.

        Sources without figures come first. Those of one company are its own, and any other with rows of it;
        no row of another company is read.

        Args:
            ticker: The company; all if None.
            upto: What was there when this was `last_seal()`; what is there now if None.
        """
        with self._database.snapshot() as stored:
            return read_all(stored, upto) if ticker is None else read_company(stored, ticker, upto)

    def read_since(self, held: Figures, seal: int, *, upto: int | None = None) -> Figures:
        """Return what `read` does of all companies, without reading again what is held.

        Args:
            held: What `read` returned when `seal` was the last.
            seal: Its number.
            upto: As `read`.
        """
        with self._database.snapshot() as stored:
            return read_since(stored, held, seal, upto)

    def tickers(self, *, after: int = 0, upto: int | None = None) -> list[str]:
        """Return the companies of which any source, figure or text fact was written, in alphabetical order.

        Args:
            after: Number of a seal; what was written up to it does not count.
            upto: Number of the last seal that counts.
        """
        with self._database.snapshot() as stored:
            seals = [seal for seal in all_seals(stored) if after < seal.number]
            return sorted({seal.ticker for seal in seals if upto is None or seal.number <= upto})

    def sources(self, *, upto: int | None = None) -> dict[str, Source]:
        """Return all sources by key, in the order of their keys."""
        with self._database.snapshot() as stored:
            rows = SealedRows.whole(stored, upto)
            return with_readers(select_sources(rows), last_readers(rows))

    def filing_dates(self, *, upto: int | None = None) -> Figures:
        """Return the filing dates recorded by hand, of all companies, and what superseded them."""
        with self._database.snapshot() as stored:
            return read_filing_dates(stored, upto)

    def source(self, key: str) -> Source | None:
        """Return a source by its key, with the last version of the reader that read it; None if not held."""
        with self._database.snapshot() as stored:
            return _source(stored, key)

    def last_seal(self) -> int:
        """Return the number of the seal written last, for `read_after`; 0 if there is none."""
        with self._database.snapshot() as stored:
            seal = last_seal(stored)
            return seal.number if seal else 0

    def seal(self, number: int) -> tuple[str, ...]:
        """Return what the seal of a number says, to tell whether this is still the same ledger; else ()."""
        with self._database.snapshot() as stored:
            last = last_seal(stored)
            return seal_at(stored, number).row if last and 0 < number <= last.number else ()

    def read_after(self, seal: int) -> tuple[int, Figures]:
        """Return the figures that were written after a seal, with their sources.

        Args:
            seal: Its number, as `last_seal` or an earlier call gave it.

        Returns:
            The number of the last seal now, and the figures in the order they were written.
        """
        with self._database.snapshot() as stored:
            last = last_seal(stored)
            if last is None or last.number <= seal:
                return seal, Figures()
            rows = SealedRows.after(stored, seal)
            figures = tuple(select_figures(rows))
            sources = {source.key: source for source in select_sources(rows)}
            before = {figure.source for figure in figures} - set(sources)  # one that was read again
            held = (_source(stored, key) for key in before)
            sources |= {source.key: source for source in held if source}
            return last.number, Figures(sources, figures)

    def added_on(self) -> dict[str, date]:
        """Return the day on which each source was added, by its key; those of earlier versions have none."""
        with self._database.snapshot() as stored:
            return added_days(SealedRows.whole(stored))

    def check(self, progress: Progress | None = None) -> LedgerCheck:
        """Read the whole ledger and make sure that every row is there and the one that was written.

        Args:
            progress: Called now and then with what is read, how much of it, and how much there is.

        Raises:
            DamagedLedger: If not; its `report` says what is damaged.
            LedgerError: If the ledger cannot be opened at all.
        """
        faults = self._database.faults()
        with self._database.snapshot() as stored:
            report = check_rows(stored, faults, progress)
        if not report.sound:
            raise DamagedLedger(report, self._database.where)
        return report


def _source(stored: StoredRows, key: str) -> Source | None:
    """A source as an index finds it; whoever writes makes sure that the index has it, if it is held."""
    rows = SealedRows.indexed(stored, key)
    sources = select_sources(rows)
    return replace(sources[0], reader=last_readers(rows).get(key, 0)) if sources else None


def _read_again(
    stored: StoredRows, rows: SealedRows, reader: int, members: Iterable[Member], read_on: date
) -> Added:
    """Write what a later version of the reader gives otherwise of a held source, and what it withdraws."""
    held = select_sources(rows)[0]
    if reader <= last_readers(rows).get(held.key, 0):
        return Added(False, 0)
    after = {member.id: member for member in (replace(member, known=held.known) for member in members)}
    stored_before = {member.id: member for member in select_members(rows)}
    aside = out_of_force(select_changes(rows), None)
    before = {key: member for key, member in stored_before.items() if key not in aside}
    changes = changes_between(before, after, reader, read_on)
    come = [after[change.id] for change in changes if change.added]
    writer = TableWriter(stored, [held])
    writer.insert_reading(held.key, reader, read_on)
    for member in come:
        if member.id not in stored_before:  # one that was withdrawn counts again
            writer.insert_member(member)
    for change in changes:
        writer.insert_change(change)
    writer.seal()
    figures = sum(isinstance(member, Figure) for member in come)
    return Added(False, figures, len(come) - figures, True, tuple(figure_changes(before, after)))


def _record(stored: StoredRows, entries: list[Entry], recorded_on: date) -> list[Recorded]:
    rows = SealedRows.sealed(stored, seals_of_records(stored))
    sources = sorted(select_sources(rows), key=lambda source: record_revision(source.key))
    writer = TableWriter(stored, sources)
    recorded = record_entries(
        writer,
        select_members(rows),
        sources,
        select_changes(rows),
        entries,
        recorded_on,
        max(last_readers(rows).values(), default=0),
    )
    writer.seal()
    return recorded


def _refuse_strays(what: str, members: Mapping[str, Figure | TextFact], source: Source) -> None:
    stray = next((key for key, member in members.items() if member.source != source.key), None)
    if stray:
        raise LedgerError(f"{what} {stray} does not belong to source {source.key}")

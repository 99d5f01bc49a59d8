"""A ledger copied into another database, row by row, without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from hashpivot.core import LedgerError

from ._record_keys import is_record_key
from ._seals import NO_ROWS, Seal, all_seals, last_seal
from .database import SEALED, SEALS, DamagedRow, LedgerDatabase, StoredRows, StoredTable, damaged

_ROWS_AT_ONCE = 10_000
"""Least rows of a transaction, unless fewer are left: about 5 MB."""

_Ends = tuple[int, ...]
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class LedgerCopy:
    """What copying a ledger did.

    Args:
        rows: How many were written.
        held: How many the target held before, all of them the same.
    """

    rows: int
    held: int

    def to_dict(self) -> dict[str, int]:
        """Stable keys; see docs/json.md."""
        return {"rows": self.rows, "held": self.held}


def copy_ledger(source: LedgerDatabase, target: LedgerDatabase, progress: Progress | None) -> LedgerCopy:
    """Copy every row with its number and checksum, then read both and compare.

    Filings are written whole, in their order: a copy that was stopped is an earlier state of the source, and
    the next one goes on from there.

    Args:
        source: Read as it stands now, whatever others add to it.
        target: Empty, or the beginning of the source.
        progress: Told the rows done and all rows.

    Raises:
        LedgerError: If there is no source, if the target holds anything else or is written by others
            meanwhile, if either is damaged.
    """
    with source.snapshot() as rows:
        original = _Side(source, rows)
        seals = original.seals()
        if not seals:
            raise LedgerError(
                "there is no ledger to copy", where=source.where, hint="name one that was added to"
            )
        held = _held(original, target, seals)
        start = _ends(seals, held)
        done = sum(start)
        total = sum(_ends(seals, len(seals)))
        for first, last in _batches(seals, held):
            _write(original, target, seals[:last], first)
            if progress:
                progress(sum(_ends(seals, last)), total)
        with target.snapshot() as copied:
            copy = _Side(target, copied)
            if copy.seals() != seals:
                raise _otherwise(target)
            _compare(original, copy, start, _ends(seals, len(seals)))
    return LedgerCopy(total - done, done)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two ledgers within a snapshot or transaction; damage is told of the right one."""

    database: LedgerDatabase
    stored: StoredRows

    def seals(self) -> list[Seal]:
        with self._blamed():
            last_seal(self.stored)
            return all_seals(self.stored)

    def span(self, table: StoredTable, start: int, count: int) -> list[tuple[str, ...]]:
        with self._blamed():
            return list(self.stored.span(table, start, count))

    @contextmanager
    def _blamed(self) -> Iterator[None]:
        try:
            yield
        except DamagedRow as error:
            raise damaged(self.database.where, error) from error


def _held(original: _Side, target: LedgerDatabase, seals: Sequence[Seal]) -> int:
    """How many seals the target holds, after making sure that it holds the beginning of the source."""
    with target.snapshot() as stored:
        copy = _Side(target, stored)
        theirs = copy.seals()
        if theirs != seals[: len(theirs)]:
            raise _otherwise(target)
        _compare(original, copy, NO_ROWS, _ends(seals, len(theirs)))
        return len(theirs)


def _write(original: _Side, target: LedgerDatabase, seals: Sequence[Seal], first: int) -> None:
    """Write the rows of the seals from `first` on, in one transaction."""
    starts, ends = _ends(seals, first), _ends(seals, len(seals))
    bounds = zip(SEALED, starts, ends, strict=True)
    rows = [(table, start, original.span(table, start, end - start)) for table, start, end in bounds]
    with target.transaction() as stored:
        if stored.last(SEALS) != first:
            raise LedgerError(
                "another process wrote to the ledger while it was copied into",
                where=target.where,
                hint="copy into a ledger that nobody adds to; what was copied is whole",
            )
        for table, start, span in rows:
            stored.insert(table, start + 1, span)
        stored.insert(SEALS, first + 1, [seal.row for seal in seals[first:]])


def _batches(seals: Sequence[Seal], first: int) -> Iterator[tuple[int, int]]:
    """Where transactions begin and end: between filings, never within one or among records by hand."""
    for last in range(first + 1, len(seals) + 1):
        rows = sum(_ends(seals, last)) - sum(_ends(seals, first))
        if last == len(seals) or (rows >= _ROWS_AT_ONCE and _parted(seals[last - 1], seals[last])):
            yield first, last
            first = last


def _parted(one: Seal, other: Seal) -> bool:
    """True if two seals that follow on each other were surely written by two transactions."""
    records = is_record_key(one.source) and is_record_key(other.source)
    return one.source != other.source and not records


def _ends(seals: Sequence[Seal], count: int) -> _Ends:
    """How many rows each table has with the first seals."""
    return seals[count - 1].ends if count else NO_ROWS


def _compare(original: _Side, copy: _Side, starts: _Ends, ends: _Ends) -> None:
    for table, first, end in zip(SEALED, starts, ends, strict=True):
        for start in range(first, end, _ROWS_AT_ONCE):
            count = min(_ROWS_AT_ONCE, end - start)
            if original.span(table, start, count) != copy.span(table, start, count):
                raise _otherwise(copy.database)


def _otherwise(target: LedgerDatabase) -> LedgerError:
    return LedgerError(
        "this ledger holds what the one to be copied does not",
        where=target.where,
        hint="copy to a place where there is no ledger yet, or an earlier copy of the same",
    )

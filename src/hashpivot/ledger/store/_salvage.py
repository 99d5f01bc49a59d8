"""A damaged ledger copied into another: sound sources whole, in the order they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hashpivot.core import Figure, Source, TextFact, short_repr

from ._ledger import Ledger
from ._row_check import LedgerCheck, Progress, SourceDamage, check_rows, sound_seals
from ._rows import row_id
from ._seals import Seal
from ._sql import TableWriter
from .database import CHANGES, FIGURES, SEALED, TEXT_FACTS, SqliteDatabase, StoredRows, StoredTable

Reading = tuple[Source, Iterable[Figure], Iterable[TextFact]]
Reread = Callable[[SourceDamage], Reading | None]
"""Reads the document of a damaged source again; None if there is none to read."""

_BATCH = 50_000
"""Rows that are written in one transaction."""

_MEMBERS = (FIGURES, TEXT_FACTS)


@short_repr
@dataclass(frozen=True, slots=True)
class LostSource:
    """A source that the new ledger lacks, or of which it lacks rows.

    Args:
        damage: What was damaged.
        readable: Of a source recorded by hand, what can be read of the figures and text facts that the new
            ledger lacks, by column; `sound` is empty where that may not be what was written.
    """

    damage: SourceDamage
    readable: tuple[dict[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return self.damage.to_dict() | {"readable": list(self.readable)}


@short_repr
@dataclass(frozen=True, slots=True)
class Salvage:
    """What became of a damaged ledger.

    Args:
        report: What was damaged.
        reread: Sources whose documents were read again.
        lost: Those that could not be.
        copied: Number of sources that were sound.
    """

    report: LedgerCheck
    reread: tuple[SourceDamage, ...]
    lost: tuple[LostSource, ...]
    copied: int


def salvage(path: Path, target: Ledger, reread: Reread, progress: Progress | None = None) -> Salvage:
    """Copy what is sound in a damaged ledger into an empty one, and read damaged filings again.

    A source is copied whole or not at all. Only of one recorded by hand, whose figures and text facts alone
    are damaged, are the others copied: each stands for itself.

    Args:
        path: The damaged file; it is only read.
        target: The new ledger.
        reread: Reads a damaged filing again, which takes its place in the order of the ledger.
        progress: As for `Ledger.check`.

    Raises:
        LedgerError: If the file cannot be opened at all, or the new ledger not be written.
    """
    with closing(SqliteDatabase(path, row_id, salvage=True)) as database:
        faults = database.faults()
        with database.snapshot() as stored:
            report = check_rows(stored, faults, progress)
            copying = _Copying(stored, target, {damage.key: damage for damage in report.damaged}, reread)
            return copying.run(report)


def survey(path: Path, progress: Progress | None = None) -> LedgerCheck:
    """Look at every row of a ledger that is too damaged to be opened, as far as it can be read.

    Raises:
        LedgerError: If it is no SQLite file.
    """
    with closing(SqliteDatabase(path, row_id, salvage=True)) as database:
        faults = database.faults()
        with database.snapshot() as stored:
            return check_rows(stored, faults, progress)


class _Copying:
    """Seal by seal from one ledger to another."""

    def __init__(
        self, stored: StoredRows, target: Ledger, damaged: dict[str, SourceDamage], reread: Reread
    ) -> None:
        self._stored = stored
        self._target = target
        self._damaged = damaged
        self._reread = reread
        self._waiting: list[tuple[Seal, dict[str, list[tuple[str, ...]]]]] = []
        self._again: list[SourceDamage] = []
        self._lost: list[LostSource] = []
        self._seen: set[str] = set()
        self._seals, _ = sound_seals(stored)

    def run(self, report: LedgerCheck) -> Salvage:
        for seal in self._seals:
            damage = self._damaged.get(seal.source)
            if damage is None or _stands_for_itself(damage):
                self._take(seal, damage)
            elif seal.source not in self._seen:
                self._read_again(damage)
            self._seen.add(seal.source)
        for key in sorted(self._damaged.keys() - self._seen):
            self._read_again(self._damaged[key])
        self._write()
        for damage in filter(_stands_for_itself, self._damaged.values()):
            self._lost.append(LostSource(damage, tuple(self._rows(damage, only_damaged=True))))
        copied = len(self._seen - self._damaged.keys())
        return Salvage(report, tuple(self._again), tuple(self._lost), copied)

    def _take(self, seal: Seal, damage: SourceDamage | None) -> None:
        rows = {
            table.name: list(self._stored.readable(table, *span).values())
            for table, span in zip(SEALED, seal.spans, strict=True)
        }
        if damage:  # what is said of rows that are lost goes with them
            gone = self._lost_ids(damage)
            rows["changes"] = [row for row in rows["changes"] if row[0] not in gone]
        group = seal.source, seal.ticker
        if any(group == (other.source, other.ticker) for other, _ in self._waiting) or self._size() > _BATCH:
            self._write()
        self._waiting.append((seal, rows))

    def _lost_ids(self, damage: SourceDamage) -> set[str]:
        """Ids that the changes of a source name and none of its sound rows has."""
        held = {row[0] for table in _MEMBERS for row in self._sound(damage.key, table)}
        return {row[0] for row in self._sound(damage.key, CHANGES)} - held

    def _sound(self, key: str, table: StoredTable) -> Iterator[tuple[str, ...]]:
        place = SEALED.index(table)
        for seal in self._seals:
            if seal.source == key:
                yield from self._stored.readable(table, *seal.spans[place]).values()

    def _size(self) -> int:
        return sum(len(rows) for _, tables in self._waiting for rows in tables.values())

    def _write(self) -> None:
        if not self._waiting:
            return
        with self._target.transaction() as stored:
            writer = TableWriter(stored)
            for seal, rows in self._waiting:
                writer.copy(seal.source, seal.ticker, rows)
            writer.seal()
        self._waiting.clear()

    def _read_again(self, damage: SourceDamage) -> None:
        self._write()
        reading = None if damage.by_hand else self._reread(damage)
        if reading is None:
            self._lost.append(LostSource(damage, tuple(self._rows(damage)) if damage.by_hand else ()))
            return
        source, figures, facts = reading
        self._target.add(source, figures, facts)
        self._again.append(damage)

    def _rows(self, damage: SourceDamage, only_damaged: bool = False) -> Iterator[dict[str, str]]:
        """What can be read of the figures and text facts of a source, as far as they are not copied."""
        for table in _MEMBERS:
            damaged = set(damage.rows.get(table.name, ()))
            numbers = damaged if only_damaged else damaged.union(self._stored.numbers(table, damage.key))
            for number in sorted(numbers):
                row = self._stored.raw(table, number)
                if row:
                    yield {"table": table.name, "sound": "" if number in damaged else "yes"} | row


def _stands_for_itself(damage: SourceDamage) -> bool:
    return damage.by_hand and damage.rows.keys() <= {table.name for table in _MEMBERS}

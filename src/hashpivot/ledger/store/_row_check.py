"""Every row of a ledger looked at, damaged ones too: what is damaged, by source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hashpivot.core import Source, short_repr

from ._record_keys import is_record_key
from ._rows import row_id, source_of
from ._seals import NO_ROWS, Seal, Span
from .database import (
    CHANGES,
    FIGURES,
    READINGS,
    SEALED,
    SEALS,
    SOURCES,
    TEXT_FACTS,
    LedgerDamage,
    StoredRows,
    StoredTable,
)

Progress = Callable[[str, int, int], None]
"""Called with what is read, how many rows of it are, and how many there are."""

_NAMES = {
    "sources": "the source itself",
    "figures": "figures",
    "remarks": "statements",
    "readings": "readings",
    "changes": "changes",
    "seals": "seals",
}


@short_repr
@dataclass(frozen=True, slots=True)
class SourceDamage:
    """A source of which rows are missing or not what was written.

    Args:
        key: Its key; of a filing the SHA-256 of its file.
        ticker: Whose it is, as far as that can be read.
        source: The source, if its own row is sound.
        rows: Numbers of the damaged rows, by table.
    """

    key: str
    ticker: str
    source: Source | None
    rows: dict[str, tuple[int, ...]]

    @property
    def by_hand(self) -> bool:
        """True if it was recorded by hand: no file gives it again."""
        return is_record_key(self.key)

    @property
    def words(self) -> str:
        """`RIOT 10-Q 2024-06-30 (riot-20240630.htm): 3 figures`."""
        named = self.source and (self.source.accession or self.source.name)
        title = f"{self.source.title if self.source else self.ticker or 'a source'} ({named or self.key})"
        lost = [f"{len(rows)} {_NAMES[table]}" if table != "sources" else _NAMES[table]
                for table, rows in self.rows.items()]  # fmt: skip
        return f"{title}: {', '.join(lost)}"

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return {
            "source": self.key,
            "ticker": self.ticker,
            "title": self.source.title if self.source else None,
            "accession": (self.source.accession or None) if self.source else None,
            "file": (self.source.name or None) if self.source else None,
            "recorded_by_hand": self.by_hand,
            "rows": {table: len(rows) for table, rows in self.rows.items()},
        }


@short_repr
@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What a look at every row of a ledger found.

    Args:
        rows: Number of rows by table.
        damaged: Sources of which something is damaged.
        faults: What else is damaged, one sentence each.
        sources: All sources whose own row is sound.
        readers: The version of the reader that last read each; 0 from before versions.
    """

    rows: dict[str, int]
    damaged: tuple[SourceDamage, ...]
    faults: tuple[str, ...]
    sources: tuple[Source, ...]
    readers: dict[str, int]

    @property
    def sound(self) -> bool:
        """True if nothing is damaged."""
        return not self.damaged and not self.faults

    def read_before(self, version: int) -> list[Source]:
        """Sources of files that a version of the reader before this one read."""
        return [s for s in self.sources if s.sha256 and self.readers.get(s.key, 0) < version]

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return {
            "sound": self.sound,
            "rows": self.rows,
            "damaged": [damage.to_dict() for damage in self.damaged],
            "faults": list(self.faults),
        }


class DamagedLedger(LedgerDamage):
    """A check found damage; `report` says what and where."""

    def __init__(self, report: LedgerCheck, where: str) -> None:
        found = [damage.words for damage in report.damaged] or list(report.faults)
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        super().__init__(
            f"the ledger is damaged: {found[0]}{more}",
            where=where,
            hint="write it anew with hashpivot ledger repair, or restore a backup",
        )
        self.report = report


def check_rows(
    stored: StoredRows, faults: Iterable[str] = (), progress: Progress | None = None
) -> LedgerCheck:
    """Read every row, sound or not.

    Args:
        stored: The tables.
        faults: What the database itself found.
        progress: Called after every block of rows.
    """
    seals, lost = sound_seals(stored)
    ends = seals[-1].ends if seals else NO_ROWS
    faults = [*faults, *([f"{len(lost)} seals are missing or not what was written"] if lost else [])]
    faults += [
        f"rows of its table {t.name} stand where nothing was written"
        for t in (*SEALED, SEALS)
        if stored.has_strays(t)
    ]
    rows = _RowsRead()
    for table in (CHANGES, SOURCES, READINGS, FIGURES, TEXT_FACTS):  # changes first: they name members
        last = max(ends[SEALED.index(table)], stored.last_readable(table))
        rows.begin(table, last)
        for number, row in every_row(stored, table, last, progress):
            rows.take(table, number, row)
    bad = rows.damaged()
    known = {source.key: source for source in rows.sources}
    if len(known) < len(rows.sources):
        faults.append("a source is there twice")
    lost_rows, strays = _by_source(stored, seals, rows.counts, bad)
    if strays:
        faults.append(f"{strays} rows belong to no source that can be read")
    tickers = {seal.source: seal.ticker for seal in reversed(seals)}
    damages = tuple(
        SourceDamage(key, tickers.get(key, ""), known.get(key), {name: tuple(n) for name, n in lost.items()})
        for key, lost in lost_rows.items()
    )
    return LedgerCheck(rows.counts, damages, tuple(faults), tuple(rows.sources), rows.readers)


class _RowsRead:
    """What the rows of a ledger are, table by table."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.sources: list[Source] = []
        self.readers: dict[str, int] = {}
        self._damaged: dict[str, list[int]] = {}
        self._changes: dict[str, int] = {}  # by the member each names, as long as that has not been read

    def begin(self, table: StoredTable, last: int) -> None:
        """A table and the number of its last row."""
        self.counts[table.name], self._damaged[table.name] = last, []

    def take(self, table: StoredTable, number: int, row: tuple[str, ...] | None) -> None:
        """A row of that table; None if it is not what was written."""
        if row is None:
            self._damaged[table.name].append(number)
        elif table is SOURCES:
            self.sources.append(source_of(row))
        elif table is READINGS:
            self.readers[row[0]] = max(int(row[1]), self.readers.get(row[0], 0))
        elif table is CHANGES:
            self._changes[row[0]] = number
        else:
            self._changes.pop(row[0], None)
            if row_id(table.name, row[1:]) != row[0]:
                self._damaged[table.name].append(number)

    def damaged(self) -> dict[str, list[int]]:
        """Numbers of the damaged rows by table; a change that names no member is one of them."""
        return self._damaged | {"changes": [*self._damaged["changes"], *self._changes.values()]}


def sound_seals(stored: StoredRows) -> tuple[list[Seal], list[int]]:
    """Return the seals that are what was written, and the numbers of those that are not."""
    seals, lost = [], []
    for number, row in every_row(stored, SEALS, stored.last_readable(SEALS)):
        if row is None:
            lost.append(number)
        else:
            seals.append(Seal.of(number, row))
    return seals, lost


def every_row(
    stored: StoredRows, table: StoredTable, last: int, progress: Progress | None = None
) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """Yield every number up to the last with the row's values, None if it is not what was written."""
    block = 1000
    for start in range(0, last, block):
        rows = stored.readable(table, start, min(block, last - start))
        for number in range(start + 1, min(start + block, last) + 1):
            yield number, rows.get(number)
        if progress:
            progress(_NAMES[table.name], min(start + block, last), last)


_Lost = dict[str, dict[str, list[int]]]


def _by_source(
    stored: StoredRows, seals: list[Seal], counts: dict[str, int], bad: dict[str, list[int]]
) -> tuple[_Lost, int]:
    """Damaged rows, and sound ones whose seal is missing, by source and table; how many are of no source."""
    lost: _Lost = defaultdict(lambda: defaultdict(list))
    strays = 0
    for place, table in enumerate(SEALED):
        owners = _owners(seals, place, counts[table.name])
        owner, end = next(owners)
        for number in sorted(bad[table.name]):
            while number > end:
                owner, end = next(owners)
            if owner:
                lost[owner][table.name].append(number)
            else:
                strays += 1
        for start, count in _gaps(seals, place, counts[table.name]):
            column = 0 if table is SOURCES else table.columns.index("source")
            for row in stored.readable(table, start, count).values():
                lost[row[column]]["seals"].append(0)
    return lost, strays


def _owners(seals: list[Seal], place: int, last: int) -> Iterator[tuple[str, int]]:
    """Source and last row of every seal of a table, in order; no source where a seal is missing."""
    end = 0
    for seal in seals:
        start, count = seal.spans[place]
        if start > end:
            yield "", start
        end = start + count
        yield seal.source, end
    yield "", max(last, end) + 1


def _gaps(seals: list[Seal], place: int, last: int) -> Iterator[Span]:
    """Rows of a table that no seal covers."""
    end = 0
    for seal in seals:
        start, count = seal.spans[place]
        if start > end:
            yield end, start - end
        end = start + count
    if last > end:
        yield end, last - end

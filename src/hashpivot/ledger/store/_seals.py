"""Seals: which rows one transaction wrote of one source and company, so that none can vanish unnoticed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from ._record_keys import is_record_key
from .database import SEALED, SEALS, SOURCES, DamagedRow, StoredRows, StoredTable

Span = tuple[int, int]
"""Where rows of a table begin and how many they are: (10, 3) are rows 11 to 13."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What one transaction wrote of one source and company.

    Args:
        source: Key of the source.
        ticker: The company: of members theirs, of a source, its readings and changes the source's.
        spans: Rows of each table of `SEALED`.
        number: Place among all seals, 1 for the first.
    """

    source: str
    ticker: str
    spans: tuple[Span, ...]
    number: int = 0

    @classmethod
    def of(cls, number: int, row: Sequence[str]) -> Self:
        """Return the seal that `row` wrote.

        Raises:
            ValueError: If the row is none.
        """
        spans = tuple(tuple(map(int, text.split("+"))) for text in row[2:])
        return cls(row[0], row[1], spans, number)  # type: ignore[arg-type]

    @property
    def row(self) -> tuple[str, ...]:
        """As text, in the order of the table's columns: spans are `10+3`."""
        return self.source, self.ticker, *(f"{start}+{count}" for start, count in self.spans)

    @property
    def ends(self) -> tuple[int, ...]:
        """How many rows each table of `SEALED` has with this seal, the last one."""
        return tuple(start + count for start, count in self.spans)

    def last(self, table: StoredTable) -> int:
        """Number of the last row of a table that it covers; 0 if it covers none."""
        start, count = self.spans[SEALED.index(table)]
        return start + count if count else 0


NO_ROWS = (0,) * len(SEALED)


def last_seal(stored: StoredRows) -> Seal | None:
    """Return the last seal, after making sure that no row was written without one; None in an empty ledger.

    Raises:
        DamagedRow: If tables have more or fewer rows than it says.
    """
    number = stored.last(SEALS)
    seal = seal_at(stored, number) if number else None
    for table, end in zip(SEALED, seal.ends if seal else NO_ROWS, strict=True):
        last = stored.last(table)
        if last != end:
            raise DamagedRow(f"its table {table.name} has {last} rows, but should have {end}")
    return seal


def seal_at(stored: StoredRows, number: int) -> Seal:
    """Return the seal of a number.

    Raises:
        DamagedRow: If it is missing or not what was written.
    """
    return next(Seal.of(number, row) for row in [*stored.span(SEALS, number - 1, 1)])


def all_seals(stored: StoredRows) -> list[Seal]:
    """Return every seal.

    Raises:
        DamagedRow: If one is missing or not what was written, or rows were written without one.
    """
    return [Seal.of(number, row) for number, row in _every_seal(stored)]


def indexed_seals(stored: StoredRows, source: str) -> list[Seal]:
    """Return the seals of one source as the index finds them, in the same time however many there are.

    That one of a later reading is missing shows only in `seals_of`.

    Raises:
        DamagedRow: If one is not what was written, or the index of sources and that of seals differ on
            whether it is held.
    """
    seals = [Seal.of(number, row) for number, row in stored.select(SEALS, "source = ?", (source,))]
    held = {number for number, _ in stored.select(SOURCES, "key = ?", (source,))}
    if held != {seal.last(SOURCES) for seal in seals} - {0}:
        raise DamagedRow(f"its tables sources and seals differ on {source}")
    return seals


def seals_of(
    stored: StoredRows, *, tickers: Collection[str] = (), sources: Collection[str] = ()
) -> list[Seal]:
    """Return the seals of some companies or sources.

    Every seal is read, since one that is missing or was changed may have been theirs.

    Raises:
        DamagedRow: If one is missing or not what was written, or rows were written without one.
    """
    wanted = ((n, row) for n, row in _every_seal(stored) if row[1] in tickers or row[0] in sources)
    return [Seal.of(number, row) for number, row in wanted]


def seals_of_records(stored: StoredRows) -> list[Seal]:
    """Return the seals of sources recorded by hand, as `seals_of`."""
    return [Seal.of(number, row) for number, row in _every_seal(stored) if is_record_key(row[0])]


def _every_seal(stored: StoredRows) -> Iterator[tuple[int, tuple[str, ...]]]:
    last = last_seal(stored)
    return enumerate(stored.span(SEALS, 0, last.number if last else 0), 1)

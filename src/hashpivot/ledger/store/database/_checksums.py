"""Checksums of rows: any one flipped bit, and any burst of 32, gives another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import eq
from typing import Any
from zlib import crc32

from hashpivot.core import LedgerError

from ._damage import DamagedRow
from ._tables import StoredTable

_MASK = 0xFFFFFFFF
_HEXADECIMAL = "%08x".__mod__
SEPARATOR = "\0"  # no value holds one, so that texts cannot move from one column to the next

JoinedRow = tuple[int, str, bytes]
"""Number and checksum of a row, and its columns in UTF-8 with NUL between each two."""


def signed(table: StoredTable, first: int, rows: Iterable[Sequence[str]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows with number and checksum, as they are stored.

    Args:
        table: Where they go.
        first: Number of the first.
        rows: The values of its columns.

    Raises:
        LedgerError: If a value is no text, or holds NUL or half a character: nothing of the kind is stored.
    """
    for number, texts in enumerate(rows, first):
        try:
            joined = SEPARATOR.join(texts)
            sum_ = f"{crc32(joined.encode(), (table.seed + number) & _MASK):08x}"
        except (TypeError, ValueError):
            raise _unstorable(table, texts) from None
        if joined.count(SEPARATOR) >= len(texts):
            raise _unstorable(table, texts)
        yield number, *texts, sum_


def verified(table: StoredTable, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield number and values of stored rows.

    Raises:
        DamagedRow: At the first that is not what was written.
    """
    seed, join = table.seed, SEPARATOR.join
    for row in rows:
        number, texts = row[0], tuple(row[1:-1])
        try:
            sound = row[-1] == f"{crc32(join(texts).encode(), (seed + number) & _MASK):08x}"
        except (TypeError, ValueError):
            sound = False
        if not sound:
            raise DamagedRow(f"row {number} of its table {table.name} is not what was written")
        yield number, texts


def intact(table: StoredTable, first: int, rows: Sequence[JoinedRow]) -> bool:
    """Tell whether rows are those of successive numbers, and what was written.

    Args:
        table: Where they stand.
        first: Number that the first of them must have.
        rows: They.
    """
    numbers, sums, joined = zip(*rows, strict=True)
    seeds = range(table.seed + first, table.seed + first + len(rows))
    try:
        found = map(_HEXADECIMAL, map(crc32, joined, seeds))
        return numbers == tuple(range(first, first + len(rows))) and all(map(eq, sums, found))
    except TypeError:
        return False


def _unstorable(table: StoredTable, texts: Sequence[str]) -> LedgerError:
    name, value = next(pair for pair in zip(table.columns, texts, strict=True) if not _is_plain(pair[1]))
    return LedgerError(
        f"{name} of a row of {table.name} cannot be stored: {value!r:.80}",
        hint="a value is a text of whole characters without NUL",
    )


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)

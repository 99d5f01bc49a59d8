"""Rows of a ledger's tables, read and written alike in every database, each with its checksum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Protocol

from ._checksums import SEPARATOR, JoinedRow, intact, signed, verified
from ._damage import DamagedRow
from ._tables import StoredTable

_ROWS_AT_ONCE = 20_000
"""Most rows of one query: a server's answer, which is held in memory, is about 10 MB."""

_CHECKED_AT_ONCE = 256
"""Rows whose checksums are compared together: they are still in the processor's cache when they are used."""


class LedgerConnection(Protocol):
    """A database within a snapshot or a transaction. Statements are standard SQL with `?` for each value."""

    def execute(self, statement: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
        """Execute one statement; return its rows."""

    def attempt(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]] | None:
        """Execute one statement; return its rows, or None if they cannot be read."""

    def joined(self, table: str, columns: Sequence[str], start: int, end: int) -> Iterator[JoinedRow]:
        """Return rows numbered above `start` and up to `end` in order, each with its columns as one text."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> int:
        """Write rows into a table; return how many were written."""


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The tables within a snapshot or transaction; all of them are empty if there is no connection."""

    connection: LedgerConnection | None

    def select(
        self, table: StoredTable, where: str, values: Sequence[str | int] = ()
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Return number and values of rows in the order they were written.

        Args:
            table: The table.
            where: Condition in standard SQL, with `?` for each value.
            values: The values.

        Raises:
            DamagedRow: If a row is not what was written. That none is missing is for the caller to know.
        """
        if not self.connection:
            return iter(())
        query = f"SELECT {_names(table, table.stored)} FROM {table.name} WHERE {where} ORDER BY number"
        return verified(table, self.connection.execute(query, values))

    def span(self, table: StoredTable, start: int, count: int) -> Iterator[tuple[str, ...]]:
        """Return the values of rows `start` + 1 to `start` + `count`.

        Raises:
            DamagedRow: If one of them is missing or not what was written.
        """
        return (tuple(text.split(SEPARATOR)) for text in self.texts(table, start, count))

    def texts(self, table: StoredTable, start: int, count: int) -> Iterator[str]:
        """Return rows as `span`, each with its values joined by `SEPARATOR`, which none of them holds.

        Raises:
            DamagedRow: As `span`.
        """
        end = start + count
        parts = range(start, end, _ROWS_AT_ONCE)
        return chain.from_iterable(self._part(table, at, min(at + _ROWS_AT_ONCE, end)) for at in parts)

    def _part(self, table: StoredTable, begin: int, end: int) -> Iterator[str]:
        """Rows checked some at a time; one by one where not all of some are what they should be."""
        rows = self.connection.joined(table.name, table.columns, begin, end) if self.connection else iter(())
        while (some := list(islice(rows, _CHECKED_AT_ONCE))) and intact(table, begin + 1, some):
            for _, _, text in some:
                yield text.decode()
            begin += len(some)
        if begin < end:
            yield from self._one_by_one(table, begin, end)

    def _one_by_one(self, table: StoredTable, begin: int, end: int) -> Iterator[str]:
        expected = begin
        for number, texts in self.select(table, "number > ? AND number <= ?", (begin, end)):
            expected += 1
            if number != expected:
                raise _missing(table, expected)
            yield SEPARATOR.join(texts)
        if expected != end:
            raise _missing(table, expected + 1)

    def last(self, table: StoredTable) -> int:
        """Return the number of the last row; 0 if there is none."""
        if not self.connection:
            return 0
        return next(self.connection.execute(f"SELECT max(number) FROM {table.name}"))[0] or 0

    def last_readable(self, table: StoredTable) -> int:
        """Return the number of the last row of a table that may be damaged; 0 if there is none."""
        rows = self.connection.attempt(f"SELECT max(number) FROM {table.name}") if self.connection else None
        return (rows[0][0] or 0) if rows else 0

    def has_strays(self, table: StoredTable) -> bool:
        """True if a row stands before the first that was written; no row is ever read there."""
        return bool(
            self.connection and self.connection.attempt(f"SELECT 1 FROM {table.name} WHERE number < 1")
        )

    def readable(self, table: StoredTable, start: int, count: int) -> dict[int, tuple[str, ...]]:
        """Return those of rows `start` + 1 to `start` + `count` that are what was written, by number."""
        assert self.connection
        columns = _names(table, table.stored)
        query = f"SELECT {columns} FROM {table.name} WHERE number > ? AND number <= ? ORDER BY number"
        rows = self.connection.attempt(query, (start, start + count))
        if rows is None:  # one of them cannot be read at all
            single = (self.connection.attempt(query, (n, n + 1)) for n in range(start, start + count))
            rows = [row for found in single for row in found or ()]
        found: dict[int, tuple[str, ...]] = {}
        for row in rows:
            with suppress(DamagedRow):
                found.update(verified(table, [row]))
        return found

    def raw(self, table: StoredTable, number: int) -> dict[str, str]:
        """Return a row by column, be it what was written or not; empty if it cannot be read."""
        assert self.connection
        query = f"SELECT {_names(table, table.columns)} FROM {table.name} WHERE number = ?"
        rows = self.connection.attempt(query, (number,))
        return dict(zip(table.columns, map(str, rows[0]), strict=True)) if rows else {}

    def numbers(self, table: StoredTable, source: str) -> list[int]:
        """Return the numbers of those rows of a source that can be read, sound or not."""
        assert self.connection
        query = f"SELECT number FROM {table.name} WHERE {table.name}.source || '' = ? ORDER BY number"
        return [row[0] for row in self.connection.attempt(query, (source,)) or ()]

    def insert(self, table: StoredTable, first: int, rows: Sequence[Sequence[str]]) -> None:
        """Write rows numbered from `first` on.

        Raises:
            DamagedRow: If the database leaves one out, as one of that number is there.
            LedgerError: If a value is no text that can be stored.
        """
        assert self.connection
        if self.connection.insert(table.name, table.stored, signed(table, first, rows)) != len(rows):
            raise DamagedRow(f"rows of its table {table.name} stand where nothing was written")


def _names(table: StoredTable, columns: Iterable[str]) -> str:
    """Columns for a query. Without the table's name SQLite may take a name that no column has for a text."""
    return ", ".join(f'{table.name}."{name}"' for name in columns)


def _missing(table: StoredTable, number: int) -> DamagedRow:
    return DamagedRow(f"row {number} of its table {table.name} is missing")

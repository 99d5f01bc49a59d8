"""What rows are read and written through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol


class LedgerConnection(Protocol):
    """A database within a snapshot or a transaction. Statements are standard SQL with `?` for each value."""

    def execute(self, statement: str, values: Sequence[str | int] = ()) -> Iterator[tuple[Any, ...]]:
        """Execute one statement; return its rows."""

    def attempt(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]] | None:
        """Execute one statement; return its rows, or None if they cannot be read."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> int:
        """Write rows into a table; return how many were written."""

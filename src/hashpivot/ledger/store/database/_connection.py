"""What rows are read and written through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol


class LedgerConnection(Protocol):
    """A database within a snapshot or a transaction. Statements are standard SQL with `?` for each value."""

    @property
    def order(self) -> str:
        """What to order by for rows in the order they were written."""

    def has(self, table: str) -> bool:
        """True if there is such a table."""

    def execute(self, statement: str, values: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """Execute one statement; return its rows."""

    def execute_many(self, statement: str, rows: Iterable[Sequence[str]]) -> None:
        """Execute one statement for each row of values."""

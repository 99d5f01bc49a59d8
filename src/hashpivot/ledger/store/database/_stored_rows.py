"""Rows of a ledger's tables, read and written alike in every database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ._connection import LedgerConnection
from ._tables import StoredTable


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The tables within a snapshot or transaction; all of them are empty if there is no connection."""

    connection: LedgerConnection | None

    def select(
        self, table: StoredTable, where: str = "", values: Sequence[str] = ()
    ) -> Iterable[tuple[str, ...]]:
        """Return rows in the order they were written, or of their keys (`StoredTable.by_key`).

        Args:
            table: The table; a row has all of its columns.
            where: Condition in standard SQL, with `?` for each value; all rows if not given.
            values: The values.
        """
        if not self.connection or not self.connection.has(table.name):
            return ()
        # Without the table's name SQLite may take a quoted name that no column has for a text.
        columns = ", ".join(f'{table.name}."{name}"' for name in table.columns)
        order = _quoted(table.key) if table.by_key else self.connection.order
        condition = f"WHERE {where} " if where else ""
        return self.connection.execute(
            f"SELECT {columns} FROM {table.name} {condition}ORDER BY {order}", values
        )

    def insert(self, table: StoredTable, rows: Iterable[Sequence[str]]) -> None:
        """Write rows; one whose key is there already is left alone."""
        assert self.connection
        places = ", ".join("?" * len(table.columns))
        self.connection.execute_many(
            f"INSERT INTO {table.name} ({_quoted(table.columns)}) VALUES ({places}) ON CONFLICT DO NOTHING",
            rows,
        )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)

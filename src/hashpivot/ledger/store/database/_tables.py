"""The tables of a ledger, the same in every database."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from ._columns import (
    CHANGE_COLUMNS,
    FIGURE_COLUMNS,
    READING_COLUMNS,
    SEAL_COLUMNS,
    SOURCE_COLUMNS,
    TEXT_FACT_COLUMNS,
)

VERSION = 3
"""Of the schema: it is raised whenever the tables change."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table. Before its columns stands `number`, 1, 2, ... as rows were written; after them `checksum`.

    Args:
        name: Its name.
        columns: Their names; every one is a text, and none is ever absent.
        unique: The column of which no two rows have the same; empty if none.
        indices: Columns that rows are sought by.
    """

    name: str
    columns: tuple[str, ...]
    unique: str = ""
    indices: tuple[str, ...] = ()

    @property
    def stored(self) -> tuple[str, ...]:
        """Names of all columns, in the order they are stored."""
        return "number", *self.columns, "checksum"

    @property
    def of_source(self) -> bool:
        """True if every row belongs to a row of `sources`."""
        return "source" in self.columns

    @property
    def seed(self) -> int:
        """Where checksums of its rows begin, so that a row of another table is none of this one."""
        return crc32(self.name.encode())


SOURCES = StoredTable("sources", SOURCE_COLUMNS, "key")
FIGURES = StoredTable("figures", ("id", *FIGURE_COLUMNS))
TEXT_FACTS = StoredTable("remarks", ("id", *TEXT_FACT_COLUMNS))  # named as in 0.1
READINGS = StoredTable("readings", READING_COLUMNS)
CHANGES = StoredTable("changes", CHANGE_COLUMNS)
SEALED = (SOURCES, FIGURES, TEXT_FACTS, READINGS, CHANGES)
"""In the order of the columns of `SEALS` that say which of their rows a seal covers."""
SEALS = StoredTable("seals", SEAL_COLUMNS, indices=("source", "ticker"))
TABLES = (*SEALED, SEALS)

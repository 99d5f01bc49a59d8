"""The tables of a ledger, the same in every database: every column is a text, and none is ever absent."""

from __future__ import annotations

from dataclasses import dataclass

from ._columns import CHANGE_COLUMNS, FIGURE_COLUMNS, READING_COLUMNS, SOURCE_COLUMNS, TEXT_FACT_COLUMNS

VERSION = 2
"""Of the schema: it is raised whenever the tables change."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table.

    Args:
        name: Its name.
        columns: Their names.
        key: Those of which no two rows have the same.
        indices: Those that rows are sought by, for each index.
        by_key: True if rows are read in the order of their keys instead of that of writing.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    indices: tuple[tuple[str, ...], ...] = ()
    by_key: bool = False

    @property
    def of_source(self) -> bool:
        """True if every row belongs to a row of `sources`."""
        return "source" in self.columns


SOURCES = StoredTable("sources", SOURCE_COLUMNS, ("key",), by_key=True)
FIGURES = StoredTable("figures", ("id", *FIGURE_COLUMNS), ("id",), (("ticker", "measure"),))
TEXT_FACTS = StoredTable("remarks", ("id", *TEXT_FACT_COLUMNS), ("id",))  # named as in 0.1
READINGS = StoredTable("readings", READING_COLUMNS, ("source", "reader"))
CHANGES = StoredTable("changes", CHANGE_COLUMNS, ("id", "reader"))
TABLES = (SOURCES, FIGURES, TEXT_FACTS, READINGS, CHANGES)

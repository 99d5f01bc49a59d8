"""A table of finished text: the terminal prints it, a page lays it out."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table whose cells are written out.

    Args:
        title: What it shows.
        header: Names of the columns.
        rows: The cells.
        left: The first columns that hold text; the others hold numbers.
        notes: Lines below it.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1
    notes: tuple[str, ...] = ()

    def without_blank_columns(self) -> TextTable:
        """Return the table without columns that hold nothing in any row."""
        kept = [n for n in range(len(self.header)) if any(row[n] != "–" for row in self.rows)]
        header = tuple(self.header[n] for n in kept)
        return replace(self, header=header, rows=tuple(tuple(row[n] for n in kept) for row in self.rows))

    def __repr__(self) -> str:
        return f"TextTable({self.title!r}, {len(self.rows)} rows)"

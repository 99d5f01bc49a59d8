"""A table of the ledger to take elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import MEASURES, InvalidInput, near_keys
from hashpivot.ledger import View
from hashpivot.ledger.records import ExportTable, csv_text, export_rows, export_table, write_table

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, repr=False)
class LedgerTable(DeskResult):
    """One table of the ledger: figures, sources, contracts, targets, splits or events.

    Args:
        table: Its name and columns.
        rows: Text by column.
        as_of: Only what was known on that day; all if None.
    """

    table: ExportTable
    rows: tuple[dict[str, str], ...]
    as_of: date | None = None

    def __repr__(self) -> str:
        return f"LedgerTable({len(self.rows)} {self.table.name})"

    def records(self) -> list[dict[str, Any]]:
        """The rows, every cell as text."""
        return [dict(row) for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot ledger export`; empty cells are null."""
        return {
            "table": self.table.name,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "columns": list(self.table.columns),
            "rows": [{name: cell or None for name, cell in row.items()} for row in self.rows],
        }

    def to_csv(self, path: str | Path | None = None) -> str:
        """Return the table as CSV, and write it to a file if one is named.

        Raises:
            UnwritableFile: If the file cannot be written.
        """
        if path is not None:
            write_table(self.table, self.rows, Path(path))
        return csv_text(self.table, self.rows)

    def to_parquet(self, path: str | Path) -> Path:
        """Write the table as Parquet, with dates, decimals and booleans as such.

        Raises:
            MissingLibrary: If pyarrow is not installed (extra `parquet`).
            UnwritableFile: If the file cannot be written.
        """
        write_table(self.table, self.rows, Path(path), parquet=True)
        return Path(path)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_data

        print_data(console, self.to_csv())


def ledger_table(
    view: View, name: str, tickers: Iterable[str] = (), measures: Iterable[str] = ()
) -> LedgerTable:
    """Return a table of what a view holds.

    Args:
        view: Gives the day.
        name: `figures`, `sources`, `contracts`, `targets`, `splits` or `events`.
        tickers: Companies; all if none is given.
        measures: Measures of figures; all if none is given.

    Raises:
        InvalidInput: If there is no such table or measure.
    """
    table, wanted = export_table(name), list(measures)
    stray = next((measure for measure in wanted if measure not in MEASURES), None)
    if stray is not None:
        raise InvalidInput(f"no measure is called {stray!r}", hint=near_keys(stray, MEASURES))
    if wanted and name != "figures":
        raise InvalidInput(f"{name} have no measure", hint="filter them by company")
    rows = export_rows(table, view.all_figures, view.as_of, tickers=tickers, measures=wanted)
    return LedgerTable(table, tuple(rows), view.as_of)

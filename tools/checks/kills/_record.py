"""`hashpivot record figures` of a table, of which the ledger holds a part."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from hashpivot.desk import record_table

from ._command import Pieces
from ._ledger_command import LedgerCommand

_DAY = date(2026, 1, 5)


class RecordCommand(LedgerCommand):
    """`hashpivot record figures` of a table of so many rows of several documents.

    Half of the rows are held: some as they are, some are superseded.
    """

    name = "record"

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder, size)
        self._table, self._held = folder / "table.csv", folder / "ledger.sqlite3"
        before = folder / "before.csv"
        _write(before, [_row(number, value=1000 + number) for number in range(size // 2)])
        _write(self._table, [_row(number, value=1000 + number + number % 2) for number in range(size)])
        record_table("figures", before, self._held, recorded_on=_DAY)
        self._before = self.pieces(folder)

    def prepare(self, home: Path) -> None:
        """Put the ledger there that holds a part."""
        shutil.copy(self._held, home)

    def words(self, home: Path) -> Sequence[str]:
        """On a day that does not change."""
        return ["record", "figures", str(self._table), "--recorded-on", _DAY.isoformat()]

    def half(self, now: Pieces, whole: Pieces) -> Iterator[str]:
        """A table is recorded whole or not at all."""
        if now not in (self._before, whole):
            yield f"half a table: {len(now)} documents, {len(self._before)} before and {len(whole)} after"


def _row(number: int, value: int) -> dict[str, str]:
    month = date(2018 + number // 12 % 7, number % 12 + 1, 1)
    return {
        "ticker": ("RIOT", "CLSK", "CORZ")[number // 84 % 3],
        "measure": "bitcoin_held",
        "period": month.isoformat(),
        "value": str(value),
        "unit": "btc",
        "known": "2026-01-02",
        "title": f"Production update {month.year}",
        "grade": "B",
        "locator": f"table {number}",
    }


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

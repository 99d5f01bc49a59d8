"""`hashpivot add --from` of a folder, with two processes that read."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from hashpivot.testing.generated import write_reports

from ._ledger_command import LedgerCommand


class BulkCommand(LedgerCommand):
    """`hashpivot add --from` of a folder of so many filings."""

    name = "bulk"
    ordered = True

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder, size)
        for _ in write_reports(folder, size):
            pass

    def words(self, home: Path) -> Sequence[str]:
        """With a report."""
        return ["add", "--from", str(self.folder), "--workers", "2", "--report", str(home / "report.csv")]

    def unsound(self, home: Path) -> Iterator[str]:
        """Half a row in a report."""
        for path in home.glob("report*.csv"):
            text = path.read_text(encoding="utf-8")
            rows = list(csv.reader(text.splitlines()))
            if not text.endswith("\n") or any(len(row) != len(rows[0]) for row in rows):
                yield f"half a row in {path.name}"

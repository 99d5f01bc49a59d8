"""`hashpivot add` of a few filings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hashpivot.testing.generated import write_reports

from ._ledger_command import LedgerCommand


class AddCommand(LedgerCommand):
    """`hashpivot add` of so many filings."""

    name = "add"
    ordered = True

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder, size)
        self._files = [str(path) for path in write_reports(folder, size)]

    def words(self, home: Path) -> Sequence[str]:
        """All files, one after the other."""
        return ["add", *self._files]

"""A desk that keeps up with the ledger: for programs that run on while others add filings."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from threading import Lock

from hashpivot.core import Quarter, home, ledger_path

from ._desk import Desk
from ._season import SeasonResult

_OWN_FILES = ("companies.toml", "network.csv")  # in the user's home; beside the ledger all a desk reads


class CurrentDesk:
    """The desk as the ledger is now; opened again when a file it was read from changes.

    Args:
        ledger: As in `Desk.open`.
        as_of: As in `Desk.open`.
    """

    def __init__(self, ledger: str | Path | None = None, *, as_of: date | None = None) -> None:
        self._ledger, self._as_of = ledger, as_of
        self._lock = Lock()
        self._stamp: Hashable = None
        self._desk: Desk | None = None
        self._seasons: dict[Quarter | None, SeasonResult] = {}

    def get(self) -> Desk:
        """Return the desk; another one than before if the ledger has changed.

        Raises:
            LedgerError: If the ledger cannot be read.
        """
        with self._lock:
            stamp = self._stamp_now()
            if self._desk is None or stamp != self._stamp:
                self._desk = Desk.open(self._ledger, as_of=self._as_of)
                self._stamp, self._seasons = stamp, {}
            return self._desk

    def season(self, quarter: Quarter | None = None) -> SeasonResult:
        """Return `Desk.season`, computed once for each state of the ledger.

        Raises:
            NoData: If no company has figures in it.
        """
        desk = self.get()
        if quarter not in self._seasons:
            self._seasons[quarter] = desk.season(quarter)
        return self._seasons[quarter]

    def _stamp_now(self) -> Hashable:
        ledger = ledger_path(self._ledger)
        log = ledger.with_name(f"{ledger.name}-wal")  # where SQLite keeps what is not yet in the file
        return tuple(map(_stamp_of, (ledger, log, *(home() / name for name in _OWN_FILES))))


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size

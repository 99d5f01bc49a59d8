"""A desk that keeps up with the ledger: for programs that run on while others add filings."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from threading import Lock

from hashpivot.core import LedgerPlace, Quarter

from ._desk import Desk
from ._season import SeasonResult
from ._state import desk_state, newest_desk


class CurrentDesk:
    """The desk as the ledger is now; opened again when a file it was read from changes.

    Of a ledger that grew only companies of which something was written are read again.

    Args:
        ledger: As in `Desk.open`.
        as_of: As in `Desk.open`.
    """

    def __init__(self, ledger: str | LedgerPlace | None = None, *, as_of: date | None = None) -> None:
        self._ledger, self._as_of = ledger, as_of
        self._lock = Lock()
        self._state: tuple[Hashable, ...] = ()
        self._opened: tuple[Desk, dict[Quarter | None, SeasonResult]] | None = None

    def get(self) -> Desk:
        """Return the desk; another one than before if the ledger has changed.

        Raises:
            LedgerError: If the ledger cannot be read.
        """
        return self._newest()[0]

    def season(self, quarter: Quarter | None = None) -> SeasonResult:
        """Return `Desk.season`, computed once for each state of the ledger.

        Raises:
            NoData: If no company has figures in it.
        """
        desk, seasons = self._newest()
        if quarter not in seasons:
            seasons[quarter] = desk.season(quarter)
        return seasons[quarter]

    def _newest(self) -> tuple[Desk, dict[Quarter | None, SeasonResult]]:
        """The desk with the seasons made from it, which never outlive it."""
        with self._lock:
            state = desk_state(self._ledger)
            if self._opened is None or state != self._state:
                before = (self._state, self._opened[0]) if self._opened else None
                self._opened = newest_desk(self._ledger, self._as_of, state, before), {}
                self._state = state
            return self._opened

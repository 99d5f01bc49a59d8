"""What an open desk depends on: it is the newest as long as that stays the same."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from hashpivot.core import LedgerPlace, file_stamp, home, ledger_place
from hashpivot.ledger import ledger_state

_OWN_FILES = ("companies.toml", "network.csv")  # in the user's home; beside the ledger all a desk reads


def desk_state(ledger: str | LedgerPlace | None = None) -> tuple[Hashable, ...]:
    """The day, and what a desk opened now would read; another process that writes changes it.

    Args:
        ledger: As in `Desk.open`.

    Raises:
        LedgerError: If the ledger is kept by a server that cannot be asked.
    """
    own = (file_stamp(home() / name) for name in _OWN_FILES)
    return (date.today(), ledger_state(ledger_place(ledger)), *own)

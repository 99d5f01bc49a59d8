"""What an open desk depends on: it is the newest as long as that stays the same."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from hashpivot.core import LedgerPlace, file_stamp, home, ledger_place
from hashpivot.ledger import ledger_state

from ._desk import Desk

_OWN_FILES = ("companies.toml", "network.csv")  # in the user's home; beside the ledger all a desk reads


def newest_desk(
    ledger: str | LedgerPlace | None,
    as_of: date | None,
    state: tuple[Hashable, ...],
    before: tuple[tuple[Hashable, ...], Desk] | None,
) -> Desk:
    """Return the desk of a state; an earlier one renewed if nothing but the ledger changed since.

    Args:
        ledger: As in `Desk.open`.
        as_of: As in `Desk.open`.
        state: What `desk_state` says.
        before: An earlier state, and the desk of this ledger and day that was opened in it.

    Raises:
        LedgerError: If the ledger cannot be read.
    """
    if before and _without_ledger(before[0]) == _without_ledger(state):
        return before[1].renewed()
    return Desk.open(ledger, as_of=as_of)


def _without_ledger(state: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
    return state[:1] + state[2:]


def desk_state(ledger: str | LedgerPlace | None = None) -> tuple[Hashable, ...]:
    """The day, and what a desk opened now would read; another process that writes changes it.

    Args:
        ledger: As in `Desk.open`.

    Raises:
        LedgerError: If the ledger is kept by a server that cannot be asked.
    """
    own = (file_stamp(home() / name) for name in _OWN_FILES)
    return (date.today(), ledger_state(ledger_place(ledger)), *own)

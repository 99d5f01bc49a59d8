"""Errors of rows: they are not what was written, or cannot be written."""

from __future__ import annotations

from hashpivot.core import LedgerError

_CHECK = "see what is damaged: hashpivot ledger check; then"
_OF_FILE = f"{_CHECK} hashpivot ledger repair, or restore a backup"
_OF_SERVER = f"{_CHECK} restore a dump, or copy an earlier copy to a new schema"


class DamagedRow(ValueError):
    """A row is not what was written, or is missing; the message says which."""


class LedgerDamage(LedgerError):
    """The ledger's file is not what was written."""


def damaged(where: str, what: object = "") -> LedgerDamage:
    """Return the error of a ledger whose rows are not those that were written.

    Args:
        where: The ledger.
        what: What was found; only a `DamagedRow` is told.
    """
    told = f": {what}" if isinstance(what, DamagedRow) else ""
    return LedgerDamage(
        f"the ledger is damaged{told}", where=where, hint=_OF_SERVER if "://" in where else _OF_FILE
    )

"""The error of rows that cannot be what was written."""

from __future__ import annotations

from hashpivot.core import LedgerError


def damaged(where: str) -> LedgerError:
    """Return the error of a ledger whose rows are not those that were written."""
    return LedgerError(
        "the ledger is damaged", where=where, hint="restore a copy, or add the filings to a new ledger"
    )

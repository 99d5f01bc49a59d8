"""Upkeep of a ledger's file: backed up, restored, vacuumed, and written anew from what is sound in it."""

from ._backup import LedgerBackup, back_up
from ._files import no_ledger
from ._repair import LedgerRepair, repair
from ._restore import LedgerRestore, restore
from ._vacuum import LedgerVacuum, vacuum

__all__ = [
    "LedgerBackup",
    "LedgerRepair",
    "LedgerRestore",
    "LedgerVacuum",
    "back_up",
    "no_ledger",
    "repair",
    "restore",
    "vacuum",
]

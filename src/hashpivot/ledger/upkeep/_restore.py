"""A backup put in the place of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import LedgerError, short_repr

from ..store import LedgerCheck
from ._backup import sound_copy
from ._files import copy_file, partial_file, refusals, remove
from ._swap import put_in_place


@short_repr
@dataclass(frozen=True, slots=True)
class LedgerRestore:
    """A ledger that was restored.

    Args:
        ledger: Its file.
        file: The backup.
        kept: The file that was the ledger before; None if there was none.
        check: What it holds.
    """

    ledger: Path
    file: Path
    kept: Path | None
    check: LedgerCheck


def restore(backup: Path, path: Path) -> LedgerRestore:
    """Put a copy of a backup in the place of a ledger, however damaged that is; it is kept beside it.

    Args:
        backup: The backup, which stays as it is; one of an earlier schema is migrated.
        path: The ledger.

    Raises:
        DamagedLedger: If the backup is damaged.
        LedgerError: If the backup is no ledger, or another process has the ledger open. The ledger stays as
            it was.
    """
    if not backup.is_file():
        raise LedgerError("there is no such file", where=str(backup), hint="name a backup of a ledger")
    if path.exists() and backup.samefile(path):
        raise LedgerError("this is the ledger itself", where=str(backup), hint="name a backup of it")
    with refusals(path, "restored"), partial_file(path, "restore") as partial:
        path.parent.mkdir(parents=True, exist_ok=True)
        with refusals(backup, "read"):
            copy_file(backup, partial)
        try:
            check = sound_copy(partial, backup)
        finally:
            for left in path.parent.glob(f"{partial.name}.schema-*"):
                remove(left)  # that of the copy: the backup itself is one
        if not check.rows["sources"]:
            raise LedgerError("it holds nothing", where=str(backup), hint="name a backup of a ledger")
        kept = put_in_place(partial, path, "before-restore")
    return LedgerRestore(path, backup, kept, check)

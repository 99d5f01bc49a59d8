"""A copy of a ledger in another file, looked at before it counts as one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import LedgerError, file_stamp, short_repr

from ..store import Ledger, LedgerCheck
from ._files import copy_file, free_name, name_also, no_ledger, partial_file, refusals, same_permissions


@short_repr
@dataclass(frozen=True, slots=True)
class LedgerBackup:
    """A backup that was written.

    Args:
        ledger: The ledger's file.
        file: The backup.
        size: Its bytes.
        check: What it holds.
    """

    ledger: Path
    file: Path
    size: int
    check: LedgerCheck


def back_up(path: Path, target: Path | None = None) -> LedgerBackup:
    """Copy a ledger as it is now, others may write meanwhile, and check every row of the copy.

    Args:
        path: The ledger.
        target: The backup; if not given, `ledger.sqlite3.backup-2026-11-30` beside the ledger, or the same
            with `-2`, `-3`, ...

    Raises:
        DamagedLedger: If the ledger is damaged; no backup is left then.
        LedgerError: If there is no ledger, the backup is there already, or it cannot be written.
    """
    if file_stamp(path) is None:
        raise no_ledger(path)
    named = target or free_name(path, "backup")
    if named.exists():
        raise LedgerError(
            "there is a file of this name", where=str(named), hint="name another; no backup replaces one"
        )
    with refusals(named, "backed up"):
        named.parent.mkdir(parents=True, exist_ok=True)
        with partial_file(named, "partial") as partial:
            Ledger.open(path).close()  # an earlier schema is migrated before, an unreadable file refused
            copy_file(path, partial)
            check = sound_copy(partial, path)
            same_permissions(partial, path)
            name_also(partial, named)
    return LedgerBackup(path, named, named.stat().st_size, check)


def sound_copy(copy: Path, original: Path) -> LedgerCheck:
    """Check a copy; the error, if it is damaged, names the original."""
    try:
        with Ledger.open(copy) as ledger:
            return ledger.check()
    except LedgerError as error:
        error.where = str(original)
        raise

"""A ledger's file written anew without the room that nothing stands in."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import LedgerError, file_stamp, short_repr

from ..store import Ledger, LedgerCheck
from ._files import no_ledger, refusals

_ROOM = 2.2
"""Times its size that a vacuum may need besides: the new file, and as much again in the log."""


@short_repr
@dataclass(frozen=True, slots=True)
class LedgerVacuum:
    """A ledger that was vacuumed.

    Args:
        ledger: Its file.
        before: Bytes of the file and its log before.
        after: And after.
        check: What it holds.
    """

    ledger: Path
    before: int
    after: int
    check: LedgerCheck


def vacuum(path: Path) -> LedgerVacuum:
    """Give back the room that a migration leaves in the file; every row is checked before and after.

    Raises:
        DamagedLedger: If the ledger is damaged: it stays as it is.
        LedgerError: If there is no ledger, the disk has too little room, or another process is using it.
    """
    if file_stamp(path) is None:
        raise no_ledger(path)
    with Ledger.open(path) as ledger:
        ledger.check()
    before = _size(path)
    with refusals(path, "vacuumed"):
        free = shutil.disk_usage(path.parent).free
        if free < _ROOM * before:
            raise LedgerError(
                f"a vacuum needs {int(_ROOM * before):,} bytes, the disk has {free:,}",
                where=str(path),
                hint="free some space first",
            )
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with Ledger.open(path) as ledger:
        check = ledger.check()
    return LedgerVacuum(path, before, _size(path), check)


def _size(path: Path) -> int:
    files = (path.with_name(path.name + end) for end in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())

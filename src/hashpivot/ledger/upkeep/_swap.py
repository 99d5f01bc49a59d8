"""One ledger's file put in the place of another, which is kept."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hashpivot.core import LedgerError

from ..store import ledger_state
from ._files import LOGS, free_name, name_also, same_permissions

_FIRST_LOCK, _LOCKS = 0x40000000, 512
"""The bytes of a file that SQLite locks while it has it open, whatever stands there."""


def put_in_place(new: Path, path: Path, word: str, was: Hashable = None) -> Path | None:
    """Put a whole file in the place of a ledger, which is kept beside it under another name.

    Args:
        new: The file, which is there, in the same folder; no process has it open.
        path: The ledger; it need not be sound, nor be there.
        word: What the kept file is called by: `ledger.sqlite3.WORD-2026-11-30`.
        was: The ledger's state that the new file was made from; None if it was made from none.

    Returns:
        The kept file; None if there was none.

    Raises:
        LedgerError: If another process has the ledger open, or wrote to it since; nothing is changed then.
        OSError: If a file cannot be renamed or copied.
    """
    if not path.exists():
        new.replace(path)
        return None
    kept = free_name(path, word)
    log = path.with_name(f"{path.name}-wal")
    with _alone(path) as opened:
        if was is not None and ledger_state(path) != was:
            raise LedgerError(
                "another process wrote to the ledger meanwhile", where=str(path), hint="try again"
            )
        name_also(path, kept, opened)  # so that there is a ledger at every moment
        if log.exists() and log.stat().st_size:
            name_also(log, kept.with_name(f"{kept.name}-wal"))
        for end in LOGS:  # they belong to the file that is kept, and to no other
            path.with_name(path.name + end).unlink(missing_ok=True)
        same_permissions(new, path)
        new.replace(path)
    return kept


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO | None]:
    """Make sure that no other process has a ledger open, nor opens it meanwhile.

    Yields:
        The file, whose closing ends that; None where nothing is to be kept open.

    Raises:
        LedgerError: If one has.
    """
    try:
        import fcntl
    except ImportError:  # Windows renames no file that is open
        yield None
        return
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS, _FIRST_LOCK)
        except OSError:
            raise LedgerError(
                "another process has the ledger open",
                where=str(path),
                hint="stop it (serve, watch, mcp, a notebook), then try again",
            ) from None
        yield file

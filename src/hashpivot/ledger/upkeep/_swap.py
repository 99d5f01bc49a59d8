"""One ledger's file put in the place of another, which is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hashpivot.core import LedgerError

from ._files import LOGS, free_name

_FIRST_LOCK, _LOCKS = 0x40000000, 512
"""The bytes of a file that SQLite locks while it has it open, whatever stands there."""


def put_in_place(new: Path, path: Path, word: str) -> Path | None:
    """Put a whole file in the place of a ledger, which is kept beside it under another name.

    Args:
        new: The file, which is there, in the same folder; no process has it open.
        path: The ledger; it need not be sound, nor be there.
        word: What the kept file is called by: `ledger.sqlite3.WORD-2026-11-30`.

    Returns:
        The kept file; None if there was none.

    Raises:
        LedgerError: If another process has the ledger open; nothing is changed then.
        OSError: If a file cannot be renamed.
    """
    if not path.exists():
        new.replace(path)
        return None
    kept = free_name(path, word)
    with _alone(path):
        os.link(path, kept)  # so that there is a ledger at every moment
        logs = [(path.with_name(path.name + end), kept.with_name(kept.name + end)) for end in LOGS]
        for log, beside in logs:
            if log.exists():
                os.link(log, beside)
        for log, _ in logs:  # it belongs to the file that is kept, and to no other
            log.unlink(missing_ok=True)
        new.replace(path)
    return kept


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Make sure that no other process has a ledger open, nor opens it meanwhile.

    Raises:
        LedgerError: If one has.
    """
    try:
        import fcntl
    except ImportError:  # Windows renames no file that is open
        yield
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
        yield

"""What a ledger needs of the database that keeps it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ._stored_rows import StoredRows


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """How a ledger stands.

    Args:
        bytes: Its size; None if there is none yet.
        changed: When it was last written, UTC; None if there is none yet, or the server does not say.
        server: The server that keeps it, with its version; empty if it is a file.
    """

    bytes: int | None
    changed: datetime | None
    server: str = ""


class LedgerDatabase(Protocol):
    """A database that keeps a ledger.

    Whatever it refuses is a LedgerError that says what to do. So is what a caller cannot read from its rows
    within a snapshot or transaction: then the ledger is damaged.
    """

    @property
    def path(self) -> Path | None:
        """The file; None if it is not kept in one."""

    @property
    def where(self) -> str:
        """Where it is, for messages; empty if in memory."""

    def snapshot(self) -> AbstractContextManager[StoredRows]:
        """Read one state, whatever others write meanwhile; no rows if there is no ledger yet."""

    def transaction(self) -> AbstractContextManager[StoredRows]:
        """Write all or nothing, one writer at a time; the tables are made before if need be.

        Raises:
            LedgerError: If another process is writing for longer than this one waits.
        """

    def faults(self) -> list[str]:
        """Look at all that the database itself keeps; say what is damaged.

        Raises:
            LedgerError: If that cannot be read at all.
        """

    def close(self) -> None:
        """Let go of it; the next call opens it again."""

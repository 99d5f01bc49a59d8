"""What a watch could not read, looked up beside it: nothing is locked and nothing written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hashpivot.core import JournalError, home

from ._entries import JournalEntry
from ._journal import ENTRY_COLUMNS, journal_entry

_MOST = 50  # the newest


def journal_failures(path: Path | None = None) -> list[JournalEntry]:
    """Return the filings of a watch that could not be read or did not come, the newest first.

    Args:
        path: The journal; the one in the user's home folder if not given. It need not exist.

    Raises:
        JournalError: If it cannot be read.
    """
    path = path or home() / "watch.sqlite3"
    if not path.is_file():
        return []
    query = (
        f"SELECT {ENTRY_COLUMNS} FROM filing WHERE outcome IN ('unreadable', 'unreachable') "
        f"ORDER BY found DESC LIMIT {_MOST}"
    )
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return [journal_entry(*row) for row in connection.execute(query)]
    except sqlite3.Error as error:
        raise JournalError(f"cannot be read: {error}", where=str(path), hint="see hashpivot watch") from None

"""Ledgers by where they are kept: opened, and asked whether they changed and how they stand."""

from __future__ import annotations

import atexit
from collections.abc import Hashable
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from hashpivot.core import LedgerPlace, LedgerUrl, file_stamp

from ._protocol import DatabaseStatus, LedgerDatabase
from ._sqlite import SqliteDatabase
from ._to_schema_3 import RowId

if TYPE_CHECKING:
    from ._postgres import PostgresDatabase

_asking = Lock()
_KEPT = 4  # connections to servers, one for each ledger that a process follows


def open_database(place: LedgerPlace, row_id: RowId, *, wait: float = 10.0) -> LedgerDatabase:
    """Return the database of a ledger; nothing is read yet.

    Args:
        place: A file, or a server's URL.
        row_id: The id that a row of an earlier schema must have.
        wait: Seconds to wait for another process that is writing.

    Raises:
        MissingLibrary: If the library that a server needs is not installed.
    """
    return _server(place, wait) if isinstance(place, LedgerUrl) else SqliteDatabase(place, row_id, wait=wait)


def ledger_state(place: LedgerPlace) -> Hashable:
    """Return something cheap to get that is another one after every write to a ledger.

    Of a file it is its stamp and that of SQLite's log. The connection to a server is kept, for this is asked
    again and again.

    Raises:
        LedgerError: If a server cannot be asked.
    """
    if not isinstance(place, LedgerUrl):
        return file_stamp(place), file_stamp(place.with_name(f"{place.name}-wal"))
    with _asking:
        return _followed(place).last_seal()


def ledger_status(place: LedgerPlace) -> DatabaseStatus:
    """Return how a ledger stands; it need not exist.

    Raises:
        LedgerError: If a server cannot be asked.
    """
    if isinstance(place, LedgerUrl):
        with closing(_server(place)) as server:
            return server.status()
    try:
        status = place.stat()
    except OSError:
        return DatabaseStatus(None, None)
    return DatabaseStatus(status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))


def _server(url: LedgerUrl, wait: float = 10.0) -> PostgresDatabase:
    from ._postgres import PostgresDatabase

    return PostgresDatabase(url, wait=wait)


@lru_cache(_KEPT)
def _followed(url: LedgerUrl) -> PostgresDatabase:
    server = _server(url)
    atexit.register(server.close)
    return server

"""Run as a program: opens a ledger of the made-up schema 0 with a migration that dies half way.

python migrant.py LEDGER
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from pathlib import Path

from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database._migrations import MIGRATIONS


def rename_and_die(connection: sqlite3.Connection, row_id: object) -> None:
    """The first half of the migration, written to the file's pages as far as SQLite does, then SIGKILL."""
    connection.execute('ALTER TABLE figures RENAME COLUMN "partition" TO "cut"')
    connection.execute("CREATE TABLE ballast (text)")
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("PRAGMA cache_size = 2")
    connection.executemany("INSERT INTO ballast VALUES (?)", [("x" * 3000,)] * 500)
    print("half way", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    MIGRATIONS[0] = rename_and_die
    Ledger.open(Path(sys.argv[1]))

"""What is done with the file of a ledger as a whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import count
from pathlib import Path

from hashpivot.core import LedgerError

LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a file."""


@contextmanager
def refusals(path: Path, doing: str) -> Iterator[None]:
    """Turn what SQLite and the file system refuse into a LedgerError.

    Args:
        path: The file it is about.
        doing: `backed up`.
    """
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LedgerError(
            f"it cannot be {doing}: {said}",
            where=str(path),
            hint="check free space, permissions and that no other process uses it, then try again",
        ) from error


@contextmanager
def partial_file(path: Path, word: str) -> Iterator[Path]:
    """A name beside a file for one that is not yet whole; nothing of it is left afterwards."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.{word}")
    try:
        yield partial
    finally:
        remove(partial)


def remove(path: Path) -> None:
    """Remove a SQLite file, and what SQLite keeps beside it."""
    for end in ("", *LOGS):
        path.with_name(path.name + end).unlink(missing_ok=True)


def copy_file(path: Path, target: Path) -> None:
    """Copy the state of a SQLite file, whatever others write meanwhile; the copy has no log."""
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def free_name(path: Path, word: str) -> Path:
    """The first of `ledger.sqlite3.WORD-2026-11-30`, the same with `-2`, `-3`, ... that nobody has."""
    names = (f"{path.name}.{word}-{date.today()}{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(other for name in names if not (other := path.with_name(name)).exists())

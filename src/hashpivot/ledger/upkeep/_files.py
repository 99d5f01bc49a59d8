"""What is done with the file of a ledger as a whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import BinaryIO

from hashpivot.core import LedgerError, LedgerPlace

from ..store import reading_uri

LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a file."""


def no_ledger(place: LedgerPlace) -> LedgerError:
    """The error where a ledger should be and none is."""
    return LedgerError(
        "there is no ledger here, or nothing in it",
        where=str(place),
        hint="add a filing first, or mend the path that HASHPIVOT_LEDGER names",
    )


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
        closing(sqlite3.connect(reading_uri(path), uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def same_permissions(path: Path, other: Path) -> None:
    """Let those read and write a file who may another; a file system such as FAT has no permissions."""
    with suppress(OSError):
        path.chmod(other.stat().st_mode & 0o777)


def free_name(path: Path, word: str) -> Path:
    """The first of `ledger.sqlite3.WORD-2026-11-30`, the same with `-2`, `-3`, ... that nobody has."""
    names = (f"{path.name}.{word}-{date.today()}{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(other for name in names if not (other := path.with_name(name)).exists())


def name_also(path: Path, name: Path, opened: BinaryIO | None = None) -> None:
    """Give a whole file a second name that nothing has yet, unlike a rename, which replaces.

    Where the file system has no hard links (FAT, exFAT, some network drives), the file is copied.

    Args:
        path: The file; nobody writes to it meanwhile.
        name: The second name, in the same folder.
        opened: The file, if this process has locks on it: to open and close it again would drop them.

    Raises:
        FileExistsError: If there is a file of that name.
        OSError: If the file cannot be copied; nothing has the name then.
    """
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:
        _copy_to_new(path, name, opened)


def _copy_to_new(path: Path, name: Path, opened: BinaryIO | None) -> None:
    mode = path.stat().st_mode & 0o777
    with (
        nullcontext(opened) if opened else path.open("rb") as source,
        open(name, "xb", opener=lambda file, flags: os.open(file, flags, mode)) as copy,
    ):
        try:
            source.seek(0)
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        except BaseException:
            copy.close()
            name.unlink()
            raise

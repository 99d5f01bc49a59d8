"""Files written whole or not at all, and the optional libraries that make some of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import Any

from hashpivot.core import HashpivotError


class UnwritableFile(HashpivotError):
    """A report cannot be written where it was asked for."""


class MissingLibrary(HashpivotError):
    """An optional library is not installed."""


def optional_library(name: str, needed_for: str, extra: str) -> Any:
    """Import a library that an extra of the package brings.

    Raises:
        MissingLibrary: If it is not installed, naming the extra.
    """
    try:
        return import_module(name)
    except ImportError:
        hint = f'run pip install "hashpivot[{extra}]"'
        raise MissingLibrary(f"{needed_for} needs {name}, which is not installed", hint=hint) from None


def write_text(text: str, path: Path) -> Path:
    """Write UTF-8 text; see `write_bytes`."""
    return write_bytes(text.encode("utf-8"), path)


def write_bytes(content: bytes, path: Path) -> Path:
    """Write beside `path` first, then move it there.

    Raises:
        UnwritableFile: With the reason the system gives; what `path` held before is untouched.
    """
    beside = path.parent / f".hashpivot-{token_hex(4)}.tmp"
    try:
        if path.is_dir():
            hint = f"name a file in it: {path / 'season'}"
            raise UnwritableFile("is a folder, not a file", where=str(path), hint=hint)
        beside.write_bytes(content)
        beside.replace(path)
    except (OSError, ValueError) as error:
        raise UnwritableFile(
            f"cannot be written: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            hint="choose a folder that exists, has room and may be written to; close the file elsewhere",
        ) from None
    finally:
        _remove(beside)
    return path


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except (OSError, ValueError):
        return

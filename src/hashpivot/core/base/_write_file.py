"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from ._errors import HashpivotError


class UnwritableFile(HashpivotError):
    """A file cannot be written where it was asked for."""


def write_text(text: str, path: Path) -> Path:
    """Write UTF-8 text; see `write_bytes`."""
    return write_bytes(text.encode("utf-8"), path)


def write_bytes(content: bytes, path: Path) -> Path:
    """Write beside `path` first, then move it there; into a device or pipe, such as `/dev/stdout`, directly.

    Raises:
        UnwritableFile: With the reason the system gives; what `path` held before is untouched.
    """
    beside = path.parent / f".hashpivot-{token_hex(4)}.tmp"
    try:
        if path.is_dir():
            raise UnwritableFile("is a folder, not a file", where=str(path), hint="name a file in it")
        if _is_device(path):
            path.write_bytes(content)
            return path
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
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


def _is_device(path: Path) -> bool:
    """Tell whether a path is no place for a file: a device or pipe, or a link that the system keeps."""
    return path.exists() and (not path.is_file() or path.absolute().parts[1:2] in (("dev",), ("proc",)))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except (OSError, ValueError):
        return

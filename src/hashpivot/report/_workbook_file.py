"""A workbook's bytes, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from ._write import UnwritableFile


def write_bytes(content: bytes, path: Path) -> Path:
    """Write beside `path` first, then move it there.

    Raises:
        UnwritableFile: With the reason the system gives; what `path` held before is untouched.
    """
    beside = path.parent / f".hashpivot-{token_hex(4)}.tmp"
    try:
        if path.is_dir():
            raise UnwritableFile("is a folder, not a file", where=str(path), hint="name a file in it")
        beside.write_bytes(content)
        beside.replace(path)
    except (OSError, ValueError) as error:
        _remove(beside)
        raise UnwritableFile(
            f"cannot be written: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            hint="choose a folder that exists, has room and may be written to; close the file elsewhere",
        ) from None
    return path


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except (OSError, ValueError):
        return

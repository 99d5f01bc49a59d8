"""Reading a user's file: never more of it than it may hold, and never deeper than it may go."""

from __future__ import annotations

import json
import math
import os
import select
import tomllib
from errno import EFBIG, EINVAL, ETIMEDOUT
from pathlib import Path
from typing import Any, BinaryIO

LARGEST = 64_000_000
"""Bytes of a table, a site, a scenario or a state; the largest real ones have a few million."""
_PIPE_SECONDS = 20.0
"""How long a pipe's first byte is waited for: no writer looks like a slow one."""
_MOST_DIGITS = 300  # of a whole number; a float holds 308


def read_bytes(path: Path, most: int = LARGEST) -> bytes:
    """Return the bytes of a file, which may also be a pipe.

    Args:
        path: The file.
        most: Bytes it may hold. Devices such as /dev/zero never end, and say that their size is 0.

    Raises:
        OSError: If it cannot be read, holds more, or is a pipe that nobody writes into.
        ValueError: If the path is none, as with a NUL in it.
    """
    with _opened(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(EFBIG, f"it is larger than {most // 1_000_000} MB", str(path))
    return data


def open_file(path: Path) -> BinaryIO:
    """Open a file that is read piece by piece, however long it is.

    Raises:
        OSError: If it cannot be opened, is a device, which may never end, or a pipe that nobody writes into.
        ValueError: If the path is none.
    """
    if path.is_char_device():
        raise OSError(EINVAL, "it is a device, no file", str(path))
    return _opened(path)


def _opened(path: Path) -> BinaryIO:
    """Open a file, or a pipe that somebody writes into: to open one that nobody does lasts for ever."""
    if not path.is_fifo():
        return path.open("rb")
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not select.select([pipe], [], [], _PIPE_SECONDS)[0]:
            raise OSError(ETIMEDOUT, f"nobody wrote into the pipe for {_PIPE_SECONDS:.0f} seconds", str(path))
        os.set_blocking(pipe, True)
        return os.fdopen(pipe, "rb")
    except BaseException:
        os.close(pipe)
        raise


def file_stamp(path: Path) -> tuple[int, int, int] | None:
    """Return which file it is, when it was written and its size; None if it is empty or not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size) if status.st_size else None


def read_text(path: Path, most: int = LARGEST) -> str:
    """Return the text of a file in UTF-8, with or without byte order mark; lines end with a line feed.

    Raises:
        OSError: As `read_bytes`.
        ValueError: If it is not UTF-8.
    """
    text = read_bytes(path, most).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_toml(text: str) -> dict[str, Any]:
    """Return the table that a text of TOML gives.

    Raises:
        ValueError: If it is none; its words say where and why.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets within brackets without end") from None
    except ValueError as error:  # besides what is no TOML, a whole number of thousands of digits
        raise ValueError(str(error)[:200]) from None


def parse_json(text: str | bytes) -> Any:
    """Return what a text of JSON gives; every number in it is finite, and no larger than a float may be.

    Raises:
        ValueError: If it is none; its words say where and why.
    """
    try:
        return json.loads(text, parse_float=_finite, parse_int=_whole, parse_constant=_finite)
    except RecursionError:
        raise ValueError("brackets within brackets without end") from None


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is no finite number")
    return value


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a whole number of {len(text)} digits")
    return int(text)

"""From a path to bytes: bounded in size, unpacked where gzip, with errors that say what is wrong."""

from __future__ import annotations

import zlib
from pathlib import Path

from hashpivot.core import UnreadableFile

GZIP_MAGIC = b"\x1f\x8b"
_BLANK = b"\0 \t\r\n"


def load(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file, unpacked if gzip.

    Raises:
        UnreadableFile: If it is missing, not a file, not readable, larger than `max_bytes` or damaged gzip.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise UnreadableFile("this is a directory", where=where, hint="name the files in it")
        if not path.exists():
            raise UnreadableFile("there is no such file", where=where, hint="check the path")
        if not path.is_file():
            raise UnreadableFile("this is not a regular file", where=where, hint="save it to a file first")
        size = path.stat().st_size
        if size > max_bytes:
            raise too_large(size, max_bytes, where)
        return unpack(path.read_bytes(), max_bytes, where)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"cannot be read: {reason}", where=where, hint="check its permissions") from None


def unpack(data: bytes, max_bytes: int, where: str) -> bytes:
    """`data` itself, or what it unpacks to if it is gzip; never more than `max_bytes`.

    Raises:
        UnreadableFile: If empty, larger than `max_bytes`, or damaged gzip.
    """
    if len(data) > max_bytes:
        raise too_large(len(data), max_bytes, where)
    plain = _gunzip(data, max_bytes, where) if data.startswith(GZIP_MAGIC) else data
    if not plain[:1000].strip(_BLANK) and not plain.strip(_BLANK):
        raise UnreadableFile("the file is empty", where=where, hint="download it again")
    return plain


def too_large(size: int, max_bytes: int, where: str) -> UnreadableFile:
    """The error for a file beyond the bound."""
    return UnreadableFile(
        f"the file has {size:,} bytes, more than the {max_bytes:,} allowed",
        where=where,
        hint="no filing is that large; raise max_bytes if this one is",
    )


def _gunzip(data: bytes, max_bytes: int, where: str) -> bytes:
    parts: list[bytes] = []
    room = max_bytes
    rest = data
    while rest.startswith(GZIP_MAGIC):
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(rest, room + 1))
        except zlib.error as error:
            raise UnreadableFile(f"damaged gzip: {error}", where=where, hint="download it again") from None
        room -= len(parts[-1])
        if room < 0:
            raise UnreadableFile(
                f"unpacks to more than the {max_bytes:,} bytes allowed",
                where=where,
                hint="no filing is that large; raise max_bytes if this one is",
            )
        if not member.eof:
            raise UnreadableFile("truncated gzip", where=where, hint="download it again")
        rest = member.unused_data
    return b"".join(parts)

"""From a path to bytes: bounded in size, unpacked where gzip, with errors that say what is wrong."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from hashpivot.core import UnreadableFile

from ._limits import MAX_MEMBERS

GZIP_MAGIC = b"\x1f\x8b"
_FIRST_SLICE, _LARGEST_SLICE = 1_000, 1_000_000  # bytes
_BLANK = b"\0 \t\r\n"


def file_name(path: Path) -> str:
    """The name of a file as text that every store takes: bytes of it that are not UTF-8 are spelt out."""
    return path.name.encode("utf-8", "backslashreplace").decode()


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
    """All members one after another; what follows the last is left out."""
    parts: list[bytes] = []
    place, members, room = 0, 0, max_bytes
    while data.startswith(GZIP_MAGIC, place):
        members += 1
        if members > MAX_MEMBERS:
            raise UnreadableFile(
                f"gzip of more than {MAX_MEMBERS:,} members",
                where=where,
                hint="unpack it and pack it again whole",
            )
        for part, end in _member(data, place, room, where):
            parts.append(part)
            place = end
            room -= len(part)
            if room < 0:
                raise UnreadableFile(
                    f"unpacks to more than the {max_bytes:,} bytes allowed",
                    where=where,
                    hint="no filing is that large; raise max_bytes if this one is",
                )
    return b"".join(parts)


def _member(data: bytes, place: int, room: int, where: str) -> Iterator[tuple[bytes, int]]:
    """The parts of the member that begins at `place`, each with the place behind what was read of it.

    It is read in slices, as what follows a member would else be copied for each.
    """
    member = zlib.decompressobj(wbits=31)
    size = _FIRST_SLICE
    while not member.eof:
        piece = data[place : place + size]
        if not piece:
            raise UnreadableFile("truncated gzip", where=where, hint="download it again")
        try:
            part = member.decompress(piece, room + 1)
        except zlib.error as error:
            raise UnreadableFile(f"damaged gzip: {error}", where=where, hint="download it again") from None
        place += len(piece) - len(member.unused_data) - len(member.unconsumed_tail)
        room -= len(part)
        size = min(2 * size, _LARGEST_SLICE)
        yield part, place

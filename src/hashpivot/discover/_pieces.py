"""Tables in pieces: a few bytes of disk at a time, whatever a table's size."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hashpivot.core import UnwritableFile

from ._data_sets import DAMAGES, TableFile

PIECE_BYTES = 64 * 2**20
"""Of one piece; two are on disk at a time: one is scanned while the next is unpacked."""
LONGEST_LINE = 1_000_000
"""Bytes; the longest real rows, of texts, have a few thousand."""
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some whole lines of a table in a file.

    Args:
        path: The file; it is removed when the next piece is asked for.
        lines: Its lines.
        broken: Lines left out because they are longer than any row.
        bytes: How much of the table it is.
    """

    path: Path
    lines: int
    broken: int
    bytes: int


def read_header(table: TableFile, file: IO[bytes]) -> list[str]:
    """Read the first line of a table and return its names of columns, lower case.

    Raises:
        UnreadableFile: If it is damaged.
    """
    try:
        line = file.readline(LONGEST_LINE).decode("utf-8", "replace").lstrip(_BOM)
    except DAMAGES as error:
        raise table.unreadable(error) from None
    return [name.strip().strip('"').lower() for name in line.rstrip("\r\n").split("\t")]


def pieces(table: TableFile, file: IO[bytes], folder: Path) -> Iterator[Piece]:
    """Yield the rest of a table in pieces of whole lines.

    Args:
        table: The table.
        file: It, open, after its header.
        folder: Where the pieces are put, two at a time.

    Raises:
        UnreadableFile: If it is damaged.
        UnwritableFile: If the folder has no room for a piece.
    """
    cutter = _Cutter(table, file, folder)
    with ThreadPoolExecutor(1) as pool:
        piece = pool.submit(cutter.cut).result()
        while piece is not None:
            following = pool.submit(cutter.cut)
            try:
                yield piece
            finally:
                piece.path.unlink(missing_ok=True)
            piece = following.result()


class _Cutter:
    """Cuts a table at ends of lines, in UTF-8, with `\\n` at the end of each line and nowhere else."""

    def __init__(self, table: TableFile, file: IO[bytes], folder: Path) -> None:
        self._table = table
        self._file = file
        self._folder = folder
        self._rest = b""
        self._in_long_line = False
        self._count = 0

    def cut(self) -> Piece | None:
        """The next piece; None at the end."""
        broken, size = 0, 0
        while True:
            block = self._block()
            size += len(block)
            text = self._rest + block
            if self._in_long_line:
                text = text[text.find(b"\n") + 1 :] if b"\n" in text else b""
                self._in_long_line = not text and bool(block)
            end = text.rfind(b"\n") + 1 if block else len(text)
            text, self._rest = text[:end], text[end:]
            if len(self._rest) > LONGEST_LINE:
                broken, self._rest, self._in_long_line = broken + 1, b"", True
            if text or not block:
                break
        if not text and not broken:
            return None
        return self._write(_clean(text), broken, size)

    def _block(self) -> bytes:
        try:
            return self._file.read(PIECE_BYTES)
        except DAMAGES as error:
            raise self._table.unreadable(error) from None

    def _write(self, text: bytes, broken: int, size: int) -> Piece:
        self._count += 1
        path = self._folder / f"piece-{self._count}.tsv"
        try:
            path.write_bytes(text)
        except OSError as error:
            raise UnwritableFile(
                f"has no room for a piece of {len(text):,} bytes: {error.strerror}",
                where=str(self._folder),
                hint="name another folder for temporary files with TMPDIR",
            ) from None
        return Piece(path, text.count(b"\n"), broken, size)


def _clean(text: bytes) -> bytes:
    """The text with nothing in it that is no character of a row."""
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    if b"\0" in text:
        text = text.replace(b"\0", b" ")
    if not text.isascii():
        text = text.decode("utf-8", "replace").encode()
    return text if text.endswith(b"\n") or not text else text + b"\n"

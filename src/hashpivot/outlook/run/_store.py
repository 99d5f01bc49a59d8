"""Rows of paths, kept in memory while they are few and in a temporary file beyond.

A shard's rows are packed where they are computed, one block of bytes a shard; a row that is the same on all
paths takes one number. The store keeps the first blocks as they are. It appends the others to a file without
a name, which the system removes with the process whatever becomes of it. One row of all shards is read at a
time. Blocks are written and read, not mapped: mapped pages would count as memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import HashpivotError


class StoreError(HashpivotError):
    """The temporary file of an outlook cannot be written or read."""


@dataclass(frozen=True, eq=False)
class ShardRows:
    """The rows of one shard.

    Args:
        paths: Its paths.
        keys: Name, step and type of each row, in order; the same for all shards of a run.
        ends: Where each row ends, put end to end; in bytes.
        parts: The bytes of each row.
    """

    paths: int
    keys: tuple[tuple[str, int, str], ...]
    ends: NDArray[np.int64]
    parts: tuple[NDArray[np.uint8], ...]


def pack(rows: Mapping[str, NDArray[Any]]) -> ShardRows:
    """The block of a shard.

    Args:
        rows: Arrays by name, shape `(steps, paths)` each; steps may differ, paths may not.
    """
    every = [(name, step, row) for name, array in rows.items() for step, row in enumerate(array)]
    parts = [np.ascontiguousarray(row[:1] if _is_one(row) else row).view(np.uint8) for _, _, row in every]
    keys = tuple((name, step, row.dtype.str) for name, step, row in every)
    ends = np.cumsum([part.size for part in parts], dtype=np.int64)
    return ShardRows(every[0][2].size, keys, ends, tuple(parts))


def _is_one(row: NDArray[Any]) -> bool:
    first = row[0]
    if first != first:  # NaN throughout: what is not known
        return bool(row[-1] != row[-1] and (row != row).all())
    return bool(first == row[-1] and (row == first).all())


@dataclass(frozen=True, eq=False, slots=True)
class _Place:
    """Where a shard's rows stand: in memory, or in the file from `begin` on."""

    paths: int
    ends: NDArray[np.int64]
    content: NDArray[np.uint8] | None
    begin: int = 0


class RowStore:
    """Rows of all shards of a run.

    Args:
        in_memory_bytes: What does not fit into that goes to a temporary file, in the folder the system, or
            `TMPDIR`, names.
    """

    def __init__(self, in_memory_bytes: int) -> None:
        self._left = in_memory_bytes
        self._file: IO[bytes] | None = None
        self._numbers: dict[tuple[str, int], tuple[int, str]] = {}
        self._places: dict[int, _Place] = {}

    @property
    def paths(self) -> int:
        """Number of paths held."""
        return sum(place.paths for place in self._places.values())

    def add(self, shard: int, block: ShardRows) -> None:
        """Keep the rows of a shard; shards may come in any order.

        Raises:
            StoreError: If the temporary file cannot be written.
        """
        self._numbers = self._numbers or {
            (name, step): (number, kind) for number, (name, step, kind) in enumerate(block.keys)
        }
        size = int(block.ends[-1])
        if size <= self._left:
            self._left -= size
            self._places[shard] = _Place(block.paths, block.ends, np.concatenate(block.parts))
        else:
            with _reported():
                self._places[shard] = _Place(block.paths, block.ends, None, self._write(block.parts))

    def __contains__(self, name: str) -> bool:
        return (name, 0) in self._numbers

    def row(self, name: str, step: int = 0) -> NDArray[Any]:
        """One row on all paths, in the order of shards; a new array.

        Raises:
            StoreError: If the temporary file cannot be read.
        """
        number, kind = self._numbers[name, step]
        row = np.empty(self.paths, dtype=kind)
        first = 0
        with _reported():
            for _, place in sorted(self._places.items()):
                self._fill(row[first : first + place.paths], place, number)
                first += place.paths
        return row

    def _fill(self, part: NDArray[Any], place: _Place, number: int) -> None:
        """Fill a shard's part of a row; one number stands for all its paths."""
        begin, end = int(place.ends[number - 1]) if number else 0, int(place.ends[number])
        if place.content is not None:
            part[:] = place.content[begin:end].view(part.dtype)
            return
        stored = part[: (end - begin) // part.itemsize]
        self._read(stored, place.begin + begin)
        part[stored.size :] = stored[0]

    def _write(self, parts: Sequence[NDArray[np.uint8]]) -> int:
        """Append to the file; where it begins."""
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115  closed with the store
            finalize(self, _close, self._file)
        begin = self._file.seek(0, SEEK_END)
        self._file.writelines(part.data for part in parts)
        self._file.flush()
        return begin

    def _read(self, into: NDArray[Any], begin: int) -> None:
        assert self._file is not None
        self._file.seek(begin)
        self._file.readinto(into.data.cast("B"))  # type: ignore[attr-defined]


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"paths cannot be kept in a temporary file: {error.strerror or error}",
            hint="make room on the disk, name a folder that has room in TMPDIR, or ask for fewer paths",
        ) from None


def _close(file: IO[bytes]) -> None:
    """Close a file that may hold what found no room on the disk."""
    with suppress(OSError):
        file.close()

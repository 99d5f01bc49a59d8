"""The write-ahead log beside a SQLite file: that nothing in it was lost.

A log is read up to the first frame whose checksum is wrong, as if a writer had been killed there. Where
that frame is damaged instead, all later transactions would vanish without a word. The two differ: a killed
writer leaves no transaction behind the place at which it was killed.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import BinaryIO

from ._damage import DamagedRow

_HEADER, _FRAME = 32, 24  # bytes
_MAGIC = (0x377F0682, 0x377F0683)  # of checksums over little-endian and big-endian words
_RESTARTS = 1 << 20  # times that a log can have been begun anew, each raising its first salt by one
_PAUSE = 0.02
_LONGEST = 3.0  # seconds between a writer's last frame and its saying so: a slow disk's sync
_Sum = tuple[int, int]


def reading_uri(path: Path) -> str:
    """Return the URI by which SQLite reads a file, changes no byte of it, and leaves nothing new beside it.

    A reader that may not write leaves an empty log behind; one that may writes a log with transactions into
    the file when it closes.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        mode = "mode=ro"
    else:
        mode = "mode=rw" if os.access(path.parent, os.W_OK) else "immutable=1"
    return f"{path.absolute().as_uri()}?{mode}"


def refuse_damaged_log(path: Path, wait: float) -> None:
    """Make sure that SQLite reads every transaction in the log of a file, if there is a log.

    Nothing is changed: a log that is damaged is still there afterwards.

    Args:
        path: The SQLite file.
        wait: Seconds in which a process that is writing just now may finish.

    Raises:
        DamagedRow: If it does not.
        sqlite3.Error, OSError: If the file or its log cannot be read.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size < _HEADER:
        return
    uri = path.absolute().as_uri()
    with closing(sqlite3.connect(f"{uri}?mode=ro", uri=True)) as watching:
        watching.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not _is_whole(path, log) and not _is_whole_once_written(uri, path, log, wait):
            raise DamagedRow("transactions are missing from the log beside it, what was added last")


def _is_whole_once_written(uri: str, path: Path, log: Path, wait: float) -> bool:
    """Look again while nobody writes: before, a transaction may have been on its way into the log.

    Another connection is open meanwhile, so that SQLite does not put the log away as this one is closed.
    """
    with closing(sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            # Who writes has taken all of the log; without the right to write one can only wait.
            return "locked" in str(error) or _is_whole_after(path, log, wait)
        try:
            return _is_whole(path, log)
        finally:
            connection.execute("ROLLBACK")


def _is_whole_after(path: Path, log: Path, wait: float) -> bool:
    deadline = monotonic() + min(wait, _LONGEST)
    while monotonic() < deadline:
        sleep(_PAUSE)
        if _is_whole(path, log):
            return True
    return False


def _is_whole(path: Path, log: Path) -> bool:
    """True if SQLite takes all transactions of the log; perhaps False while another process writes."""
    try:
        index = _index_head(path.with_name(f"{path.name}-shm"))
        with log.open("rb") as file:
            frames = _Log(file, log.stat().st_size)
            return frames.size < _HEADER or frames.is_taken_by(index)
    except FileNotFoundError:
        return True  # another process closed the ledger
    except struct.error:
        return False


def _index_head(path: Path) -> bytes:
    """The first bytes of the index of a log.

    To close any descriptor of a file drops all locks that this process holds on it, those of its SQLite
    connections too. So one is kept for each index, until SQLite has removed the file.
    """
    key = str(path)
    with _guard:
        held = _indices.get(key)
        if held is not None and (not path.exists() or not os.path.samestat(os.fstat(held), path.stat())):
            os.close(_indices.pop(key))
            held = None
        if held is None:
            held = _indices[key] = os.open(path, os.O_RDONLY)
        os.lseek(held, 0, os.SEEK_SET)
        return os.read(held, 40)


_indices: dict[str, int] = {}
_guard = Lock()


@dataclass(frozen=True)
class _Log:
    file: BinaryIO
    size: int

    def is_taken_by(self, index: bytes) -> bool:
        """True if no transaction ends behind the last frame that SQLite's index of the log names."""
        taken = struct.unpack_from("=I", index, 16)[0]
        if self.is_sound and index[32:40] != self._salts:
            return True  # begun anew, and not yet written to: all of it stands in the file
        return self.is_sound and self.last_commit <= taken and not self.hides_a_commit()

    @property
    def is_sound(self) -> bool:
        """True if its header is one."""
        return self._magic in _MAGIC and self._sum(self._at(0, 24), (0, 0)) == self._words(24)

    @property
    def last_commit(self) -> int:
        """Number of the last frame that ends a transaction of this log, wherever it stands."""
        commits = (n for n, start in self._frames() if self._is_own(start) and self._words(start)[1])
        return max(commits, default=0)

    def hides_a_commit(self) -> bool:
        """True if the frame where the log ends is no leftover, nor one that a killed writer left."""
        frames = list(self._frames())
        own = 0
        while own < len(frames) and self._is_own(frames[own][1]):
            own += 1
        if own and not self._words(frames[own - 1][1])[1] and self._lost_its_size(frames[own - 1][1]):
            return True
        if own == len(frames):
            return False
        start = frames[own][1]
        age = (self._words(16)[0] - self._words(start + 8)[0]) % (1 << 32)
        return not 0 < age <= _RESTARTS or self._follows(start, self._at(start, 8))

    def _lost_its_size(self, start: int) -> bool:
        """True if a frame would be right if one byte of the size it ends a transaction with were another."""
        head = self._at(start, 8)
        if self._follows(start, head):
            return False
        changed = (
            (*head[:place], value, *head[place + 1 :]) for place in range(4, 8) for value in range(1, 256)
        )
        return any(self._follows(start, bytes(other)) for other in changed)

    def _follows(self, start: int, head: bytes) -> bool:
        """True if the checksum of a frame that begins with `head` follows on the frame before."""
        before = self._words(24) if start == _HEADER else self._words(start - self._length + 16)
        page = self._at(start + _FRAME, self._length - _FRAME)
        return self._sum(page, self._sum(head, before)) == self._words(start + 16)

    def _frames(self) -> Iterator[tuple[int, int]]:
        """Number and place of every whole frame."""
        return iter(enumerate(range(_HEADER, self.size - self._length + 1, self._length), 1))

    def _is_own(self, start: int) -> bool:
        """True if a frame has the salts of this log, and is none left over from before it was begun anew."""
        return self._at(start + 8, 8) == self._salts

    def _at(self, start: int, count: int) -> bytes:
        self.file.seek(start)
        return self.file.read(count)

    @cached_property
    def _salts(self) -> bytes:
        return self._at(16, 8)

    @cached_property
    def _magic(self) -> int:
        return self._words(0)[0]

    @cached_property
    def _length(self) -> int:
        return _FRAME + max(self._words(8)[0], 512)

    def _words(self, start: int) -> _Sum:
        one, other = struct.unpack(">II", self._at(start, 8))
        return one, other

    def _sum(self, data: bytes, before: _Sum) -> _Sum:
        order = ">" if self._magic & 1 else "<"
        one, other = before
        for first, second in struct.iter_unpack(f"{order}II", data):
            one = (one + first + other) & 0xFFFFFFFF
            other = (other + second + one) & 0xFFFFFFFF
        return one, other

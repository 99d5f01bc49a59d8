"""What is killed: a command, what it leaves piece by piece, and what must hold of that."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from ._strikes import Way
from ._watched import WatchedRun

_KILLS = {Way.KILL: 14, Way.KILL_GROUP: 2, Way.TERMINATE: 2, Way.INTERRUPT: 2}

Pieces = Mapping[str, object]


class KilledCommand:
    """A command that is killed; a context manager that keeps what it reads in a folder.

    Args:
        folder: Where that is kept.
        size: How much it has to do.
    """

    name: ClassVar[str]
    """In the name of its check."""
    ways: ClassVar[Mapping[Way, int]] = _KILLS
    """How it is killed, with how often in comparison."""
    ordered: ClassVar[bool] = False
    """True if its pieces are made one after the other in a given order."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.size = size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Let go of what was opened."""

    def words(self, home: Path) -> Sequence[str]:
        """What stands behind `hashpivot` on the command line."""
        raise NotImplementedError

    def pieces(self, home: Path) -> Pieces:
        """What it has made so far, by name.

        Raises:
            HashpivotError: If what it left cannot be read.
        """
        raise NotImplementedError

    def prepare(self, home: Path) -> None:
        """Put into a home what is there before it runs."""

    def ledger(self, home: Path) -> str:
        """The ledger it writes."""
        return str(home / "ledger.sqlite3")

    def start(self, home: Path) -> WatchedRun:
        """Run it in a home."""
        words = [sys.executable, "-m", "hashpivot", *self.words(home), "--json"]
        return WatchedRun(words, {"HASHPIVOT_HOME": str(home), "HASHPIVOT_LEDGER": self.ledger(home)}, home)

    def strike(self, run: WatchedRun, way: Way) -> None:
        """Kill it in one of its ways."""
        run.send(way.signal, group=way.to_group)

    def half(self, now: Pieces, whole: Pieces) -> Iterator[str]:
        """What is wrong with the pieces after a kill: each is whole or not there."""
        yield from (f"{name} is not whole" for name in now if now[name] != whole.get(name))
        if self.ordered and list(now) != list(whole)[: len(now)]:
            yield "not the first of the list"

    def unsound(self, home: Path) -> Iterator[str]:
        """What else is wrong with what a kill left."""
        return iter(())

    def kept(self, home: Path) -> Pieces:
        """What needs not be made again by a run to the end that begins now."""
        return {}

    def again(self, home: Path, kept: Pieces) -> Iterator[str]:
        """What was made again by a run to the end, though it was kept."""
        return iter(())

"""The newest desk: opened again when another process writes, with its answers kept until then."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from hashpivot.core import LedgerPlace, ledger_place

from ._jobs import Jobs
from ._uploads import Uploads

if TYPE_CHECKING:
    from hashpivot.desk import Desk

T = TypeVar("T")
State: TypeAlias = tuple[Any, ...]
"""What a desk depends on: the files it is read from, and the day."""

_MOST_KEPT = 128  # answers and pages, of 0.1 to 1 MB each
_MOST_DESKS = 4  # days looked at side by side
_UNSET: Any = object()


class Work:
    """What an answer is made from: desks of one state of the ledger, and what was made of them.

    Args:
        live: Where it is kept.
        state: The state.
        progress: Told the steps done and all steps of what takes long.
    """

    def __init__(
        self, live: LiveDesk, state: State, progress: Callable[[int, int], None] | None = None
    ) -> None:
        self._live = live
        self.state = state
        self.progress = progress

    @property
    def making(self) -> RLock:
        """Held while something is made."""
        return self._live.making

    @property
    def ledger(self) -> LedgerPlace | None:
        """The user's ledger as it was given, for a desk of another process."""
        return self._live.ledger

    @property
    def jobs(self) -> Jobs:
        """What is made in the background."""
        return self._live.jobs

    @property
    def uploads(self) -> Uploads:
        """What readers sent."""
        return self._live.uploads

    def desk(self, as_of: date | None = None) -> Desk:
        """The desk as of a day."""
        return self.kept(("desk", as_of), lambda: self._live.open_desk(self.state, as_of))

    def kept(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return what was made under a key before, or make it.

        Made one after the other: a desk fills in what it has read while it answers, and is not made for
        threads that do so at once.
        """
        found = self._live.find(self.state, key)
        if found is not _UNSET:
            return found  # type: ignore[no-any-return]
        with self._live.making:
            found = self._live.find(self.state, key)
            if found is _UNSET:
                found = make()
                self._live.keep(self.state, key, found)
        return found  # type: ignore[no-any-return]


class LiveDesk:
    """Desks that follow the ledger.

    Args:
        ledger: The user's ledger, as `Desk.open`.
        uploads: Where the files are that readers sent; in a folder of this process if not given.
    """

    def __init__(self, ledger: LedgerPlace | None = None, uploads: Uploads | None = None) -> None:
        self.ledger = ledger
        self.uploads = uploads or Uploads()
        self.jobs = Jobs()
        self._lock = Lock()
        self._kept: OrderedDict[tuple[State, tuple[Hashable, ...]], Any] = OrderedDict()
        self._desks: OrderedDict[date | None, tuple[State, Desk]] = OrderedDict()
        self.making = RLock()

    @property
    def path(self) -> LedgerPlace:
        """The user's ledger; it need not exist."""
        return ledger_place(self.ledger)

    def work(self, progress: Callable[[int, int], None] | None = None) -> Work:
        """What answers are to be made from now; `progress` as `Work`."""
        return Work(self, self.state(), progress)

    def state(self) -> State:
        """What the newest desk depends on; another process that writes changes it."""
        from hashpivot.desk import desk_state

        return desk_state(self.ledger)

    def open_desk(self, state: State, as_of: date | None) -> Desk:
        """The desk of a state and day; what nobody wrote to since the last one is not read again."""
        from hashpivot.desk import newest_desk

        desk = newest_desk(self.ledger, as_of, state, self._desks.pop(as_of, None))
        self._desks[as_of] = state, desk
        while len(self._desks) > _MOST_DESKS:
            self._desks.popitem(last=False)
        return desk

    def find(self, state: State, key: tuple[Hashable, ...]) -> Any:
        """What is kept under a key, or a mark that nothing is."""
        with self._lock:
            if (state, key) not in self._kept:
                return _UNSET
            self._kept.move_to_end((state, key))
            return self._kept[state, key]

    def keep(self, state: State, key: tuple[Hashable, ...], made: Any) -> None:
        """Keep something; what is of another state, or was not asked for longest, is let go."""
        with self._lock:
            for old in [held for held in self._kept if held[0] != state]:
                del self._kept[old]
            self._kept[state, key] = made
            desks = [held for held in self._kept if held[1][0] == "desk"]
            for old in desks[: max(0, len(desks) - _MOST_DESKS)]:
                del self._kept[old]
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)

"""Responses that are kept: made once for each state of the ledger, and again when another process writes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import monotonic
from typing import TypeAlias

from hashpivot.core import HashpivotError

from ._cached_response import CachedResponse, PageRequest
from ._live_desk import LiveDesk, State

_MOST_KEPT = 128  # responses, of 10 kB to 1 MB each
_STALE = 30.0  # seconds that a response may be shown after the ledger has changed, while it is made again
_LATELY = 60.0  # seconds since a page was asked for, within which it is made again without being asked
_MOMENT = 0.02  # seconds that a look at the ledger's files holds for
_LOOK = 0.1  # seconds between looks at the ledger's files

Make: TypeAlias = Callable[[PageRequest], CachedResponse]


class ResponseCache:
    """Responses by what was asked.

    While it follows the ledger (`follow`), a change is noticed within a tenth of a second, and pages that
    were asked for within the last minute are made again in the background, those that are out of date for
    longest first. Until then a request for one of these gets the response of the state before, on a machine
    that has too much to do for up to 30 seconds. Any other request waits for the newest. A response is always
    made from one state.

    Args:
        live: The desk.
        make: Makes a response from one state of the ledger; one is made after the other.
    """

    def __init__(self, live: LiveDesk, make: Make) -> None:
        self._live, self._make = live, make
        self._kept: OrderedDict[PageRequest, CachedResponse] = OrderedDict()
        self._asked_at: dict[PageRequest, float] = {}
        self._newest: OrderedDict[State, float] = OrderedDict()
        self._pending: dict[PageRequest, Future[CachedResponse]] = {}
        self._lock = Lock()
        self._maker = ThreadPoolExecutor(1, "pages")
        self._following = False
        self._looked: tuple[float, State] = (0.0, ())

    def at_once(self, asked: PageRequest) -> CachedResponse | None:
        """Return a response that may be shown now; None if one must be made."""
        state = self._look()
        with self._lock:
            kept = self._kept.get(asked)
            if kept is None or not (kept.state == state or self._renewed_soon(asked, kept)):
                return None
            self._kept.move_to_end(asked)
            self._asked_at[asked] = monotonic()
            return kept

    def ask(self, asked: PageRequest) -> Future[CachedResponse]:
        """Have a response made; those who ask for the same at once share it.

        The future raises HashpivotError, or what `make` failed with.
        """
        with self._lock:
            if asked not in self._pending:
                self._pending[asked] = self._maker.submit(self._made, asked)
            return self._pending[asked]

    @contextmanager
    def follow(self, first: Sequence[PageRequest] = ()) -> Iterator[None]:
        """Look at the ledger all the time, and make again what was asked for lately.

        Args:
            first: Made at once, before anybody asks.
        """
        ended = Event()
        thread = Thread(target=self._renew_until, args=(ended,), name="renewal", daemon=True)
        self._following = True
        for asked in first:
            self.ask(asked)
        thread.start()
        try:
            yield
        finally:
            self._following = False
            ended.set()
            thread.join()

    def _renew_until(self, ended: Event) -> None:
        while not ended.wait(0 if self._renew_one() else _LOOK):
            pass

    def _renew_one(self) -> bool:
        """Make again what has been out of date for longest; False if there is nothing to be done."""
        try:
            asked = self._most_out_of_date(self._look())
        except HashpivotError:  # the ledger cannot be read at the moment: whoever asks is told
            return False
        if asked is None:
            return False
        made = self.ask(asked)
        if made.exception() is not None:  # whoever asks for it is told
            self._drop(asked)
        return True

    def _most_out_of_date(self, state: State) -> PageRequest | None:
        """Out of date, asked for lately; None if nothing is, or if somebody waits for another page."""
        with self._lock:
            if self._pending:
                return None
            since = monotonic() - _LATELY
            old = {
                asked: self._newest.get(kept.state, 0.0)
                for asked, kept in reversed(self._kept.items())
                if kept.state != state and self._asked_at[asked] > since
            }
        return min(old, key=old.__getitem__, default=None)

    def _renewed_soon(self, asked: PageRequest, kept: CachedResponse) -> bool:
        """True of what is made again without being asked for, and not out of date for too long."""
        now = monotonic()
        lately = now - self._asked_at[asked] < _LATELY
        return self._following and lately and now - self._newest.get(kept.state, 0.0) < _STALE

    def _made(self, asked: PageRequest) -> CachedResponse:
        begun = monotonic()
        try:
            made = self._make(asked)
        except BaseException:
            with self._lock:
                del self._pending[asked]
            raise
        with self._lock:
            del self._pending[asked]
            self._newest.setdefault(made.state, begun)
            self._kept[asked] = made
            self._asked_at.setdefault(asked, begun)
            while len(self._kept) > _MOST_KEPT:
                del self._asked_at[self._kept.popitem(last=False)[0]]
        return made

    def _drop(self, asked: PageRequest) -> None:
        with self._lock:
            self._kept.pop(asked, None)
            self._asked_at.pop(asked, None)

    def _look(self) -> State:
        """The newest state, noted with the time; while the ledger is followed, that of a moment ago."""
        now = monotonic()
        at, state = self._looked
        if self._following and now - at < _MOMENT:
            return state
        state = self._live.state()
        self._looked = now, state
        with self._lock:
            self._newest[state] = now
            self._newest.move_to_end(state)
            while now - next(iter(self._newest.values())) > _STALE:
                self._newest.popitem(last=False)
        return state

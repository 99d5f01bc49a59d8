"""Responses that are kept: made once for each state of the ledger, and again when another process writes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, RLock, Thread
from time import monotonic
from typing import TypeAlias

from ._cached_response import CachedResponse, PageRequest
from ._live_desk import LiveDesk, State

_MOST_KEPT = 128  # answers, of 10 kB to 1 MB each
_MOST_STATES = 64  # states of which is known when they were the newest
_STALE = 1.5  # seconds that an answer is shown after the ledger has changed; within 2 a change must be shown
_LATELY = 60.0  # seconds since a page was asked for, within which it is made again without being asked
_LOOK = 0.1  # seconds between looks at the ledger's files
_YIELD = 0.005  # seconds that what nobody waits for lets others go first

Make: TypeAlias = Callable[[PageRequest], CachedResponse]


class ResponseCache:
    """Responses by what was asked.

    While they follow the ledger (`follow`), a change is noticed within a tenth of a second and pages
    that were asked for lately are made again in the background; until then, and for no longer than 1.5
    seconds, a request gets what was the answer before. Without that, every request waits for the newest.

    Args:
        live: The desk.
        make: Makes an answer from one state of the ledger.
    """

    def __init__(self, live: LiveDesk, make: Make) -> None:
        self._live, self._make = live, make
        self._kept: OrderedDict[PageRequest, CachedResponse] = OrderedDict()
        self._asked_at: dict[PageRequest, float] = {}
        self._newest: OrderedDict[State, float] = OrderedDict()
        self._lock, self._making = Lock(), RLock()
        self._waiting = 0
        self._following = False

    def at_once(self, asked: PageRequest) -> CachedResponse | None:
        """Return an answer that may be shown now; None if one must be made."""
        state = self._look()
        with self._lock:
            answer = self._kept.get(asked)
            if answer is None or not self._may_be_shown(answer, state):
                return None
            self._kept.move_to_end(asked)
            self._asked_at[asked] = monotonic()
            return answer

    def wait(self, asked: PageRequest) -> CachedResponse:
        """Return an answer, made now if none may be shown.

        Raises:
            HashpivotError: Why there is none.
        """
        with self._lock:
            self._waiting += 1
        try:
            with self._making:
                return self.at_once(asked) or self._made(asked)
        finally:
            with self._lock:
                self._waiting -= 1

    @contextmanager
    def follow(self) -> Iterator[None]:
        """Look at the ledger all the time, and make again what was asked for lately."""
        ended = Event()
        thread = Thread(target=self._renew_until, args=(ended,), daemon=True)
        self._following = True
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
        state = self._look()
        asked = self._most_out_of_date(state)
        if asked is None:
            return False
        while self._waiting:
            Event().wait(_YIELD)
        with self._making:
            try:
                self._made(asked)
            except Exception:  # whoever asks for it is told
                self._drop(asked)
        return True

    def _most_out_of_date(self, state: State) -> PageRequest | None:
        with self._lock:
            since = monotonic() - _LATELY
            old = [
                (self._newest.get(answer.state, 0.0), -self._asked_at[asked], number, asked)
                for number, (asked, answer) in enumerate(self._kept.items())
                if answer.state != state and self._asked_at[asked] > since
            ]
        return min(old)[3] if old else None

    def _may_be_shown(self, answer: CachedResponse, state: State) -> bool:
        if answer.state == state:
            return True
        return self._following and monotonic() - self._newest.get(answer.state, 0.0) < _STALE

    def _made(self, asked: PageRequest) -> CachedResponse:
        begun = monotonic()
        answer = self._make(asked)
        with self._lock:
            self._newest.setdefault(answer.state, begun)
            self._kept[asked] = answer
            self._kept.move_to_end(asked)
            self._asked_at.setdefault(asked, begun)
            while len(self._kept) > _MOST_KEPT:
                del self._asked_at[self._kept.popitem(last=False)[0]]
        return answer

    def _drop(self, asked: PageRequest) -> None:
        with self._lock:
            self._kept.pop(asked, None)
            self._asked_at.pop(asked, None)

    def _look(self) -> State:
        """The newest state; when it was seen is noted."""
        now = monotonic()
        state = self._live.state()
        with self._lock:
            self._newest[state] = now
            self._newest.move_to_end(state)
            while len(self._newest) > _MOST_STATES:
                self._newest.popitem(last=False)
        return state

"""How many requests a service takes in a second, and for how long it blocks who sends more."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence


class RateLimit:
    """A limit over a sliding second; beyond it, a block that every further request extends.

    Args:
        per_second: Requests in any second; None for no limit.
        block_seconds: How long a block lasts after the last request inside it.
    """

    def __init__(self, per_second: int | None, block_seconds: float) -> None:
        self.per_second, self.block_seconds = per_second, block_seconds
        self.violations = 0
        """Requests seen during a block."""
        self._lock = threading.Lock()
        self._recent: deque[float] = deque()
        self._blocked_until = float("-inf")

    def refuses(self, at: float) -> bool:
        """Tell whether a request is refused, and count it.

        Args:
            at: Its moment, seconds of the monotonic clock.
        """
        with self._lock:
            if self.per_second is None:
                return False
            if at < self._blocked_until:
                self.violations += 1
            elif self._within(at):
                return False
            self._blocked_until = at + self.block_seconds
            return True

    def _within(self, at: float) -> bool:
        self._recent.append(at)
        while self._recent[0] <= at - 1:
            self._recent.popleft()
        return len(self._recent) <= (self.per_second or 0)


def busiest_second(moments: Sequence[float]) -> int:
    """Return the largest number of moments in any second, 0 without moments."""
    most, first = 0, 0
    ordered = sorted(moments)
    for last, moment in enumerate(ordered):
        while ordered[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most

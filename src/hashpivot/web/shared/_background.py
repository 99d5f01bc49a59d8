"""What is done in the background, found again by its name while it runs and once after it has ended."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from ._running import Running

_MOST_KEPT = 64


class Background:
    """Jobs by name. They outlive a change of the ledger, as they may be what changes it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._jobs: OrderedDict[str, Running] = OrderedDict()

    def start(self, name: str, make: Callable[[], Any]) -> None:
        """Start a job, unless it runs."""
        with self._lock:
            held = self._jobs.get(name)
            if held is None or held.over:
                self._jobs[name] = Running(make)
                self._jobs.move_to_end(name)
            for old in [name for name, job in self._jobs.items() if job.over][:-_MOST_KEPT]:
                del self._jobs[old]

    def find(self, name: str) -> Running | None:
        """The job of a name; None if none was started, or it ended long ago."""
        with self._lock:
            return self._jobs.get(name)

"""Faults on command: which requests they meet, and how often."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ._answer import ServedAnswer
from ._seen_request import SeenRequest

Fault = Callable[[SeenRequest, ServedAnswer], ServedAnswer]
"""From a request and the right answer to what is sent instead."""


@dataclass
class PlannedFault:
    """A fault that waits for requests.

    Args:
        fault: What it does to the answer.
        path: Part of the path with query, or a regular expression found in it; empty meets every request.
        times: How many requests it meets; None for all.
        after: How many requests of its kind pass unharmed first.
    """

    fault: Fault
    path: str = ""
    times: int | None = 1
    after: int = 0
    met: int = 0
    """Requests it has changed so far."""

    def meets(self, request: SeenRequest) -> bool:
        """Tell whether it changes this request's answer, and count it."""
        if self.path not in request.path and not re.search(self.path, request.path):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None and self.met >= self.times:
            return False
        self.met += 1
        return True


class FaultPlan:
    """The faults a service was told to have; the first that meets a request changes its answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[PlannedFault] = []

    def add(self, planned: PlannedFault) -> PlannedFault:
        """Add a fault behind those already planned; returns it."""
        with self._lock:
            self._planned.append(planned)
        return planned

    def clear(self) -> None:
        """Forget every fault."""
        with self._lock:
            self._planned.clear()

    def applied(self, request: SeenRequest, answer: ServedAnswer) -> ServedAnswer:
        """Return the answer, changed by the first fault that meets the request."""
        with self._lock:
            planned = next((one for one in self._planned if one.meets(request)), None)
        return planned.fault(request, answer) if planned else answer

"""How and when a command is killed."""

from __future__ import annotations

import random
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ._watched import Course

_EARLY_SHARE = 0.05
"""Of kills that come before the first write."""
_LAG = 0.01
"""Seconds after a change within which kills meant for it come."""


class Way(StrEnum):
    """How a command is ended."""

    KILL = "kill -9"
    KILL_GROUP = "kill -9 of the group"
    TERMINATE = "SIGTERM"
    INTERRUPT = "Ctrl-C"
    SERVER = "of its server"

    @property
    def signal(self) -> signal.Signals:
        """The signal that is sent."""
        return _SIGNALS[self]

    @property
    def to_group(self) -> bool:
        """True if the processes that it started get the signal too, as from a terminal."""
        return self in (Way.KILL_GROUP, Way.INTERRUPT)

    @property
    def orderly(self) -> bool:
        """True if the command has to end by itself, and tidily."""
        return self not in (Way.KILL, Way.KILL_GROUP)


_SIGNALS = {
    Way.KILL: signal.SIGKILL,
    Way.KILL_GROUP: signal.SIGKILL,
    Way.TERMINATE: signal.SIGTERM,
    Way.INTERRUPT: signal.SIGINT,
    Way.SERVER: signal.SIGQUIT,  # to the server: as if its machine had failed
}


@dataclass(frozen=True)
class Strike:
    """One kill: so many seconds after so many changes."""

    way: Way
    changes: int
    seconds: float


def draw_strikes(chance: random.Random, course: Course, ways: Mapping[Way, int], count: int) -> list[Strike]:
    """Draw the kills of one run and of those begun again after each.

    Half of them are spread over the time from the first change to the end, half over the changes, right after
    one. Each takes up where the one before it ended the run.
    """
    places = sorted(chance.random() for _ in range(count))
    shares = [place - before for before, place in zip([0.0, *places], places, strict=False)]
    chosen = chance.choices(list(ways), list(ways.values()), k=count)
    return [_strike(chance, course, way, share) for way, share in zip(chosen, shares, strict=True)]


def _strike(chance: random.Random, course: Course, way: Way, share: float) -> Strike:
    if chance.random() < _EARLY_SHARE:
        return Strike(way, 0, course.first * chance.random())
    if chance.random() < 0.5:
        return Strike(way, 1 + int(share * len(course.changes)), chance.uniform(0, _LAG))
    return Strike(way, 1, share * (course.seconds - course.first))

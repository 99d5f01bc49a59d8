"""When a generated company files, and under which accession number."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from ..submissions import EASTERN

_SATURDAY = 5
_AFTER_CLOSE, _BEFORE_OPEN = (16, 18), (6, 9)
_FIRST_AGENT, _AGENTS = 9_000_000, 900_000
"""Numbers no filing agent has, so that an accession never meets a real one."""


def moment_on(day: date, key: str) -> datetime:
    """Return a moment of acceptance on a day or the next weekday: before the market opens or after it closes.

    Args:
        day: The day.
        key: Other keys give other moments.
    """
    chance = random.Random(f"moment {key}")
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    first, last = _BEFORE_OPEN if chance.random() < 0.25 else _AFTER_CLOSE
    seconds = chance.randrange(first * 3600, last * 3600)
    return datetime.combine(day, time(), EASTERN).replace(
        hour=seconds // 3600, minute=seconds // 60 % 60, second=seconds % 60
    )


class AccessionNumbers:
    """Hands out a company's accession numbers in the order it files.

    Args:
        key: Whose they are; other keys have another filing agent.
    """

    def __init__(self, key: str) -> None:
        self._agent = _FIRST_AGENT + random.Random(f"agent {key}").randrange(_AGENTS)
        self._last: dict[int, int] = {}

    def next(self, accepted: datetime) -> str:
        """Return the next number of a moment's year."""
        number = self._last[accepted.year] = self._last.get(accepted.year, 0) + 1
        return f"{self._agent:010}-{accepted:%y}-{number:06}"

"""How fast services were asked lately, and until when they are not asked: what their limiters wrote down."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hashpivot.core import parse_json

from ._limits_folder import limits_folder


@dataclass(frozen=True, slots=True)
class ServiceLimit:
    """The limiter of one service, which all processes of a user share.

    Args:
        service: Its name.
        rate: Requests a second; None if an earlier version wrote it.
        asked: When it was last asked, UTC.
        blocked_until: Until when nobody asks it, UTC; None if it may be asked.
    """

    service: str
    rate: float | None
    asked: datetime
    blocked_until: datetime | None

    def to_dict(self) -> dict[str, Any]:
        """`{"service", "requests_per_second", "last_asked", "blocked_until"}`."""
        return {
            "service": self.service,
            "requests_per_second": self.rate,
            "last_asked": f"{self.asked:%Y-%m-%dT%H:%M:%SZ}",
            "blocked_until": f"{self.blocked_until:%Y-%m-%dT%H:%M:%SZ}" if self.blocked_until else None,
        }


def service_limits() -> tuple[ServiceLimit, ...]:
    """Return the limiters of the services that were asked within a day, by name."""
    return tuple(_limits())


def _limits() -> Iterator[ServiceLimit]:
    for path in sorted(limits_folder().glob("*.json")):
        try:
            state = parse_json(path.read_text(encoding="utf-8"))
            asked, blocked = float(state["last"]), float(state["blocked_until"])
            rate = float(state["rate"]) if "rate" in state else None
            until = datetime.fromtimestamp(blocked, UTC) if blocked > time.time() else None
            last = datetime.fromtimestamp(asked, UTC)
        except (OSError, ArithmeticError, ValueError, KeyError, TypeError):
            continue  # half written, gone meanwhile, or no moment
        yield ServiceLimit(path.stem, rate, last, until)

"""Made-up days, and services that lose no time between attempts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hashpivot.bitcoin import NetworkDay, NetworkHistory
from hashpivot.sources.http import Service
from hashpivot.testing.services import made_up_network_days


@pytest.fixture(scope="session")
def days() -> list[NetworkDay]:
    """Twenty made-up days after the last bundled one; difficulty changes once or twice among them."""
    return made_up_network_days(NetworkHistory.bundled()[-1], 20, seed=3)


def quick(service: Service) -> Service:
    """The service with blocks and pauses of milliseconds."""
    return replace(service, rate=500.0, pause=0.005, block_seconds=0.05, timeout=5.0)

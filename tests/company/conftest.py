"""Made-up miners on the real network, and the bundled companies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from hashpivot import Desk
from hashpivot.bitcoin import NetworkHistory
from hashpivot.company import CompanyProfile
from hashpivot.nowcast import Days, days_known
from hashpivot.testing import MadeUpMiner, bundled_desk, made_up_desk

ProfileOf = Callable[[str], CompanyProfile]


@pytest.fixture(scope="session")
def days() -> Days:
    return days_known(NetworkHistory.load(), date(2025, 12, 31))


@pytest.fixture
def miner(days: Days) -> MadeUpMiner:
    return MadeUpMiner(days)


@pytest.fixture(scope="session")
def bundled() -> Desk:
    return bundled_desk()


@pytest.fixture(scope="session")
def profile_of(bundled: Desk) -> ProfileOf:
    return cache(lambda ticker: bundled.company(ticker).profile)


def profile(miner: MadeUpMiner, quarters: int = 9) -> CompanyProfile:
    """What is known of a made-up miner."""
    return made_up_desk(miner).company(miner.ticker, quarters=quarters).profile

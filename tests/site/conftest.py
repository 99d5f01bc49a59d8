from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import Backtest, PriceHistory, Site, backtest, load_site, load_zone
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()


@pytest.fixture(scope="session")
def west() -> Site:
    return load_site("west_texas")


@pytest.fixture(scope="session")
def hours() -> PriceHistory:
    return load_zone("LZ_WEST")


@pytest.fixture(scope="session")
def four_years(west: Site, hours: PriceHistory) -> dict[str, Backtest]:
    return {
        regime: backtest(west, hours, date(2021, 1, 1), date(2024, 12, 30), regime=regime, network=NETWORK)
        for regime in ("live", "lagged")
    }


@pytest.fixture
def made() -> PriceHistory:
    """A hundred days of made prices, loads and reserve prices, over a spring clock change."""
    return made_up_prices()

from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    Backtest,
    PriceHistory,
    Site,
    backtest,
    default_policies,
    load_site,
    load_zone,
)
from hashpivot.testing import made_up_prices
from tools.evaluate.site_policies import Found

NETWORK = NetworkHistory.load()


@pytest.fixture(scope="session")
def west() -> Site:
    return load_site("west_texas")


@pytest.fixture(scope="session")
def hours() -> PriceHistory:
    return load_zone("LZ_WEST")


@pytest.fixture(scope="session")
def four_years(west: Site, hours: PriceHistory) -> dict[str, Backtest]:
    """Both regimes; perfect foresight, the same in both, is sought once."""
    period = (date(2021, 1, 1), date(2024, 12, 30))
    live = backtest(west, hours, *period, network=NETWORK)
    policies = [*default_policies()[:-1], Found(live.operations["perfect_foresight"])]
    lagged = backtest(west, hours, *period, regime="lagged", network=NETWORK, policies=policies)
    return {"live": live, "lagged": lagged}


@pytest.fixture
def made() -> PriceHistory:
    """A hundred days of made prices, loads and reserve prices, over a spring clock change."""
    return made_up_prices()

from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import Backtest, PriceHistory, Site, backtest, load_site, load_zone, make_price_history

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
    chance = np.random.default_rng(5)
    count = 100 * 24
    ts = np.datetime64("2024-01-01T06", "h") + np.arange(count)
    ahead = 30 + 15 * np.sin(np.arange(count) / 24 * 2 * np.pi) + chance.normal(0, 4, count)
    real = ahead * np.exp(chance.normal(0, 0.3, count)) + (chance.random(count) < 0.04) * 400.0 - 5
    load = 50_000 + 9_000 * np.sin(np.arange(count) / 24 * 2 * np.pi) + chance.normal(0, 500, count)
    columns = {
        "rt_usd_per_mwh": real,
        "da_usd_per_mwh": ahead,
        "load_mw": load,
        "as_rrs": chance.gamma(2, 4, count),
        "as_ecrs": chance.gamma(1, 5, count),
    }
    return make_price_history(ts, columns, "made", "made")

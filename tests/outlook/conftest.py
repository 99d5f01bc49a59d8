import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View, bundled
from hashpivot.outlook import MarketEstimate, MarketStart, estimate_market, market_start


@pytest.fixture(scope="session")
def network() -> NetworkHistory:
    return NetworkHistory.load()


@pytest.fixture(scope="session")
def start(network: NetworkHistory) -> MarketStart:
    return market_start(network)


@pytest.fixture(scope="session")
def estimate(network: NetworkHistory) -> MarketEstimate:
    return estimate_market(network)


@pytest.fixture(scope="session")
def view() -> View:
    return View(bundled())

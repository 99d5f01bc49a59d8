import pytest

from hashpivot.bitcoin import NetworkDay, NetworkHistory
from hashpivot.core import NoData, parse_day
from hashpivot.outlook import MarketEstimate, estimate_market, market_start

DAY = parse_day("2022-12-31")


def test_nothing_after_the_day_is_seen(network: NetworkHistory) -> None:
    known = network.until(DAY)
    lie = [replace_price(row) if row.day > DAY else row for row in network]
    assert estimate_market(known) == estimate_market(NetworkHistory(lie).until(DAY))
    assert market_start(known) == market_start(NetworkHistory(lie).until(DAY))


def replace_price(row: NetworkDay) -> NetworkDay:
    return row._replace(close_usd=row.close_usd and row.close_usd * 3, difficulty=row.difficulty * 2)


def test_todays_parameters(estimate: MarketEstimate) -> None:
    price, network, fees = estimate.parameters.price, estimate.parameters.network, estimate.parameters.fees
    assert price.volatility == pytest.approx(0.575, abs=0.001)
    assert price.volatility * price.volatility_factor == pytest.approx(0.413, abs=0.002)
    assert price.drift == 0.0
    assert price.drift_error == pytest.approx(price.volatility / 2, rel=0.01)
    assert network.growth_response > 0
    assert 10 < network.new_j_per_th < network.fleet_j_per_th < 20
    assert 0.01 < fees.calm_btc < 0.1
    assert estimate.first_day == parse_day("2022-10-05")


def test_standardised_returns(estimate: MarketEstimate) -> None:
    count = len(estimate.returns)
    assert sum(estimate.returns) / count == pytest.approx(0, abs=1e-9)
    assert 100 < count < 106


def test_a_short_history_is_refused(network: NetworkHistory) -> None:
    with pytest.raises(NoData, match="year and a half"):
        estimate_market(network.until(parse_day("2018-12-31")))


def test_volatility_scales_with_the_returns(network: NetworkHistory) -> None:
    known = network.until(DAY)
    squared = [row._replace(close_usd=row.close_usd and row.close_usd**2) for row in known]
    doubled = estimate_market(NetworkHistory(squared)).parameters.price
    plain = estimate_market(known).parameters.price
    assert doubled.volatility == pytest.approx(2 * plain.volatility)
    assert doubled.jump_share == pytest.approx(plain.jump_share)

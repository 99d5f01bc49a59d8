from dataclasses import replace

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkDay, NetworkHistory
from hashpivot.core import InvalidInput, parse_day
from hashpivot.outlook import MarketEstimate, MarketStart, PriceModel, estimate_market, simulate_shard
from hashpivot.outlook.market._estimate import growth_forecast
from hashpivot.outlook.market._memory import MEMORY, MarketMemory, half_life_mean, running_means
from tools.evaluate.market_before import parameters_before
from tools.evaluate.market_choice import GROWTH, VOLATILITY, shortest
from tools.evaluate.plain_garch import fit_garch

GARCH = PriceModel(kind="garch", volatility=0.6, persistence=0.6, reaction=0.3)


def simulated_returns(alpha: float, persistence: float, count: int) -> np.ndarray:
    random, variance, returns = np.random.default_rng(3), 1e-3, []
    for _ in range(count):
        returns.append(np.sqrt(variance) * random.standard_normal())
        variance = 1e-3 + persistence * (variance - 1e-3) + alpha * (returns[-1] ** 2 - variance)
    return np.array(returns)


def test_the_fit_finds_what_made_the_returns() -> None:
    fit = fit_garch(simulated_returns(0.1, 0.96, 6_000))
    assert fit.alpha == pytest.approx(0.1, abs=0.03)
    assert fit.persistence == pytest.approx(0.96, abs=0.02)


def test_a_value_weighs_half_as_much_as_one_a_half_life_later() -> None:
    assert half_life_mean(np.array([1.0, 0.0, 0.0]), 2.0) == pytest.approx(0.5 / (0.5 + 0.5**0.5 + 1))
    values = np.random.default_rng(1).standard_normal(50)
    means = running_means(values, 7.0)
    assert means[-1] == pytest.approx(half_life_mean(values, 7.0))
    assert means[20] == pytest.approx(half_life_mean(values[:21], 7.0))


def test_a_restless_month_raises_volatility_at_the_start_only_briefly(network: NetworkHistory) -> None:
    known = network.until(parse_day("2022-12-31"))
    calm, restless = (
        estimate_market(NetworkHistory(_shaken(known, size))).parameters.price for size in (0.0, 0.06)
    )
    assert restless.volatility_factor > 1.2 * calm.volatility_factor
    assert restless.volatility < 1.1 * calm.volatility


def _shaken(history: NetworkHistory, size: float) -> list[NetworkDay]:
    """The history with every other price of its last thirty days lowered."""
    first = len(history) - 30
    return [
        row._replace(close_usd=row.close_usd * (1 - size * (place % 2)))
        if row.close_usd and place >= first
        else row
        for place, row in enumerate(history)
    ]


def test_the_error_of_growth_is_what_past_levels_missed() -> None:
    random = np.random.default_rng(2)
    shocks = 0.06 * random.standard_normal(4_000)
    steady, wandering = 0.02 + shocks, 0.02 + shocks + np.repeat(0.03 * random.standard_normal(100), 40)
    memory = MarketMemory(growth_error=1_000)
    (level, small, shock), (_, large, _) = (growth_forecast(grown, memory) for grown in (steady, wandering))
    assert level == pytest.approx(0.02, abs=0.02)
    assert shock == pytest.approx((0.06**2 - 2 / 2_016) ** 0.5, rel=0.1)
    assert large > 1.5 * small
    assert large == pytest.approx(0.03, rel=0.3)


def spread(start: MarketStart, estimate: MarketEstimate, price: PriceModel) -> float:
    market = simulate_shard(start, replace(estimate.parameters, price=price), 4, 1, 0, 4_096)
    return float(np.log(market.price_usd[3]).std())


def test_volatility_at_the_start_widens_the_band(start: MarketStart, estimate: MarketEstimate) -> None:
    calm, usual, high = (
        spread(start, estimate, replace(GARCH, volatility_factor=factor)) for factor in (0.5, 1.0, 2.0)
    )
    assert calm < usual < high
    still = spread(start, estimate, replace(GARCH, kind="jump_diffusion"))
    assert usual == pytest.approx(still, rel=0.15)


def test_volatility_reverts_to_its_usual_level(start: MarketStart, estimate: MarketEstimate) -> None:
    still = PriceModel(volatility=0.6, persistence=0.9)
    usual, high, slow = (
        spread(start, estimate, price)
        for price in (
            still,
            replace(still, volatility_factor=2.0),
            replace(still, volatility_factor=2.0, persistence=0.97),
        )
    )
    assert usual < high < slow < 2 * usual


def test_jumps_on_jumps_stay_finite(start: MarketStart, estimate: MarketEstimate) -> None:
    wild = replace(
        GARCH, volatility=2.0, persistence=0.9, reaction=0.9, jump_chance=0.08, jump_share=0.9,
        volatility_factor=5.0,
    )  # fmt: skip
    assert np.isfinite(spread(start, estimate, wild))


def test_more_reaction_than_persistence_is_refused() -> None:
    with pytest.raises(InvalidInput, match="exceeds persistence"):
        PriceModel(kind="garch", persistence=0.2, reaction=0.3)


def test_a_tie_goes_to_the_shortest_memory() -> None:
    long, short, worse = (MarketMemory(usual_volatility=years) for years in (5.0, 3.0, 2.0))
    assert shortest({long: 1.0, short: 1.009, worse: 1.02}) == short
    assert any(MEMORY.usual_volatility == memory.usual_volatility for memory in VOLATILITY)
    assert any(MEMORY.growth == memory.growth for memory in GROWTH)


def test_the_engine_before_weighs_four_years_alike(network: NetworkHistory) -> None:
    known = network.until(parse_day("2022-12-31"))
    before = parameters_before(known, estimate_market(known))
    assert before.price.volatility_factor == 1.0
    assert before.price.volatility == pytest.approx(0.757, abs=0.002)
    assert before.price.drift_error == pytest.approx(before.price.volatility / 2, rel=0.01)


def test_a_forward_curve_is_the_median(start: MarketStart, estimate: MarketEstimate) -> None:
    first = start.first_quarter
    price = PriceModel(forward=f"{first + 2}=150000, {first + 5} = 90000", drift=1.0)
    market = simulate_shard(start, replace(estimate.parameters, price=price), 8, 1, 0, 8_192)
    medians = np.median(market.price_usd, axis=1)
    assert medians[5] == pytest.approx(90_000, rel=0.04)
    assert medians[7] == pytest.approx(90_000, rel=0.04)
    assert 90_000 < medians[3] < medians[2] < 150_000 * 1.02


@pytest.mark.parametrize(
    ("forward", "word"),
    [("2027Q5=1000", "quarter"), ("2027Q1", "price"), ("2027Q1=-5", "price"), ("2027Q1=5,2027Q1=6", "twice")],
)
def test_a_curve_that_cannot_be_read_is_named(forward: str, word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        PriceModel(forward=forward)


def test_a_curve_of_the_past_is_refused(start: MarketStart, estimate: MarketEstimate) -> None:
    parameters = replace(estimate.parameters, price=PriceModel(forward="2020Q1=9000"))
    with pytest.raises(InvalidInput, match="before the outlook starts"):
        simulate_shard(start, parameters, 4, 1, 0, 64)

from dataclasses import replace

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, parse_day
from hashpivot.outlook import MarketEstimate, MarketStart, PriceModel, estimate_market, simulate_shard
from hashpivot.outlook.market._volatility import fit_garch, with_clusters
from tools.evaluate.market_choice import CHOSEN, UNWIDENED

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
    assert fit.kurtosis == pytest.approx(3, abs=0.3)


def test_a_restless_month_starts_with_more_volatility() -> None:
    calm = simulated_returns(0.1, 0.96, 1_000)
    restless = np.concatenate([calm, 4 * calm[-30:]])
    factors = [with_clusters(PriceModel(), fit_garch(some)).volatility_factor for some in (calm, restless)]
    assert factors[1] > 1.3 * factors[0]


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


def test_jumps_on_jumps_stay_finite(start: MarketStart, estimate: MarketEstimate) -> None:
    wild = replace(
        GARCH, volatility=2.0, persistence=0.9, reaction=0.9, jump_chance=0.08, jump_share=0.9,
        volatility_factor=5.0,
    )  # fmt: skip
    assert np.isfinite(spread(start, estimate, wild))


def test_more_reaction_than_persistence_is_refused() -> None:
    with pytest.raises(InvalidInput, match="exceeds persistence"):
        PriceModel(kind="garch", persistence=0.2, reaction=0.3)


def test_the_choice_widens_what_is_estimated(network: NetworkHistory) -> None:
    known = network.until(parse_day("2022-12-31"))
    estimated = estimate_market(known).parameters
    before, chosen = (choice.of(estimated) for choice in (UNWIDENED, CHOSEN))
    assert before == estimated
    assert before.price.kind == "jump_diffusion"
    assert before.price.drift_error == pytest.approx(before.price.volatility / 2, rel=0.01)
    assert chosen.price.volatility == pytest.approx(CHOSEN.volatility * before.price.volatility)
    assert chosen.network.growth_error == pytest.approx(CHOSEN.spread * before.network.growth_error)


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

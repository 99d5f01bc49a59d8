from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, parse_day
from hashpivot.outlook import (
    FeeModel,
    MarketEstimate,
    MarketParameters,
    MarketPaths,
    MarketStart,
    NetworkModel,
    PriceModel,
    market_start,
    shard_sizes,
    simulate_shard,
)

PATHS = 2_048
STILL = MarketParameters(
    PriceModel(volatility=0.0),
    FeeModel(calm_btc=0.1, enter_busy=0.0, leave_busy=1.0, noise=0.0),
    NetworkModel(growth_level=0.0, growth_response=0.0, retirement=0.0, shock=0.0, improvement=0.0),
)


def run(
    start: MarketStart, parameters: MarketParameters, seed: int = 1, shard: int = 0, **more: object
) -> MarketPaths:
    return simulate_shard(start, parameters, 12, seed, shard, PATHS, **more)  # type: ignore[arg-type]


def arrays(market: MarketPaths) -> list[bytes]:
    names = ("price_usd", "hash_rate_ehs", "hashprice_usd_per_ph_day", "btc_per_eh", "halving_day")
    return [getattr(market, name).tobytes() for name in names]


def test_the_same_seed_gives_the_same_bits(start: MarketStart, estimate: MarketEstimate) -> None:
    assert arrays(run(start, estimate.parameters)) == arrays(run(start, estimate.parameters))
    assert arrays(run(start, estimate.parameters)) != arrays(run(start, estimate.parameters, seed=2))
    assert arrays(run(start, estimate.parameters)) != arrays(run(start, estimate.parameters, shard=1))


def test_processes_give_the_same_bits(start: MarketStart, estimate: MarketEstimate) -> None:
    work = partial(simulate_shard, start, estimate.parameters, 4, 7)
    here = [arrays(work(shard, 256)) for shard in range(3)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        there = [arrays(shard) for shard in pool.map(work, range(3), [256] * 3)]
    assert here == there


def test_shards_add_up_to_the_paths() -> None:
    assert shard_sizes(20_000) == [8_192, 8_192, 3_616]
    assert shard_sizes(8_192) == [8_192]
    for wrong in (0, -1, 10**9):
        with pytest.raises(InvalidInput, match="paths"):
            shard_sizes(wrong)


def test_quarters_out_of_range_are_refused(start: MarketStart, estimate: MarketEstimate) -> None:
    for wrong in (0, 41):
        with pytest.raises(InvalidInput, match="quarters"):
            simulate_shard(start, estimate.parameters, wrong, 1, 0, 10)


def test_a_still_market_stays_where_it_is(start: MarketStart) -> None:
    market = run(replace(start, fees_btc=0.1), STILL)
    assert market.price_usd[1:] == pytest.approx(start.price_usd, rel=1e-5)
    before, after = market.hash_rate_ehs[2].mean(), market.hash_rate_ehs[8].mean()
    assert market.hash_rate_ehs[2].std() / before < 0.03
    assert after < before


def test_hashprice_is_the_closed_form_of_price_difficulty_and_subsidy(start: MarketStart) -> None:
    market = run(replace(start, fees_btc=0.1), STILL)
    expected = start.price_usd * (3.125 + 0.1) * 0.144 / market.hash_rate_ehs[2].astype(float)
    assert market.hashprice_usd_per_ph_day[2] == pytest.approx(expected, rel=2e-3)
    days = market.quarters[2].days
    btc = market.hashprice_usd_per_ph_day[2].astype(float) * 1_000 * days / start.price_usd
    assert market.btc_per_eh[2] == pytest.approx(btc, rel=1e-4)


def test_the_halving_comes_out_of_the_blocks(start: MarketStart) -> None:
    blocks = 1_050_000 - start.height
    market = run(start, STILL)
    assert np.median(market.halving_day) == pytest.approx(blocks / 144, rel=0.02)
    assert not np.isnan(market.halving_day).any()
    growing = replace(
        STILL, network=replace(STILL.network, growth_level=0.05, improvement=0.5, growth_limit=0.2)
    )
    assert np.median(run(start, growing).halving_day) < np.median(market.halving_day)


def test_blocks_keep_to_ten_minutes_once_difficulty_has_followed(start: MarketStart) -> None:
    halved = replace(STILL, price=PriceModel(volatility=0.0, start_factor=0.25))
    market = run(start, halved)
    assert market.hash_rate_ehs[2].mean() < 0.8 * start.hash_rate_ehs
    assert market.hash_rate_ehs[2].mean() == pytest.approx(market.hash_rate_ehs[4].mean(), rel=0.01)


def test_the_median_price_stays_and_spreads_with_volatility(start: MarketStart) -> None:
    price = PriceModel(volatility=0.6, jump_chance=0.08, jump_share=0.3)
    market = run(start, replace(STILL, price=price))
    assert np.median(market.price_usd[4]) == pytest.approx(start.price_usd, rel=0.06)
    years = (market.quarters[4].end - start.as_of).days / 365.25
    spread = np.log(market.price_usd[4]).std()
    assert 0.75 < spread / (0.6 * years**0.5) < 1.05
    gbm = run(start, replace(STILL, price=replace(price, kind="gbm")))
    assert np.log(gbm.price_usd[4]).std() == pytest.approx(spread, rel=0.1)


def test_drift_moves_the_median(start: MarketStart) -> None:
    market = run(start, replace(STILL, price=PriceModel(volatility=0.0, drift=0.5)))
    years = ((market.quarters[8].start - start.as_of).days + 45) / 365.25
    assert np.median(market.price_usd[8]) == pytest.approx(start.price_usd * np.exp(0.5 * years), rel=0.02)


def test_the_bootstrap_takes_past_returns(start: MarketStart, estimate: MarketEstimate) -> None:
    parameters = replace(estimate.parameters, price=replace(estimate.parameters.price, kind="bootstrap"))
    with pytest.raises(InvalidInput, match="past returns"):
        run(start, parameters)
    market = run(start, parameters, returns=estimate.returns)
    usual = run(start, estimate.parameters)
    assert np.log(market.price_usd[4]).std() == pytest.approx(np.log(usual.price_usd[4]).std(), rel=0.25)


def test_days_already_known_count(network: NetworkHistory, estimate: MarketEstimate) -> None:
    eve = network.until(parse_day("2026-09-29"))
    market = simulate_shard(market_start(eve), estimate.parameters, 1, 1, 0, 512)
    actual = network.quarter(market.quarters[0])
    assert market.price_usd[0] == pytest.approx(actual.mean_price_usd, rel=0.01)
    assert market.hash_rate_ehs[0] == pytest.approx(actual.mean_hash_rate_ehs, rel=0.01)
    assert market.hashprice_usd_per_ph_day[0] == pytest.approx(actual.mean_hashprice_usd_per_ph_day, rel=0.01)
    assert market.btc_per_eh[0] == pytest.approx(actual.btc_per_eh, rel=0.01)


def test_extremes_neither_hang_nor_break(start: MarketStart) -> None:
    wild = MarketParameters(
        PriceModel(volatility=3.0, drift=-2.0, drift_error=2.0, start_factor=0.01),
        FeeModel(noise=2.0, busy_factor=200.0),
        NetworkModel(shock=0.3, growth_error=0.05, growth_limit=0.5),
    )
    market = simulate_shard(start, wild, 12, 1, 0, 512)
    assert all(
        np.isfinite(getattr(market, name)).all() for name in ("price_usd", "hash_rate_ehs", "btc_per_eh")
    )


@pytest.mark.parametrize(
    ("kind", "values", "word"),
    [
        (PriceModel, {"volatility": 9.0}, "volatility"),
        (PriceModel, {"volatility": float("nan")}, "volatility"),
        (PriceModel, {"kind": "astrology"}, "astrology"),
        (NetworkModel, {"power_usd_per_mwh": -1.0}, "power_usd_per_mwh"),
        (FeeModel, {"calm_btc": 0.0}, "calm_btc"),
    ],
)
def test_parameters_out_of_range_are_named(kind: type, values: dict[str, object], word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        kind(**values)

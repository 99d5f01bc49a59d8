"""The information bound: penalties take away what foresight gains, and nothing from those without it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.site import (
    Backtest,
    Battery,
    InvalidSite,
    MeteredPeak,
    PriceHistory,
    Site,
    backtest,
    information_bound,
    load_site,
)
from hashpivot.site.economics._profit_and_loss import settle_pnl
from hashpivot.site.studies._information_bound import InformationPenalties
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()

START, END = date(2023, 7, 20), date(2023, 9, 10)


@pytest.fixture(scope="module")
def done(hours: PriceHistory) -> Backtest:
    recent = hours.part(int(np.searchsorted(hours.ts_utc, np.datetime64("2022-06-01T05", "h"))), hours.hours)
    return backtest(load_site("hedged_reserves"), recent, START, END, network=NETWORK)


def penalties_of(done: Backtest) -> InformationPenalties:
    return InformationPenalties(done.window, done.policies["rolling_horizon"].dispatch(done.window))


def test_no_policy_is_above_the_bound_once_charged(done: Backtest) -> None:
    """Holds path by path, whether or not the expectations are right: what makes it a bound."""
    bound, penalties = information_bound(done), penalties_of(done)
    best = bound.bound_usd.sum() + bound.gap_usd
    for policy in ("always_on", "threshold", "threshold_day_ahead", "rolling_horizon"):
        usd = done.pnl[policy].profit_usd - penalties.of(done.operations[policy])
        assert usd.sum() <= best, policy
    assert bound.adjusted_bound_usd.sum() >= done.pnl["rolling_horizon"].profit_usd.sum()


def test_chance_operations_are_not_above_it_either(done: Backtest) -> None:
    best, penalties = information_bound(done).bound_usd.sum(), penalties_of(done)
    chance = np.random.default_rng(3)
    for _ in range(10):
        blocks = np.repeat(
            chance.random((done.hours.prices.hours // 12 + 1, 2)) < chance.random(), 12, axis=0
        )
        operation = replace(
            done.operations["rolling_horizon"], modes=blocks[: done.hours.prices.hours].astype(np.int64)
        )
        usd = settle_pnl(done.hours, operation).profit_usd - penalties.of(operation)
        assert usd.sum() <= best


def test_foresight_of_our_reserve_lies_between(done: Backtest) -> None:
    given = information_bound(done).foresight_after_offer_usd.sum()
    assert (
        done.pnl["rolling_horizon"].profit_usd.sum() < given <= done.pnl["perfect_foresight"].profit_usd.sum()
    )


def test_with_nothing_uncertain_all_is_in_reach(made: PriceHistory, west: Site) -> None:
    done = backtest(replace(west, tariffs=()), made, date(2024, 3, 4), date(2024, 4, 5), network=NETWORK)
    bound = information_bound(done)
    assert not bound.realised_penalty_usd.any()
    assert np.allclose(bound.bound_usd, done.pnl["perfect_foresight"].profit_usd)


def test_charges_of_reserve_average_out_under_the_forecast_itself(
    done: Backtest,
) -> None:
    """Prices drawn from the forecast: what sold reserve adds is on average what was expected."""
    penalties = penalties_of(done)
    held = next(reversed(list(penalties._offers())))
    inside, scenarios = penalties._scenarios[0]
    shares = np.array([share for share, _ in scenarios])
    assert shares.sum() == pytest.approx(1)
    drawn = np.random.default_rng(1).choice(len(shares), p=shares, size=(2000, 24))
    gains = np.array(
        [(r[:24] + held[inside][:24]).max(2).sum(1) - r[:24].max(2).sum(1) for _, r in scenarios]
    )
    mean = gains[drawn, np.arange(24)].mean(axis=0)
    assert np.allclose(mean, penalties.expected(held)[:24], rtol=0.1, atol=2.0)


def cleared_again(usual: float | None = None) -> PriceHistory:
    """Prices over 5 December 2025, since when reserve is cleared in real time, at one price or by chance."""
    prices, chance = made_up_prices(days=130, start=date(2025, 9, 1)), np.random.default_rng(2)
    columns = dict(prices.columns)
    for name in ("as_rrs", "as_ecrs"):
        real = columns[name] * chance.lognormal(0, 0.7, prices.hours)
        columns[f"rt_{name}"] = real if usual is None else np.full(prices.hours, usual)
    return prices.with_columns(columns)


@pytest.fixture(scope="module")
def co_optimised() -> Backtest:
    site = load_site("hedged_reserves")
    return backtest(site, cleared_again(), date(2025, 11, 20), date(2026, 1, 5), network=NETWORK)


def test_reserve_cleared_in_real_time_is_bounded_path_by_path(co_optimised: Backtest) -> None:
    done, chance = co_optimised, np.random.default_rng(4)
    cleared = done.hours.reserve_prices.cleared
    assert cleared.any() and not cleared.all()
    bound, penalties = information_bound(done), penalties_of(done)
    best = bound.bound_usd.sum() + bound.gap_usd
    own = done.operations["rolling_horizon"]
    sold = [own.committed_mw * share for share in (0.0, 0.5, 1.0)]
    by_chance = [replace(own, modes=(own.modes * (chance.random(own.modes.shape) < 0.9))) for _ in sold]
    operations = [
        *(done.operations[name] for name in ("always_on", "threshold", "rolling_horizon")),
        *(replace(each, committed_mw=mw) for each, mw in zip(by_chance, sold, strict=True)),
    ]
    for operation in operations:
        usd = settle_pnl(done.hours, operation).profit_usd - penalties.of(operation)
        assert usd.sum() <= best
    assert penalties.award(own.committed_mw.sum(axis=1))[cleared].any()
    assert bound.foresight_after_offer_usd.sum() >= done.pnl["rolling_horizon"].profit_usd.sum()
    assert bound.adjusted_bound_usd.sum() >= done.pnl["rolling_horizon"].profit_usd.sum()


def test_what_is_bought_back_at_the_usual_price_is_no_surprise() -> None:
    """Real-time prices of reserve that never change: all that foresight earns is in reach."""
    site = load_site("hedged_reserves")
    site = replace(site, tariffs=(), reserves=site.reserves[:1])
    done = backtest(site, cleared_again(6.0), date(2025, 12, 9), date(2026, 1, 4), network=NETWORK)
    assert done.hours.reserve_prices.cleared.all()
    bound = information_bound(done)
    assert np.allclose(bound.realised_penalty_usd, 0, atol=1e-6)
    best = done.pnl["perfect_foresight"].profit_usd.sum()
    assert bound.bound_usd.sum() == pytest.approx(best, rel=1e-3)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"battery": Battery(10.0, 20.0)}, "battery"),
        ({"tariffs": (MeteredPeak("own", date(2024, 1, 1), date(2024, 12, 31), 5.0),)}, "own peaks"),
    ],
)
def test_what_has_no_bound_is_refused_with_the_reason(
    made: PriceHistory, west: Site, change: dict[str, object], reason: str
) -> None:
    days = date(2024, 3, 4), date(2024, 3, 6)
    done = backtest(replace(west, **change), made, *days, network=NETWORK)
    with pytest.raises(InvalidSite, match=reason):
        information_bound(done)


def test_prices_seen_late_are_refused(done: Backtest) -> None:
    late = replace(done, window=replace(done.window, regime="lagged"))
    with pytest.raises(InvalidInput, match="not lagged"):
        information_bound(late)


def test_too_many_groups_are_refused(done: Backtest) -> None:
    group = done.hours.site.machines[0]
    many = tuple(replace(group, name=f"hall {n}") for n in range(9))
    site = replace(done.hours.site, machines=many, limit_mw=1000)
    with pytest.raises(InvalidSite, match="9 groups"):
        information_bound(
            backtest(site, done.window.knowledge.known.prices, START, date(2023, 7, 22), network=NETWORK)
        )

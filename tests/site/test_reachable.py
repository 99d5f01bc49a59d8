"""What is in reach: charges take away what foresight gains, and nothing from those who have none."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.core import InvalidInput
from hashpivot.site import Backtest, BasisForecaster, InvalidSite, Site, Table, backtest, load_site, reachable
from hashpivot.site.economics._settle import settle
from hashpivot.site.information._known import knowledge
from hashpivot.site.information._outlook import Outlook
from hashpivot.site.policies._rolling import Rolling
from hashpivot.site.studies._reachable import Charges

START, END = date(2023, 7, 20), date(2023, 9, 10)


@pytest.fixture(scope="module")
def hedged(hours: Table) -> tuple[Backtest, Table]:
    recent = hours.part(int(np.searchsorted(hours.ts_utc, np.datetime64("2022-06-01T05", "h"))), hours.hours)
    return backtest(load_site("hedged_reserves"), recent, START, END), recent


def charges_of(done: Backtest, table: Table) -> Charges:
    first = int(np.searchsorted(table.ts_utc, done.hours.table.ts_utc[0]))
    stop = first + done.hours.table.hours
    view = knowledge(done.hours.site, table)
    outlook = Outlook(table, view.real.clock, first, stop, BasisForecaster)
    return Charges(view.part(first, stop), Rolling(view, outlook, first, stop, "live"), first)


def test_no_policy_is_above_the_bound_once_charged(hedged: tuple[Backtest, Table]) -> None:
    """Holds path by path, whether or not the expectations are right: what makes it a bound."""
    done, table = hedged
    found, charges = reachable(done, table), charges_of(done, table)
    best = found.bound_usd.sum() + found.gap_usd
    for policy in ("always_on", "threshold", "threshold_day_ahead", "ours"):
        usd = done.books[policy].profit_usd - charges.of(done.operations[policy])
        assert usd.sum() <= best, policy
    assert found.reachable_usd.sum() >= done.books["ours"].profit_usd.sum()


def test_chance_operations_are_not_above_it_either(hedged: tuple[Backtest, Table]) -> None:
    done, table = hedged
    best, charges = reachable(done, table).bound_usd.sum(), charges_of(done, table)
    chance = np.random.default_rng(3)
    for _ in range(10):
        blocks = np.repeat(chance.random((done.hours.table.hours // 12 + 1, 2)) < chance.random(), 12, axis=0)
        operation = replace(done.operations["ours"], ways=blocks[: done.hours.table.hours].astype(np.int64))
        usd = settle(done.hours, operation).profit_usd - charges.of(operation)
        assert usd.sum() <= best


def test_foresight_of_our_reserve_lies_between(hedged: tuple[Backtest, Table]) -> None:
    done, table = hedged
    given = reachable(done, table).our_reserve_usd.sum()
    assert done.books["ours"].profit_usd.sum() < given <= done.books["perfect_foresight"].profit_usd.sum()


def test_with_nothing_uncertain_all_is_in_reach(made: Table, west: Site) -> None:
    done = backtest(replace(west, tariffs=()), made, date(2024, 3, 4), date(2024, 4, 5))
    found = reachable(done, made)
    assert not found.luck_usd.any()
    assert np.allclose(found.bound_usd, done.books["perfect_foresight"].profit_usd)


def test_charges_of_reserve_average_out_under_the_forecast_itself(hedged: tuple[Backtest, Table]) -> None:
    """Prices drawn from the forecast: what sold reserve adds is on average what was expected."""
    done, table = hedged
    charges = charges_of(done, table)
    held = next(reversed(list(charges._sales())))
    inside, scenarios = charges._scenarios[0]
    shares = np.array([share for share, _ in scenarios])
    assert shares.sum() == pytest.approx(1)
    drawn = np.random.default_rng(1).choice(len(shares), p=shares, size=(2000, 24))
    gains = np.array(
        [(r[:24] + held[inside][:24]).max(2).sum(1) - r[:24].max(2).sum(1) for _, r in scenarios]
    )
    mean = gains[drawn, np.arange(24)].mean(axis=0)
    assert np.allclose(mean, charges.expected(held)[:24], rtol=0.1, atol=2.0)


def test_prices_seen_late_are_refused(four_years: dict[str, Backtest], hours: Table) -> None:
    with pytest.raises(InvalidInput, match="not lagged"):
        reachable(four_years["lagged"], hours)


def test_too_many_groups_are_refused(hedged: tuple[Backtest, Table]) -> None:
    done, table = hedged
    group = done.hours.site.machines[0]
    many = tuple(replace(group, name=f"hall {n}") for n in range(9))
    site = replace(done.hours.site, machines=many, limit_mw=1000)
    with pytest.raises(InvalidSite, match="9 groups"):
        reachable(backtest(site, table, START, date(2023, 7, 22)), table)

"""The simple rules: what they see, and when they are off."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.site import (
    PriceHistory,
    Site,
    ThresholdPeakRule,
    ThresholdPrevious,
    ThresholdRealTime,
    backtest,
    dispatch_window,
    load_site,
    parse_site,
)

NETWORK = NetworkHistory.load()
JULY = (date(2023, 7, 1), date(2023, 7, 31))


def test_the_peak_rule_is_off_in_its_hours_of_the_season_only(west: Site, hours: PriceHistory) -> None:
    done = backtest(
        west,
        hours,
        date(2023, 5, 1),
        date(2023, 7, 31),
        network=NETWORK,
        policies=[ThresholdPeakRule(), ThresholdRealTime()],
    )
    clock = done.hours.clock
    off = {name: (operation.modes == 0).all(axis=1) for name, operation in done.operations.items()}
    more = off["threshold_peak_rule"] & ~off["threshold"]
    assert more.any() and (clock.month_of_year[more] >= 6).all()
    assert (clock.hour[more] >= 14).all() and (clock.hour[more] <= 19).all()  # off for two hours and more
    assert done.pnl["threshold_peak_rule"].usd["tariffs"].sum() == 0  # both peaks avoided
    assert done.pnl["threshold"].usd["tariffs"].sum() < 0


def test_the_load_against_its_month_is_that_of_the_interval_before(west: Site, hours: PriceHistory) -> None:
    window = dispatch_window(west, hours, *JULY, network=NETWORK)
    share, load = window.load_against_month, hours["load_mw"][window.first : window.end]
    assert share[0] == 0 and share[1] == 1
    assert share[100] == load[99] / load[:100].max()
    assert share.max() == 1


def test_the_previous_price_decides_in_either_regime(west: Site, hours: PriceHistory) -> None:
    policies = [ThresholdPrevious(), ThresholdRealTime()]
    live, lagged = (
        backtest(west, hours, *JULY, network=NETWORK, regime=regime, policies=policies)
        for regime in ("live", "lagged")
    )
    previous = live.operations["threshold_previous"].modes
    assert (previous == lagged.operations["threshold_previous"].modes).all()
    assert (previous == lagged.operations["threshold"].modes).all()
    assert (previous != live.operations["threshold"].modes).any()


@pytest.mark.parametrize("name", ["ai_campus", "mine_with_battery"])
def test_the_previous_price_runs_ai_load_and_battery_too(name: str, hours: PriceHistory) -> None:
    period, policies = (date(2023, 8, 1), date(2023, 8, 14)), [ThresholdPrevious()]
    live, lagged = (
        backtest(load_site(name), hours, *period, network=NETWORK, regime=regime, policies=policies)
        for regime in ("live", "lagged")
    )
    assert (live.pnl["threshold_previous"].profit_usd == lagged.pnl["threshold_previous"].profit_usd).all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"first_hour": 18}, "18 to 17"), ({"last_hour": 24}, "14 to 24"), ({"load_share": 0.0}, "above 0")],
)
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, float], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        ThresholdPeakRule(**wrong)


def test_heat_to_come_does_not_say_which_group_fits_under_the_limit(made: PriceHistory) -> None:
    """Two groups earn nearly the same and one fits; in heat the one that earns more falls behind."""
    site = parse_site(
        'name = "Tight"\nlimit_mw = 5\n[power]\nkind = "indexed"\n'
        '[[machines]]\nname = "a"\nmodel = "Antminer S21"\ncount = 1000\n'
        "modes.normal = { ths = 201, watts = 3500 }\nderate_from_c = 30\nderate_per_c = 0.02\n"
        '[[machines]]\nname = "b"\nmodel = "Antminer S21"\ncount = 1000\n'
        "modes.normal = { ths = 200, watts = 3500 }\n"
    )
    begin, end = date(2024, 3, 11), date(2024, 3, 16)
    cool = np.full(made.hours, 20.0)
    later = made.clock(site.zoneinfo).day >= np.datetime64("2024-03-13")
    runs = []
    for temperature in (cool, np.where(later, 45.0, cool)):
        prices = made.with_columns({**made.columns, "temp_c": temperature})
        done = backtest(site, prices, begin, end, network=NETWORK, policies=[ThresholdRealTime()])
        runs.append(done.operations["threshold"].modes)
    assert (runs[0][:48] == runs[1][:48]).all() and runs[0][:48, 0].any()
    assert (runs[0][96:] != runs[1][96:]).any()

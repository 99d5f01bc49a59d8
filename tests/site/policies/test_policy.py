"""A policy of one's own: run, checked, settled and shown like those of the package."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Missing, UnknownKey
from hashpivot.report import render_backtest
from hashpivot.site import (
    AlwaysOn,
    Backtest,
    BasisForecaster,
    DispatchWindow,
    InvalidOperation,
    InvalidPrices,
    Operation,
    PerfectForesight,
    PriceHistory,
    RollingHorizon,
    Site,
    ThresholdRealTime,
    backtest,
    default_policies,
    dispatch_window,
    load_site,
    power_months,
)

NETWORK = NetworkHistory.load()
START, END = date(2024, 3, 4), date(2024, 3, 12)


@dataclass(frozen=True)
class NightShift:
    """Runs in normal mode from 22:00 to 06:00 market local time."""

    name: str = "night_shift"
    begins: int = 22

    def operate(self, window: DispatchWindow) -> Operation:
        hours = window.known
        night = (hours.clock.hour >= self.begins) | (hours.clock.hour < 6)
        modes = np.where(night[:, None], hours.normal, 0)
        return Operation(modes, window.no_interruptions(), np.zeros(modes.shape))


@pytest.fixture(scope="module")
def hedged() -> Site:
    return load_site("hedged_reserves")


def run(site: Site, made: PriceHistory, *policies: object, regime: str = "live") -> Backtest:
    return backtest(site, made, START, END, network=NETWORK, regime=regime, policies=policies or None)


def test_a_policy_of_ones_own_is_settled_by_the_same_books(west: Site, made: PriceHistory) -> None:
    done = run(west, made, NightShift(), AlwaysOn(), PerfectForesight())
    own = done.result("night_shift")
    assert [row["policy"] for row in done.to_dict()["policies"]] == list(done.pnl)
    assert own.uptime == pytest.approx(8 / 24, abs=0.02) and own.starts == 3 * 9
    assert own.profit_usd < done.result("perfect_foresight").profit_usd
    assert isinstance(own.capture, float)
    assert done.titles["night_shift"] == "night shift"
    assert "night shift" in render_backtest(done)


def test_what_was_not_run_is_left_out_and_not_guessed(west: Site, made: PriceHistory) -> None:
    done = run(west, made, NightShift())
    answer = done.to_dict()
    assert answer["uplift"] == answer["tariff_avoided_usd"] == answer["shortfall_usd"] == {}
    assert isinstance(done.result("night_shift").capture, Missing) and done.gap == 0
    assert "perfect foresight was not run" in str(answer["policies"])
    with pytest.raises(UnknownKey, match="always_on"):
        done.tariff_avoided_usd("night_shift")
    with pytest.raises(KeyError, match="did you mean night_shift"):
        done.pnl["night_shif"]
    page = render_backtest(done)
    assert "–" not in page and "Capture" not in page


def test_two_forecasters_are_compared_in_one_backtest(west: Site, made: PriceHistory) -> None:
    def eager() -> BasisForecaster:
        return BasisForecaster()

    done = run(west, made, RollingHorizon(), RollingHorizon(eager, name="again"))
    assert (done.operations["again"].modes == done.operations["rolling_horizon"].modes).all()
    assert done.to_dict()["uplift"] == {"over_again_usd": 0.0}
    assert len(power_months(done, "again")) == 1


def test_names_are_unique_and_there_is_one(west: Site, made: PriceHistory) -> None:
    with pytest.raises(InvalidInput, match="two policies are named 'threshold'"):
        run(west, made, ThresholdRealTime(), ThresholdRealTime())
    with pytest.raises(InvalidInput, match="at least one"):
        backtest(west, made, START, END, network=NETWORK, policies=[])
    with pytest.raises(InvalidInput, match="has no name"):
        run(west, made, NightShift(name=""))


def test_the_old_name_of_the_rolling_horizon_is_found_with_a_warning(west: Site, made: PriceHistory) -> None:
    done = run(west, made, RollingHorizon())
    with pytest.warns(FutureWarning, match="'ours' is now 'rolling_horizon'"):
        assert done.pnl["ours"] is done.pnl["rolling_horizon"]
    with pytest.warns(FutureWarning, match="rolling_horizon"):
        power_months(done, "ours")
    own = run(west, made, RollingHorizon(), NightShift(name="ours"))
    assert own.pnl["ours"] is not own.pnl["rolling_horizon"]


@dataclass(frozen=True)
class Wrong:
    """Always on, with one thing put wrong."""

    what: str
    name: str = "wrong"

    def operate(self, window: DispatchWindow) -> Operation:
        operation = AlwaysOn().operate(window)
        modes = operation.modes.copy()
        committed = operation.committed_mw.copy()
        if self.what == "shape":
            return replace(operation, modes=modes[1:])
        if self.what == "kind":
            return replace(operation, modes=modes.astype(float))
        if self.what == "mode":
            modes[30] = 9
        if self.what == "short stop":
            modes[30] = 0
        if self.what == "short run":
            modes[10:20] = 0
            modes[21:30] = 0
        if self.what == "reserve":
            committed[30] = 1e6
        if self.what == "caps":
            committed[30] = window.known.reserve_mw.max(axis=1)
        return replace(operation, modes=modes, committed_mw=committed)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("shape", "modes must be an array of shape"),
        ("kind", "modes must be an array"),
        ("mode", "no such mode at 2024-03-05T12:00 UTC"),
        ("short stop", "off for 1 h, min_off_hours is"),
        ("short run", "on for 1 h, min_on_hours is"),
        ("reserve", "reserve it can never hold at 2024-03-05T12:00 UTC"),
        ("caps", "more reserve is sold than the caps"),
    ],
)
def test_an_operation_that_breaks_a_limit_is_named(
    hedged: Site, made: PriceHistory, what: str, said: str
) -> None:
    tight = replace(hedged, reserves=tuple(replace(r, cap_mw=1.0) for r in hedged.reserves))
    machines = tuple(replace(m, min_on_hours=3, min_off_hours=2) for m in hedged.machines)
    with pytest.raises(InvalidOperation, match=said) as raised:
        run(replace(tight, machines=machines), made, Wrong(what))
    assert "policy 'wrong'" in str(raised.value)


def test_limits_ramps_and_budgets_are_checked_too(west: Site, made: PriceHistory) -> None:
    group = west.machines[0]
    below = replace(west, limit_mw=west.normal_mw * 0.9)
    with pytest.raises(InvalidOperation, match="draw more than the"):
        run(below, made, NightShift())
    for limit, said in (
        ({"max_off_hours_per_month": 100}, "max_off_hours_per_month 100"),
        ({"ramp_mw_per_hour": group.modes[group.normal].power_mw * 0.9}, "ramp_mw_per_hour"),
    ):
        machines = (replace(group, **limit), *west.machines[1:])
        with pytest.raises(InvalidOperation, match=said):
            run(replace(west, machines=machines), made, NightShift())


def test_every_policy_of_the_package_passes_the_check(made: PriceHistory) -> None:
    for name in ("ai_campus", "fixed_block"):
        assert len(run(load_site(name), made, *default_policies()).pnl) == len(default_policies())


def test_a_window_shows_what_is_known_when(west: Site, made: PriceHistory) -> None:
    live, lagged = (
        dispatch_window(west, made, START, END, network=NETWORK, regime=regime)
        for regime in ("live", "lagged")
    )
    assert (live.price_signal[:-1] == lagged.price_signal[1:]).all()
    assert lagged.price_signal[0] == made.rt[lagged.first - 1]
    assert live.schedule(BasisForecaster) is live.schedule(BasisForecaster)
    first_day = dispatch_window(
        west, made, date(2024, 1, 1), date(2024, 1, 2), network=NETWORK, regime="lagged"
    )
    with pytest.raises(InvalidPrices, match="no hour comes before"):
        _ = first_day.price_signal


def test_results_are_short_in_words_and_long_in_frames(west: Site, made: PriceHistory) -> None:
    pytest.importorskip("pandas", reason="needs pandas (the extra `frames`)")
    done = run(west, made)
    frame = done.to_frame()
    assert list(frame.index) == list(done.policies)
    assert frame.loc["always_on", "profit_usd"] == done.result("always_on").profit_usd
    pnl = done.pnl["always_on"]
    hourly = pnl.to_frame()
    assert hourly["profit_usd"].sum() == pytest.approx(pnl.profit_usd.sum())
    assert len(hourly) == len(pnl.records()) == done.hours.prices.hours
    for shown in (done, pnl, done.window, done.policies, made):
        assert len(repr(shown)) < 300 and "\n" not in repr(shown)
    assert "<table>" in pnl._repr_html_() and "always_on" in done._repr_html_()

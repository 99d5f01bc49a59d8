"""A plan that begins where a site stands: limits hold across calls, a plan repeated changes nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    Operation,
    PriceHistory,
    Remembered,
    Site,
    SiteState,
    StateError,
    StateFile,
    StatePlan,
    load_site,
    plan,
    plan_from_state,
    read_prices,
)
from hashpivot.site.operation import stand_at
from hashpivot.site.operation._state_file import read_remembered
from hashpivot.testing import made_up_prices

from ..checks import check_operation

NETWORK = NetworkHistory.load()
HOURS = range(89 * 24, 93 * 24)
CASES = Path(__file__).parents[4] / "shared" / "cases" / "site"


def blank_from(prices: PriceHistory, position: int, ahead: int = 40) -> PriceHistory:
    """What is on file as an hour begins: real-time prices up to it, day-ahead ones a while on."""
    part = prices.part(0, position + ahead)
    real = part.rt.copy()
    real[position:] = np.nan
    return part.with_columns({**part.columns, "rt_usd_per_mwh": real})


def walked(site: Site, prices: PriceHistory, positions: range) -> list[StatePlan]:
    """Plans of one hour after the other, each from the state of the last, through a file's text."""
    made: list[StatePlan] = []
    remembered = None
    for position in positions:
        step = plan_from_state(site, blank_from(prices, position), remembered, hours=36, network=NETWORK)
        made.append(step)
        remembered = read_remembered(json.loads(json.dumps(step.remembered.to_dict())))
    return made


@pytest.fixture(scope="module")
def hundred_days() -> PriceHistory:
    """Made prices with expensive hours that the day-ahead price announces, three times a day and more."""
    prices = made_up_prices()
    expensive = 400.0 * np.isin(np.arange(prices.hours) % 17, (3, 4, 5, 11))
    columns = {name: prices[name] + expensive for name in ("rt_usd_per_mwh", "da_usd_per_mwh")}
    return prices.with_columns({**prices.columns, **columns})


@pytest.fixture(scope="module")
def month(site: Site, hundred_days: PriceHistory) -> list[StatePlan]:
    """Four days of hours over the end of a month."""
    return walked(site, hundred_days, HOURS)


def test_every_limit_holds_across_calls(
    site: Site, hundred_days: PriceHistory, month: list[StatePlan]
) -> None:
    first = np.array([step.plan.modes[0] for step in month])
    off = np.array([step.plan.interrupted[0] for step in month])
    sold = np.array([step.plan.committed_mw[0] for step in month])
    clock = hundred_days.part(HOURS.start, HOURS.stop).clock(site.zoneinfo)
    check_operation(site, Operation(first, off, sold), clock)
    assert (first == 0).any(axis=0).all() and off.any() and len(np.unique(clock.month)) == 2


def test_sold_reserve_stays_sold(site: Site, month: list[StatePlan]) -> None:
    known: dict = {}
    for step in month:
        for sale in step.remembered.state.sold:
            for n in range(int((sale.end - sale.start) / timedelta(hours=1))):
                assert known.setdefault(sale.start + n * timedelta(hours=1), sale.mw) == sale.mw
    assert any(sum(mw.values()) for mw in known.values())
    begun = month[0].remembered.state.since
    assert all(not any(mw.values()) for when, mw in known.items() if when - begun < timedelta(hours=14))


def test_planned_twice_nothing_changes(site: Site, hundred_days: PriceHistory) -> None:
    remembered = None
    for position in (62 * 24, 62 * 24 + 20):
        prices = blank_from(hundred_days, position)
        once = plan_from_state(site, prices, remembered, network=NETWORK)
        again = plan_from_state(site, prices, once.remembered, network=NETWORK)
        assert once.plan.to_dict() == again.plan.to_dict()
        assert once.remembered.to_dict() == again.remembered.to_dict()
        remembered = once.remembered


def test_a_decided_hour_stays_decided_whatever_comes_later(site: Site, hundred_days: PriceHistory) -> None:
    prices = blank_from(hundred_days, 62 * 24)
    once = plan_from_state(site, prices, None, network=NETWORK)
    dear = prices.with_columns({**prices.columns, "da_usd_per_mwh": prices.da + 5_000 * np.isnan(prices.rt)})
    assert (plan(site, dear, network=NETWORK).modes[0] != once.plan.modes[0]).any()
    again = plan_from_state(site, dear, once.remembered, network=NETWORK)
    assert (again.plan.modes[0] == once.plan.modes[0]).all()
    assert (again.plan.interrupted[0] == once.plan.interrupted[0]).all()
    assert again.remembered.state.machines == once.remembered.state.machines


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
def test_the_reported_case_keeps_its_minimum_off_time() -> None:
    site = load_site(CASES / "state_site.toml")
    remembered, off = None, []
    for name in ("state_a.csv", "state_b.csv"):
        step = plan_from_state(site, read_prices(CASES / name, open_end=True), remembered, network=NETWORK)
        off.append((step.plan.forecast.hours.prices.ts_utc, step.plan.modes[:, 0] == 0))
        remembered = step.remembered
    (first, off_a), (second, off_b) = off
    assert off_a[:8].all() and off_b[:6].all() and second[0] - first[0] == np.timedelta64(2, "h")


def test_a_state_of_elsewhere_or_later_is_refused(site: Site, hundred_days: PriceHistory) -> None:
    prices = blank_from(hundred_days, 62 * 24)
    state = plan_from_state(site, prices, None, network=NETWORK).remembered.state
    for wrong, said in (
        (replace(state, site="other"), "state is that of 'other'"),
        (replace(state, machines=state.machines[:1]), "the site has"),
        (replace(state, machines=(replace(state.machines[0], mode="turbo"), state.machines[1])), "no mode"),
        (replace(state, moment=state.moment + timedelta(days=1)), "after"),
    ):
        with pytest.raises(StateError, match=said):
            plan_from_state(site, prices, Remembered(wrong), network=NETWORK)


def test_a_gap_holds_modes_and_an_old_state_begins_anew(site: Site) -> None:
    moment = made_up_prices().ts_utc[62 * 24].item()
    moment = moment.replace(tzinfo=site.zoneinfo)
    old, new = SiteState.new(site, moment).machines
    state = replace(SiteState.new(site, moment), machines=(replace(old, mode="off", switched=moment), new))
    held = stand_at(site, Remembered(state), moment + timedelta(hours=4))
    assert held.state.machines[0].mode == "off" and held.state.machines[0].off_minutes == 240
    assert "have stayed" in held.notes[0]
    fresh = stand_at(site, Remembered(held.state), moment + timedelta(hours=60))
    assert fresh.state.machines[0].mode == "normal" and fresh.state.machines[0].off_minutes == 240
    assert "too old" in fresh.notes[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d | {"charge": 1}, "not known"),
        (lambda d: d | {"version": 2}, "version 2"),
        (lambda d: d | {"format": "other"}, "not a site's state"),
        (lambda d: d | {"moment": "yesterday"}, "no time"),
        (lambda d: d | {"charge_mwh": {"battery": -1}}, "0 or more"),
        (lambda d: d | {"machines": [d["machines"][0] | {"mode": 3}]}, "'mode'"),
        (lambda d: d | {"machines": [d["machines"][0] | {"off_minutes": 10**9}]}, "a month has fewer"),
        (lambda d: {k: v for k, v in d.items() if k != "ai"}, "lacks 'ai'"),
        (lambda d: [d], "not an object"),
    ],
)
def test_a_damaged_state_is_refused_in_words(site: Site, tmp_path: Path, change, said: str) -> None:
    state = SiteState.new(site, made_up_prices().ts_utc[0].item().replace(tzinfo=site.zoneinfo))
    file = StateFile(tmp_path / "state.json")
    file.write(Remembered(state))
    assert file.read() == Remembered(state)
    file.path.write_text(json.dumps(change(json.loads(file.path.read_text()))))
    with pytest.raises(StateError, match=said) as caught:
        file.read()
    assert str(file.path) in str(caught.value)


def test_two_do_not_use_a_state_at_once(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state.json")
    with file.locked(), pytest.raises(StateError, match="another"), StateFile(file.path).locked(wait=0):
        pass
    for folder in (tmp_path, Path(), Path("/")):
        with pytest.raises(StateError, match="is a folder, not a file"), StateFile(folder).locked():
            pass
    with pytest.raises(StateError, match="folder"), StateFile(tmp_path / "none" / "s.json").locked():
        pass


def test_a_battery_goes_on_with_what_it_holds(hundred_days: PriceHistory) -> None:
    site = load_site("mine_with_battery")
    steps = walked(site, hundred_days, range(62 * 24, 62 * 24 + 8))
    held = [step.plan.stored_mwh for step in steps]
    for before, now, step in zip(held, held[1:], steps[1:], strict=False):
        battery = step.plan.hour(0)["battery"]
        assert abs(now[0] - before[0]) <= site.battery.power_mw / site.battery.discharge_efficiency + 1e-6
        assert battery["stored_mwh"] == pytest.approx(now[0], abs=1e-3)
        begun = step.remembered.before.charge_mwh["battery"]
        assert begun == pytest.approx(before[0], abs=1e-5)
        plan, plant = step.plan, step.plan.plant
        solar = plan.forecast.hours.solar_mw[0] - plant.curtailed_mw[0]
        assert plan.power_mw[0].sum() + site.ai_mw + plant.battery_mw[0] - solar <= site.limit_mw + 1e-6

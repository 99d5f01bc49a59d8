"""A battery and solar power in the books, counted by hand; every limit is checked; no policy looks ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    Backtest,
    Battery,
    InvalidOperation,
    InvalidPrices,
    InvalidSite,
    MeteredPeak,
    Operation,
    PlantSchedule,
    PriceHistory,
    RollingHorizon,
    Site,
    Solar,
    ThresholdRealTime,
    TimeWindow,
    backtest,
    load_site,
    make_price_history,
    parse_site,
    plan,
)
from hashpivot.site.economics import settle_pnl
from hashpivot.site.policies import check_operation
from hashpivot.site.solvers import site_bus
from hashpivot.site.studies import dispatch_window

NETWORK = NetworkHistory.load()
START, END = date(2024, 3, 11), date(2024, 3, 14)
TEXT = """
name = "T"
limit_mw = 100
{top}
[power]
kind = "indexed"
adder_usd_per_mwh = 4
[[machines]]
name = "m"
model = "Antminer S21"
count = 10000
[battery]
power_mw = 10
energy_mwh = 20
{battery}
"""


@pytest.fixture(scope="module")
def site() -> Site:
    return replace(load_site("mine_with_battery"), tariffs=())


def run(site: Site, prices: PriceHistory, *policies: object, regime: str = "live") -> Backtest:
    return backtest(site, prices, START, END, network=NETWORK, regime=regime, policies=policies or None)


def schedule(hours: int, charge: float, discharge: float, curtailed: float = 0.0) -> PlantSchedule:
    """Charges in the first interval and discharges in the second."""
    plant = np.zeros((3, hours))
    plant[0, 0], plant[1, 1], plant[2] = charge, discharge, curtailed
    return PlantSchedule(*plant)


def operation(site: Site, window, plant: PlantSchedule | None, *, on: bool) -> Operation:
    hours = window.actual
    modes = np.where(on, hours.normal, 0) * np.ones((hours.prices.hours, 1), dtype=np.int64)
    return Operation(modes, window.no_interruptions(), np.zeros(modes.shape), plant=plant)


def test_energy_sent_out_earns_the_real_time_price_and_no_adder(site: Site, made: PriceHistory) -> None:
    site = replace(site, solar=None)
    window = dispatch_window(site, made, START, START, network=NETWORK)
    hours, rt = window.actual, window.actual.prices.rt
    pnl = settle_pnl(hours, operation(site, window, schedule(24, 10, 5), on=False))
    wear = 5 * site.battery.cycle_cost_usd_per_mwh
    assert pnl.usd["battery"][0] == pytest.approx(-10 * (rt[0] + 3))
    assert pnl.usd["battery"][1] == pytest.approx(5 * rt[1] - wear)
    assert pnl.drawn_mw[:2] == pytest.approx([10, -5]) and not pnl.usd["power"].any()
    running = settle_pnl(hours, operation(site, window, schedule(24, 10, 5), on=True))
    assert running.usd["battery"][1] == pytest.approx(5 * (rt[1] + 3) - wear)


def test_solar_power_saves_what_power_costs_as_far_as_it_is_used(site: Site, made: PriceHistory) -> None:
    site = replace(site, battery=None, solar=Solar(30.0, (0.5,) * 24))
    window = dispatch_window(site, made, START, START, network=NETWORK)
    hours, rt = window.actual, window.actual.prices.rt
    used = settle_pnl(hours, operation(site, window, None, on=True))
    assert used.usd["solar"] == pytest.approx(15 * (rt + 3))
    sent = settle_pnl(hours, operation(site, window, None, on=False))
    assert sent.usd["solar"] == pytest.approx(15 * rt) and (sent.drawn_mw == -15).all()
    kept_in = replace(site, export_mw=0.0)
    window = dispatch_window(kept_in, made, START, START, network=NETWORK)
    idle = settle_pnl(window.actual, operation(kept_in, window, None, on=False))
    assert not idle.usd["solar"].any() and not idle.drawn_mw.any()


@pytest.mark.parametrize(
    ("plant", "what"),
    [
        (schedule(24, 30, 0), "power_mw 20"),
        (schedule(24, 0, 25), "power_mw 20"),
        (schedule(24, -5, 0), "power_mw 20"),
        (PlantSchedule(np.zeros(24), np.full(24, 9.0), np.zeros(24)), "the battery leaves 4 to 76 MWh"),
        (schedule(24, 0, 0, curtailed=40), "solar power"),
    ],
)
def test_every_limit_of_battery_and_panels_is_checked(
    site: Site, made: PriceHistory, plant: PlantSchedule, what: str
) -> None:
    window = dispatch_window(site, made, START, START, network=NETWORK)
    with pytest.raises(InvalidOperation, match=what):
        check_operation(window.actual, operation(site, window, plant, on=False), "mine")


def test_what_leaves_the_site_is_limited_both_ways(site: Site, made: PriceHistory) -> None:
    for limits, on, plant, what in (
        ({"export_mw": 5.0}, False, schedule(24, 0, 20), "sends out more than export_mw 5"),
        ({"limit_mw": 65.0, "export_mw": 5.0}, True, schedule(24, 20, 0), "draws more than limit_mw 65"),
    ):
        tight = replace(site, solar=None, **limits)
        window = dispatch_window(tight, made, START, START, network=NETWORK)
        with pytest.raises(InvalidOperation, match=what):
            check_operation(window.actual, operation(tight, window, plant, on=on), "mine")


@pytest.mark.parametrize("export", [0.0, 40.0])
@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_foresight_is_proven_and_no_policy_beats_it(
    site: Site, made: PriceHistory, export: float, regime: str
) -> None:
    done = run(replace(site, export_mw=export), made, regime=regime)
    best = done.result("perfect_foresight")
    assert done.gap <= 5e-4 and best.components["battery"] > 0 and best.components["solar"] > 0
    for result in done.results():
        assert result.profit_usd <= best.profit_usd * (1 + done.gap) + 1
    assert done.result("rolling_horizon").components["battery"] > 0 or regime == "lagged"


@pytest.mark.parametrize("regime", ["live", "lagged"])
@pytest.mark.parametrize("own_peaks", [False, True], ids=["plain", "own peaks"])
def test_no_decision_changes_with_the_future_turned_upside_down(
    site: Site, made: PriceHistory, regime: str, own_peaks: bool
) -> None:
    if own_peaks:
        always, evening = TimeWindow(), TimeWindow(hours=(16, 17, 18, 19))
        year = (date(2024, 1, 1), date(2024, 12, 31))
        charges = (MeteredPeak("own", *year, 5.0, always), MeteredPeak("evening", *year, 4.0, evening))
        site = replace(site, tariffs=charges)
    solar = np.clip(np.sin((np.arange(made.hours) % 24 - 12) / 12 * np.pi), 0, 1) * 25
    columns = {**made.columns, "site_solar_mw": solar}
    at = int(np.searchsorted(made.ts_utc, np.datetime64("2024-03-12T19:00")))
    turned = {name: values.copy() for name, values in columns.items()}
    for name in turned:
        future = turned[name][at:]
        turned[name][at:] = future.min() + future.max() - future
    # day-ahead prices of the day are out by then, and stay as they were published
    day = slice(at, at + 12)
    turned["da_usd_per_mwh"][day] = columns["da_usd_per_mwh"][day]
    policies = (ThresholdRealTime(), RollingHorizon())
    results = []
    for history in (columns, turned):
        prices = make_price_history(made.ts_utc, history, "made", "made")
        results.append(run(site, prices, *policies, regime=regime))
    until = int(np.searchsorted(results[0].hours.prices.ts_utc, made.ts_utc[at]))
    for policy in ("threshold", "rolling_horizon"):
        before, after = (done.operations[policy] for done in results)
        assert before.plant is not None and after.plant is not None
        for name in ("charge_mw", "discharge_mw", "curtailed_mw"):
            one, other = getattr(before.plant, name)[:until], getattr(after.plant, name)[:until]
            assert (one == other).all(), (policy, name)
        assert (before.modes[:until] == after.modes[:until]).all()


def test_a_battery_rule_fills_when_cheap_and_empties_when_expensive(site: Site, made: PriceHistory) -> None:
    done = run(site, made, ThresholdRealTime())
    plant, rt = done.operations["threshold"].plant, done.hours.prices.rt
    assert plant is not None
    assert rt[plant.charge_mw > 0].max() < rt[plant.discharge_mw > 0].min()


def test_a_plan_shows_battery_and_panels(site: Site, made: PriceHistory) -> None:
    made_plan = plan(site, made, datetime(2024, 3, 20, 15), 24, network=NETWORK)
    hours = made_plan.to_dict()["hours"]
    assert {row["battery"]["mode"] for row in hours} <= {"charge", "discharge", "rest"}
    stored = [row["battery"]["stored_mwh"] for row in hours]
    assert min(stored) >= 4 - 1e-6 and max(stored) <= 76 + 1e-6 and max(stored) > min(stored)
    assert {"battery", "solar"} <= {row["name"] for row in made_plan.records()}


def test_the_column_comes_before_the_profile_and_is_checked(site: Site, made: PriceHistory) -> None:
    column = np.full(made.hours, 12.0)
    prices = make_price_history(made.ts_utc, {**made.columns, "site_solar_mw": column}, "made", "made")
    window = dispatch_window(site, prices, START, START, network=NETWORK)
    assert (window.actual.solar_mw == 12).all()
    column[int(np.searchsorted(made.ts_utc, np.datetime64("2024-03-12T19:00")))] = 3000.0
    wrong = make_price_history(made.ts_utc, {**made.columns, "site_solar_mw": column}, "made", "made")
    with pytest.raises(InvalidPrices, match=r"3000.*30 MW"):
        run(site, wrong, ThresholdRealTime())
    dark = replace(site, solar=Solar(30.0))
    assert any("[solar] gives nothing" in note for note in run(dark, made, ThresholdRealTime()).notes)


@pytest.mark.parametrize(
    ("top", "battery", "key"),
    [
        ("", "min_soc = 0.9\nmax_soc = 0.2", "max_soc"),
        ("", "initial_soc = 1.5", "initial_soc"),
        ("", "max_soc = 0.4\ninitial_soc = 0.8", "initial_soc"),
        ("", "charge_efficiency = 95", "charge_efficiency"),
        ("", "power = 3", "power"),
        ("export_mw = -1", "", "export_mw"),
    ],
)
def test_wrong_keys_are_named(top: str, battery: str, key: str) -> None:
    with pytest.raises(InvalidSite, match=key):
        parse_site(TEXT.format(top=top, battery=battery))


def test_an_export_needs_something_to_send_out() -> None:
    text = TEXT.format(top="export_mw = 5", battery="")
    assert parse_site(text).export_mw == 5
    with pytest.raises(InvalidSite, match="export_mw"):
        parse_site(text[: text.index("[battery]")])
    with pytest.raises(InvalidSite, match="below 0"):
        parse_site(text.replace("adder_usd_per_mwh = 4", "adder_usd_per_mwh = -4"))


def test_an_export_is_refused_where_power_is_bought_below_what_is_sent_out_earns() -> None:
    text = TEXT.format(top="export_mw = 5", battery="")
    fee = '[[tariffs]]\nname = "f"\nkind = "pass_through"\nshare = {}\nlosses = 0.1\n'
    assert parse_site(text + fee.format(-0.1)).export_mw == 5
    with pytest.raises(InvalidSite, match="below 0"):
        parse_site(text + fee.format(-0.6))
    wide = 'kind = "collar"\ncap_usd_per_mwh = 6000\nfloor_usd_per_mwh = -150'
    with pytest.raises(InvalidSite, match="collar"):
        parse_site(text.replace('kind = "indexed"', wide))
    assert parse_site(text.replace('kind = "indexed"', f"{wide}\ncollar_mw = 5")).export_mw == 5


def test_a_group_larger_than_the_limit_runs_in_part(made: PriceHistory) -> None:
    text = TEXT.format(top="", battery="").replace("limit_mw = 100", "limit_mw = 14")
    site = parse_site(text[: text.index("[battery]")])
    done = run(site, made)
    assert site.normal_mw == pytest.approx(14) and done.pnl["always_on"].drawn_mw.max() == pytest.approx(14)
    whole = parse_site(text[: text.index("[battery]")].replace("limit_mw = 14", "limit_mw = 100"))
    share = 14 / whole.normal_mw
    assert site.machines[0].idle_share == pytest.approx(1 - share)
    mined = run(whole, made).result("always_on").components["mining"]
    assert done.result("always_on").components["mining"] == pytest.approx(share * mined)
    assert any("never run" in note for note in done.notes)


def test_a_battery_without_work_changes_nothing(west: Site, made: PriceHistory) -> None:
    tiny = replace(west, battery=Battery(1e-6, 1e-6))
    for regime in ("live", "lagged"):
        plain, done = (run(each, made, regime=regime) for each in (west, tiny))
        for name, result in plain.pnl.items():
            if name != "perfect_foresight":
                assert done.pnl[name].profit_usd.sum() == pytest.approx(result.profit_usd.sum(), abs=0.1)
        ratio = done.result("perfect_foresight").profit_usd / plain.result("perfect_foresight").profit_usd
        assert ratio == pytest.approx(1, abs=done.gap + 1e-9)


def test_the_bound_beside_ai_load_allows_for_other_interruptions(made: PriceHistory) -> None:
    campus = replace(
        load_site("ai_campus"), tariffs=(), battery=Battery(20.0, 40.0), solar=Solar(60.0, (0.6,) * 24)
    )
    window = dispatch_window(campus, made, START, END, network=NETWORK)
    hours, none = window.actual, window.no_interruptions()
    best = run(campus, made).result("perfect_foresight")
    bus = site_bus(hours, hours.prices.rt, hours.peak, none)
    price = hours.prices.rt + 3
    assert bus.other_interruptions_usd is not None and bus.other_interruptions_usd(price) >= 0
    assert best.profit_usd > run(campus, made).result("always_on").profit_usd


def test_hours_cut_in_quarters_bring_the_same(site: Site, made: PriceHistory) -> None:
    quarters = np.arange(4) * np.timedelta64(15, "m")
    ts_utc = (made.ts_utc.astype("datetime64[m]")[:, None] + quarters).ravel()
    cut = make_price_history(ts_utc, {k: np.repeat(v, 4) for k, v in made.columns.items()}, "made", "made")
    free = replace(site, machines=(replace(site.machines[0], restart_minutes=0.0),))
    whole, parts = (run(free, prices) for prices in (made, cut))
    for name in ("always_on", "perfect_foresight"):
        one, other = whole.result(name), parts.result(name)
        assert other.profit_usd == pytest.approx(one.profit_usd, rel=2e-4)
        assert other.components["solar"] == pytest.approx(one.components["solar"], rel=1e-6)
        assert other.components["battery"] == pytest.approx(one.components["battery"], rel=0.02, abs=1)


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_a_site_without_machines_has_battery_and_panels(made: PriceHistory, regime: str) -> None:
    campus = replace(load_site("ai_campus"), machines=(), tariffs=())
    done = run(
        replace(campus, battery=Battery(10.0, 40.0), solar=Solar(80.0, (0.7,) * 24)), made, regime=regime
    )
    best = done.result("perfect_foresight")
    assert best.components["solar"] > 0 and all(r.profit_usd <= best.profit_usd + 1 for r in done.results())

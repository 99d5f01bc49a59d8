"""Reserve that is called: a day of each kind of load resource by hand, and what no operation may do."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    DispatchWindow,
    InvalidPrices,
    Operation,
    ProfitAndLoss,
    default_policies,
    make_price_history,
    parse_site,
)
from hashpivot.site.economics import (
    CalledPower,
    HourlyEconomics,
    income_usd,
    most_with_calls,
    settle_pnl,
)
from hashpivot.site.information import knowledge_of
from hashpivot.site.model import NotForThisSite
from hashpivot.site.solvers import perfect_foresight
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()
SITE = """
name = "S"
limit_mw = 20
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 1000
modes.normal = { ths = 400, watts = 10_000 }
start_cost_usd = 150
restart_minutes = 30
"""
RESERVE = """
[[reserves]]
product = "rrs"
deployment_cost_usd_per_mwh = 100
"""
HASHPRICE = 60.0
"""USD per PH/s and day: the group of 400 PH/s earns 1,000 an hour."""


def settled(
    site: str, called: dict[int, float], *, clear: bool = False
) -> tuple[ProfitAndLoss, HourlyEconomics]:
    """A day all machines run, power at 40, 10 MW of responsive reserve sold at 12, called in some hours."""
    share = np.zeros(24)
    share[list(called)] = list(called.values())
    columns = {name: np.full(24, 40.0) for name in ("rt_usd_per_mwh", "da_usd_per_mwh")}
    columns |= {"as_rrs": np.full(24, 12.0), "rt_as_rrs": np.full(24, 7.0), "rrs_called": share}
    begin = np.datetime64("2025-12-10T06" if clear else "2025-11-10T06", "h")
    history = make_price_history(begin + np.arange(24), columns, "z", "made")
    hours = knowledge_of(parse_site(site), history, NETWORK).actual.with_hashprice(np.full(24, HASHPRICE))
    operation = Operation(
        np.ones((24, 1), dtype=np.int64), np.zeros((24, 0), dtype=bool), np.full((24, 1), 10.0)
    )
    return settle_pnl(hours, operation), hours


def test_a_controllable_load_drops_by_the_share_called() -> None:
    """40% is called from 14:00 to 16:00: 4 of 10 MW are off for two hours."""
    pnl, _ = settled(SITE + RESERVE + 'resource = "clr"\n', {14: 0.4, 15: 0.4})
    by_hand = {
        "mining": 24 * 1_000 - 2 * 400 - 0.4 * 500,  # two hours of 40%; their restart loses half an hour
        "power": -(24 * 400 - 2 * 4 * 40.0),
        "reserves": 24 * 10 * 12.0 - 2 * 4 * 100.0,  # paid while called; a called MWh costs 100
        "wear": -0.4 * 150,
    }
    assert {name: pnl.usd[name].sum() for name in by_hand} == pytest.approx(by_hand)
    assert pnl.profit_usd.sum() == pytest.approx(sum(by_hand.values()))
    assert pnl.drawn_mw[13:17].tolist() == pytest.approx([10, 6, 6, 10])
    assert pnl.called_mw[13:17].tolist() == pytest.approx([0, 4, 4, 0])
    assert pnl.off_share[14] == pytest.approx(0.4) and pnl.starts.sum() == 1


def test_a_load_that_is_not_controllable_is_off_as_a_whole() -> None:
    """Any call takes all 10 MW; they stay off for the three hours they need."""
    site = SITE + "min_off_hours = 3\n" + RESERVE + 'resource = "non-clr"\n'
    pnl, _ = settled(site, {14: 0.4, 15: 0.4})
    by_hand = {
        "mining": 21 * 1_000 - 500,  # off at 14:00, 15:00 and 16:00; a restart loses half an hour
        "power": -21 * 400.0,
        "reserves": 24 * 10 * 12.0 - 2 * 10 * 100.0,  # ready again within three hours: held all day
        "wear": -150.0,
    }
    assert {name: pnl.usd[name].sum() for name in by_hand} == pytest.approx(by_hand)
    assert pnl.profit_usd.sum() == pytest.approx(sum(by_hand.values()))
    assert pnl.drawn_mw[13:18].tolist() == [10, 0, 0, 0, 10]


def test_a_controllable_load_that_cannot_follow_is_fined() -> None:
    """Called at 14:00 alone, it stays off until 17:00: 4 MW are missing for two hours, each at twice 12."""
    pnl, _ = settled(SITE + "min_off_hours = 3\n" + RESERVE, {14: 0.4})
    assert pnl.drawn_mw[13:18].tolist() == pytest.approx([10, 6, 6, 6, 10])
    assert pnl.usd["reserves"].sum() == pytest.approx(24 * 10 * 12 - 2 * 4 * 12 * 2 - 4 * 100)


def test_where_reserve_is_cleared_in_real_time_what_is_held_is_called() -> None:
    pnl, _ = settled(SITE + RESERVE, {14: 0.4}, clear=True)
    assert pnl.usd["reserves"].sum() == pytest.approx(24 * 10 * 12.0 - 4 * 100)
    assert pnl.drawn_mw[14] == pytest.approx(6)


def test_the_average_is_settled_only_where_no_calls_are_given() -> None:
    """2% of the time at USD 100 is USD 2 a MW; with a column of calls just these are paid for."""
    site = SITE + RESERVE + "deployed_share = 0.02\n"
    pnl, hours = settled(site, {14: 1.0})
    assert pnl.usd["reserves"].sum() == pytest.approx(24 * 10 * 12 - 10 * 100)
    assert hours.reserve_prices.best == pytest.approx(10)  # what offers count on
    prices = hours.prices.with_columns({k: v for k, v in hours.prices.items() if k != "rrs_called"})
    operation = Operation(
        np.ones((24, 1), dtype=np.int64), np.zeros((24, 0), dtype=bool), np.full((24, 1), 10.0)
    )
    average = settle_pnl(replace(hours, prices=prices), operation)
    assert average.usd["reserves"].sum() == pytest.approx(24 * 10 * (12 - 2))
    assert average.called_mw.sum() == 0 and average.drawn_mw.min() == 10


def test_a_share_beyond_one_is_refused() -> None:
    with pytest.raises(InvalidPrices, match="rrs_called is 40 at") as refused:
        settled(SITE + RESERVE, {14: 40})
    assert "from 0 to 1" in str(refused.value)


def test_beside_a_battery_calls_are_refused() -> None:
    battery = "[battery]\npower_mw = 1\nenergy_mwh = 2\n"
    settled(SITE + RESERVE + battery, {})
    with pytest.raises(NotForThisSite, match="calls of reserve are not settled beside"):
        settled(SITE + RESERVE + battery, {14: 0.5})


GROUPS = """
name = "S"
limit_mw = 60
[power]
kind = "indexed"
[[machines]]
name = "a"
model = "Antminer S21"
count = 1000
modes.eco = {{ ths = 150, watts = 6_000 }}
modes.normal = {{ ths = 400, watts = 10_000 }}
min_off_hours = {min_off}
min_on_hours = 2
start_cost_usd = {cost}
[[machines]]
name = "b"
model = "Antminer S21"
count = 1000
modes.normal = {{ ths = 120, watts = 5_000 }}
stop_cost_usd = {cost}
reserve_share = 0.6
min_off_hours = {other}
[[reserves]]
product = "rrs"
resource = "{kind}"
cap_mw = {cap}
deployment_cost_usd_per_mwh = {each}
[[reserves]]
product = "ecrs"
resource = "{kind}"
deployment_cost_usd_per_mwh = 20
"""


@st.composite
def called_days(draw: st.DrawFn, count: int = 24) -> tuple[HourlyEconomics, np.random.Generator]:
    """Hours of two groups and two products, some of them called."""
    chance = np.random.default_rng(draw(st.integers(0, 2**31)))
    site = parse_site(
        GROUPS.format(
            min_off=draw(st.integers(1, 3)),
            other=draw(st.integers(1, 3)),
            cost=draw(st.sampled_from([0, 200])),
            kind=draw(st.sampled_from(["clr", "non-clr"])),
            cap=draw(st.sampled_from([4, 50])),
            each=draw(st.sampled_from([0, 300])),
        )
    )
    columns = {name: chance.normal(60, 60, count) for name in ("rt_usd_per_mwh", "da_usd_per_mwh")}
    for name in ("rrs", "ecrs"):
        columns[f"as_{name}"] = chance.gamma(1, 12, count)
        columns[f"rt_as_{name}"] = chance.gamma(1, 12, count)
        columns[f"{name}_called"] = (chance.random(count) < 0.25) * chance.uniform(0, 1, count)
    begin = np.datetime64(draw(st.sampled_from(["2025-12-10T06", "2025-11-10T06"])), "h")
    history = make_price_history(begin + np.arange(count), columns, "z", "made")
    hours = knowledge_of(site, history, NETWORK).actual.with_hashprice(np.full(count, HASHPRICE))
    return hours, chance


@settings(max_examples=40, deadline=None)
@given(called_days())
def test_called_megawatts_never_run(day: tuple[HourlyEconomics, np.random.Generator]) -> None:
    """Whatever an operation does, what is called of each group is off, and only for a while after."""
    hours, chance = day
    modes = np.stack([chance.integers(0, 3, 24), chance.integers(0, 2, 24)], axis=1)
    sold = chance.uniform(0, 1, (24, 1)) * hours.normal_reserve_mw
    sold *= np.minimum(1.0, hours.reserve_prices.most_mw / np.maximum(sold.sum(axis=1), 1e-12))[:, None]
    pnl, calls = (
        settle_pnl(hours, Operation(modes, np.zeros((24, 0), dtype=bool), sold)),
        CalledPower.of(hours, modes, sold),
    )
    power = hours.drawn_mw(modes)
    left = power * (1 - calls.off_share)
    assert (left <= power - calls.called_mw + 1e-9).all() and (left >= -1e-9).all()
    assert pnl.machines_mw == pytest.approx(left.sum(axis=1))
    holds = hours.held_mw(modes)
    held = np.where(hours.reserve_prices.cleared[:, None], holds, np.minimum(sold, holds)).sum(axis=1)
    share = hours.reserve_prices.calls.share
    sells = hours.reserve_prices.cap_mw > 0
    least, most = (
        pick(np.where(sells, share, worst), axis=0) for pick, worst in ((np.min, 1.0), (np.max, 0.0))
    )
    inside = np.minimum(held, hours.reserve_prices.cap_mw.sum(axis=0))
    assert (pnl.called_mw >= least * inside - 1e-9).all() and (pnl.called_mw <= most * inside + 1e-9).all()
    assert (calls.off_share[modes == 0] == 0).all()


def operations(hours: HourlyEconomics) -> list[Operation]:
    """All operations of the two groups that keep their times, reserve sold or kept wherever it is called."""
    count = hours.prices.hours
    rows = [
        [row for row in product(range(most + 1), repeat=count) if _keeps(row, group)]
        for group, most in zip(hours.machines, (2, 1), strict=True)
    ]
    chance = np.random.default_rng(1)
    found = []
    for _ in range(150):
        modes = np.array([each[chance.integers(len(each))] for each in rows]).T
        holds = hours.held_mw(modes)
        holds = holds * (chance.random((count, 1)) < 0.7)
        cut = np.minimum(1.0, hours.reserve_prices.most_mw / np.maximum(holds.sum(axis=1), 1e-12))
        found.append(Operation(modes, np.zeros((count, 0), dtype=bool), holds * cut[:, None]))
    return found


def _keeps(row: tuple[int, ...], group: object) -> bool:
    on = [True] * 5 + [mode > 0 for mode in row]
    begin = 0
    for t in range(1, len(on)):
        if on[t] != on[t - 1]:
            least = group.min_on_hours if on[t - 1] else group.min_off_hours  # type: ignore[attr-defined]
            if t - begin < least:
                return False
            begin = t
    return True


@settings(max_examples=10, deadline=None)
@given(called_days(count=6))
def test_no_operation_beats_the_bound_of_foresight(day: tuple[HourlyEconomics, np.random.Generator]) -> None:
    """Nor does any bring more with its calls than at the rewards and prices that the bound rests on."""
    hours, _ = day
    best, solution = perfect_foresight(hours)
    most = settle_pnl(hours, best).profit_usd.sum() + solution.bound_usd - solution.value_usd
    rewards = hours.rewards(np.arange(6), hours.prices.rt, hours.peak)
    relaxed, stack = most_with_calls(hours, rewards)
    added = np.where(hours.possible, relaxed, 0.0) - np.where(hours.possible, rewards, 0.0)
    bare = replace(hours, site=replace(hours.site, reserves=()))
    for operation in operations(hours):
        profit, alone = (settle_pnl(each, operation).profit_usd.sum() for each in (hours, bare))
        assert profit <= most + 1e-6 * abs(most) + 1e-6
        held = hours.held_mw(operation.modes).sum(axis=1)
        reserve = income_usd(stack.price_usd_per_mw, stack.cap_mw, held)
        reserve += hours.reserve_prices.award_usd(operation.committed_mw.sum(axis=1))
        more = np.take_along_axis(added, operation.modes[:, :, None], 2).sum()
        assert profit - alone <= more + reserve.sum() + 1e-6


def test_calls_to_come_change_no_decision_and_none_is_as_without_them() -> None:
    site = parse_site(GROUPS.format(min_off=2, other=1, cost=50, kind="clr", cap=8, each=100))
    made = made_up_prices()
    chance = np.random.default_rng(2)
    share = (chance.random(made.hours) < 0.03) * chance.random(made.hours)
    first = made.hours - 20 * 24

    def run(called: np.ndarray | None) -> dict[str, tuple[Operation, ProfitAndLoss]]:
        columns = {} if called is None else {"rrs_called": called, "ecrs_called": called}
        history = made.with_columns({**made.columns, **columns})
        window = DispatchWindow(knowledge_of(site, history, NETWORK, first), first, made.hours, "live")
        done = {policy.name: policy.operate(window) for policy in default_policies()}
        return {name: (operation, settle_pnl(window.actual, operation)) for name, operation in done.items()}

    bare, none, some = run(None), run(0 * share), run(share)
    foresight = "perfect_foresight"
    for name, (operation, pnl) in bare.items():
        same, also = none[name]
        assert (same.modes == operation.modes).all() and (same.committed_mw == operation.committed_mw).all()
        assert all((also.usd[part] == pnl.usd[part]).all() for part in pnl.usd)
        if name != foresight:
            assert (some[name][0].modes == operation.modes).all()
            assert (some[name][0].committed_mw == operation.committed_mw).all()
            assert some[name][1].called_mw.sum() > 0
    profits = {name: pnl.profit_usd.sum() for name, (_, pnl) in some.items()}
    gap = some[foresight][0].optimality_gap
    assert gap is not None and gap < 0.005
    assert all(usd <= profits[foresight] for usd in profits.values())

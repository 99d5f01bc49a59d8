"""Groups switched in parts: decided apart where they compete, as one where they do not, told as one group."""

from __future__ import annotations

from datetime import date, datetime
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    POLICIES,
    InvalidSite,
    PriceHistory,
    Site,
    backtest,
    make_price_history,
    parse_site,
    plan,
)
from hashpivot.site.information._knowledge import knowledge_of
from hashpivot.site.model import positions_by_group
from hashpivot.site.solvers._foresight import perfect_foresight
from hashpivot.testing import made_up_prices

from .checks import check_operation

NETWORK = NetworkHistory.load()
TEXT = """
name = "Parts"
limit_mw = {limit}
[power]
kind = "indexed"
basis_usd_per_mwh = 0
[[machines]]
name = "old"
model = "Bitmain Antminer S19J Pro"
count = 1200
start_cost_usd = 24
stop_cost_usd = 12
min_on_hours = 2
{parts}
[[machines]]
name = "new"
model = "Antminer S21"
count = 500
min_off_hours = 2
{more}
"""
RESERVE = '[[reserves]]\nproduct = "rrs"\ncap_mw = {cap}'
START, END = date(2024, 3, 4), date(2024, 3, 9)


def site_of(parts: int | None = None, limit: float = 10.0, more: str = "") -> Site:
    return parse_site(TEXT.format(limit=limit, parts=f"parts = {parts}" if parts else "", more=more))


def test_one_part_is_no_part() -> None:
    assert site_of(1, 4.0) == site_of(None, 4.0)


def test_parts_that_share_nothing_are_decided_as_one_and_cost_nothing(made: PriceHistory) -> None:
    four, whole = site_of(4), site_of()
    assert [group.name for group in four.machines] == ["old", "new"]
    runs = [backtest(site, made, START, END, network=NETWORK) for site in (four, whole)]
    for policy in POLICIES:
        np.testing.assert_array_equal(runs[0].operations[policy].modes, runs[1].operations[policy].modes)
        assert runs[0].result(policy).profit_usd == runs[1].result(policy).profit_usd


@pytest.mark.parametrize(
    ("limit", "more", "apart"),
    [
        (10.0, RESERVE.format(cap=9), False),
        (10.0, RESERVE.format(cap=2), True),
        (5.0, "", True),
        (10.0, "[solar]\ncapacity_mw = 2", True),
        (10.0, '[[tariffs]]\nname = "own"\nkind = "own_peak"\nusd_per_kw_month = 5', True),
        (10.0, '[[tariffs]]\nname = "cp"\nkind = "coincident_peak"\nusd_per_kw_year = 60', False),
    ],
)
def test_parts_are_apart_where_something_may_not_do_for_all(limit: float, more: str, apart: bool) -> None:
    site, whole = site_of(4, limit, more), site_of(None, limit, more)
    assert len(site.machines) == (5 if apart else 2)
    assert site.normal_mw == pytest.approx(whole.normal_mw)
    groups = positions_by_group(site.machines)
    assert list(groups) == ["old", "new"]
    for attribute in ("start_cost_usd", "stop_cost_usd"):
        shares = [getattr(site.machines[g], attribute) for g in groups["old"]]
        assert sum(shares) == pytest.approx(getattr(whole.machines[0], attribute))


def test_a_group_larger_than_the_limit_is_cut_before_it_is_parted() -> None:
    site = site_of(4, 3.0)
    assert sum(group.modes[0].power_mw for group in site.machines[:4]) == pytest.approx(3.0)
    assert {round(group.idle_share, 6) for group in site.machines[:4]} == {
        round(site_of(None, 3.0).machines[0].idle_share, 6)
    }


@pytest.mark.parametrize(("parts", "why"), [("0", "from 1 to 20"), ("21", "from 1 to 20"), ("2.5", "whole")])
def test_parts_are_a_small_whole_number(parts: str, why: str) -> None:
    with pytest.raises(InvalidSite, match=why):
        parse_site(TEXT.format(limit=9, parts=f"parts = {parts}", more=""))


def test_a_group_named_as_a_part_of_another_is_an_error() -> None:
    text = TEXT.format(limit=4, parts="parts = 2", more="").replace('"new"', '"old 1/2"')
    with pytest.raises(InvalidSite, match="two tables named 'old 1/2'"):
        parse_site(text)


def test_foresight_is_the_best_of_all_operations_of_parts(made: PriceHistory) -> None:
    pytest.importorskip("highspy", reason="highspy is not installed: a binding limit needs it to be proven")
    hours, chance = 5, np.random.default_rng(4)
    site = site_of(3, 3.6)
    assert len(site.machines) == 4
    for _ in range(2):
        columns = {name: values[:hours].copy() for name, values in made.columns.items()}
        columns["rt_usd_per_mwh"] = chance.normal(60, 60, hours)
        prices = make_price_history(made.ts_utc[:hours], columns, "made", "made")
        known = knowledge_of(site, prices, NETWORK).actual
        _, solution = perfect_foresight(known)
        rewards = known.rewards(np.arange(hours), prices.rt, np.zeros(hours))
        worth = [lists(known, rewards, g) for g in range(4)]
        best = max(
            sum(usd for usd, _ in chosen)
            for chosen in product(*worth)
            if (sum(mw for _, mw in chosen) <= site.machines_limit_mw + 1e-9).all()
        )
        assert solution.value_usd == pytest.approx(best, rel=6e-4) and solution.bound_usd >= best - 1e-6


def lists(known, rewards: np.ndarray, g: int) -> list[tuple[float, np.ndarray]]:
    """Every operation of one group that keeps its times: what it brings and draws."""
    group, found = known.site.machines[g], []
    for modes in product(range(len(group.modes) + 1), repeat=len(rewards)):
        was, since, usd, fits = True, 99, 0.0, True
        for t, mode in enumerate(modes):
            usd += rewards[t, g, mode]
            if (mode > 0) == was:
                since += 1
                continue
            fits &= since >= (group.min_on_hours if was else group.min_off_hours)
            usd -= known.start_usd[t, g] if mode else known.stop_usd[g]
            was, since = mode > 0, 1
        if fits:
            found.append((usd, known.power_mw[g][list(modes)]))
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**6),
    parts=st.integers(2, 5),
    limit=st.floats(3.0, 5.4),
    cap=st.one_of(st.none(), st.floats(0.5, 4.0)),
    regime=st.sampled_from(["live", "lagged"]),
)
def test_parts_keep_every_limit_and_never_lower_what_foresight_earns(
    seed: int, parts: int, limit: float, cap: float | None, regime: str
) -> None:
    pytest.importorskip("highspy", reason="highspy is not installed: a binding limit needs it to be proven")
    prices, more = made_up_prices(seed=seed), "" if cap is None else RESERVE.format(cap=cap)
    apart, whole = site_of(parts, limit, more), site_of(None, limit, more)
    done, other = (backtest(s, prices, START, END, network=NETWORK, regime=regime) for s in (apart, whole))
    for policy in POLICIES:
        check_operation(apart, done.operations[policy], done.hours.clock)
    best, without = (run.result("perfect_foresight").profit_usd for run in (done, other))
    assert best >= without - 1e-3 * abs(without)


def test_a_plan_tells_parts_as_one_group(made: PriceHistory) -> None:
    made_plan = plan(site_of(4, 4.0), made, datetime(2024, 3, 20, 12), network=NETWORK)
    for t, hour in enumerate(made_plan.to_dict()["hours"]):
        old, new = hour["groups"]
        assert (old["name"], new["name"]) == ("old", "new") and "parts" not in new
        assert old["power_mw"] == pytest.approx(
            sum(made_plan.forecast.hours.power_mw[g, made_plan.modes[t, g]] for g in range(4)), abs=1e-3
        )
        running = sum(mode != "off" for mode in old["parts"])
        assert old["mode"] == {0: "off", 4: "normal"}.get(running, f"{running}/4 normal")
        assert old["power_mw"] + new["power_mw"] <= 4.0 + 1e-3
    assert {row["name"] for row in made_plan.records()} == {"old", "new"}

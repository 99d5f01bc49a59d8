"""The dispatch against HiGHS, an independent solver, and against plain counting of every limit."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.site import Machines, Mode, Unsolvable
from hashpivot.site.solvers._dynamic_programme import DispatchProblem, best_modes, total_usd
from hashpivot.site.solvers._lagrangian import TOLERANCE, _by_windows, _Search, dispatch
from hashpivot.site.solvers._shared_limits import SharedLimits

from ..checks import check_groups
from .instances import instances

pytest.importorskip("highspy", reason="highspy is not installed: nothing to compare with")
from hashpivot.site.solvers._mixed_integer import solve_milp

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
@given(instances(coupled=False))
def test_separable_groups_reach_the_optimum_of_highs(instance: tuple[DispatchProblem, SharedLimits]) -> None:
    groups, coupling = instance
    found = dispatch(groups, coupling)
    _, brought, _ = solve_milp(groups, coupling)
    assert found.gap == 0 and found.method == "separate"
    assert found.value_usd == pytest.approx(brought, rel=1e-6, abs=1e-4)
    check_groups(list(groups.machines), found.modes, np.cumsum(groups.new_month))


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(instances(coupled=True))
def test_coupled_groups_keep_limits_and_their_gap(instance: tuple[DispatchProblem, SharedLimits]) -> None:
    groups, coupling = instance
    try:
        _, brought, _ = solve_milp(groups, coupling)
    except Unsolvable:
        with pytest.raises(Unsolvable):
            dispatch(groups, coupling)
        return
    found = dispatch(groups, coupling)
    room = 1e-6 * max(1.0, abs(brought)) + 1e-4
    assert found.gap <= TOLERANCE
    assert found.value_usd <= brought + room and found.bound_usd >= brought - room
    assert brought - found.value_usd <= TOLERANCE * max(abs(found.value_usd), 1.0) + room
    assert (coupling.drawn(found.modes).sum(axis=1) <= coupling.limit_mw * (1 + 1e-6)).all()
    check_groups(list(groups.machines), found.modes, np.cumsum(groups.new_month))


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(instances(coupled=True))
def test_prices_of_shared_limits_give_true_bounds(instance: tuple[DispatchProblem, SharedLimits]) -> None:
    groups, coupling = instance
    search = _Search(groups, coupling)
    found = search.run(TOLERANCE)
    try:
        _, brought, _ = solve_milp(groups, coupling)
    except Unsolvable:
        return
    room = 1e-6 * max(1.0, abs(brought)) + 1e-4
    assert search.bound >= brought - room
    if found is not None:
        assert found.value_usd <= brought + room
        assert found.value_usd == pytest.approx(search.true_value(found.modes))
        assert (coupling.drawn(found.modes).sum(axis=1) <= coupling.limit_mw * (1 + 1e-6)).all()


def test_months_solved_apart_are_put_together_within_the_gap() -> None:
    chance = np.random.default_rng(3)
    hours, machines = (
        1500,
        [
            Machines(f"m{n}", (Mode("eco", 70.0, 4.0), Mode("normal", 100.0, 6.0 + n)), 60.0, 5.0, 0, 3, 2)
            for n in range(2)
        ],
    )
    power = np.array([[0, *(mode.power_mw for mode in m.modes)] for m in machines])
    price = chance.normal(60, 25, hours)
    rewards = power * np.array([0, 74.0, 70.0]) - price[:, None, None] * power
    begins = np.zeros(hours, dtype=bool)
    begins[720] = True
    groups = DispatchProblem(machines, rewards, np.full((hours, 2), 60.0), np.full(2, 5.0), begins)
    limits = SharedLimits(power, power, np.full(hours, 11.0), np.zeros((0, hours)), np.zeros((0, hours)))
    found = _by_windows(_Search(groups, limits), TOLERANCE)
    assert found.method == "highs" and found.gap <= TOLERANCE
    by_prices = dispatch(groups, limits)
    assert by_prices.method == "lagrangian" and by_prices.gap <= TOLERANCE
    assert by_prices.value_usd <= found.bound_usd and found.value_usd <= by_prices.bound_usd
    check_groups(machines, found.modes, np.cumsum(begins))
    assert (np.take_along_axis(power[None], found.modes[:, :, None], 2).sum(axis=(1, 2)) <= 11.0 + 1e-6).all()


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(instances(coupled=True), st.booleans())
def test_the_modes_that_fit_together_best_are_found(
    instance: tuple[DispatchProblem, SharedLimits], several: bool
) -> None:
    groups, limits = instance
    usd = groups.rewards
    if several:  # two halves of groups meet, and reserves do not count
        power, usd = np.repeat(limits.power_mw, 2, axis=0), np.repeat(usd, 2, axis=1)
        none = np.zeros((0, len(usd)))
        limits = SharedLimits(power, 0 * power, 1.3 * limits.limit_mw, none, none)
    brought, modes = limits.best_within(usd)
    every = np.array(list(product(range(usd.shape[2]), repeat=usd.shape[1])))
    group = np.arange(usd.shape[1])
    fits = limits.power_mw[group, every].sum(axis=1) <= limits.limit_mw[:, None]
    income = limits.income(np.tile(limits.reserve_mw[group, every].sum(axis=1), (len(usd), 1)))
    total = usd[:, group, every].sum(axis=2) + (income if limits.reserves_counted else 0.0)
    np.testing.assert_allclose(brought, np.where(fits, total, -np.inf).max(axis=1))
    found = usd[np.arange(len(usd))[:, None], group, modes].sum(axis=1)
    if limits.reserves_counted:
        found = found + limits.income(limits.held(modes).sum(axis=1))
    np.testing.assert_allclose(found, brought)
    assert (limits.drawn(modes).sum(axis=1) <= limits.limit_mw * (1 + 1e-8)).all()


def test_a_limit_of_few_large_groups_is_proven_at_five_minutes() -> None:
    """Two of three groups fit. A price of megawatts would sell a part of the third: 7% apart."""
    intervals, chance = 7 * 288, np.random.default_rng(5)
    machines = [
        Machines(f"m{n}", (Mode("normal", 100.0, 33.0 + n),), 150.0, 10.0, 0, 24, 24).in_intervals(5)
        for n in range(3)
    ]
    power = np.array([[0.0, m.modes[0].power_mw] for m in machines])
    price = np.repeat(chance.normal(45, 25, intervals // 12), 12) + chance.normal(0, 5, intervals)
    rewards = (np.array([80.0, 75.0, 70.0])[:, None] - price[:, None, None]) * power / 12
    none, begins = np.zeros((0, intervals)), np.zeros(intervals, dtype=bool)
    groups = DispatchProblem(machines, rewards, np.full((intervals, 3), 150.0), np.full(3, 10.0), begins)
    found = dispatch(groups, SharedLimits(power, 0 * power, np.full(intervals, 70.0), none, none))
    assert found.method == "lagrangian" and found.gap < 0.005
    check_groups(machines, found.modes, np.cumsum(begins))


def test_hour_by_hour_groups_take_the_best_of_each_hour() -> None:
    rewards = np.random.default_rng(1).normal(0, 1, (50, 1, 3))
    machine = Machines("m", (Mode("eco", 1.0, 1.0), Mode("normal", 2.0, 2.0)))
    groups = DispatchProblem([machine], rewards, np.zeros((50, 1)), np.zeros(1), np.zeros(50, dtype=bool))
    assert total_usd(groups, best_modes(groups)).sum() == pytest.approx(rewards.max(axis=2).sum())


def test_a_limit_nothing_can_keep_is_named() -> None:
    machine = Machines("M", (Mode("normal", 1.0, 5.0),), min_off_hours=3, max_off_hours_per_month=0)
    rewards = np.zeros((10, 1, 2))
    groups = DispatchProblem([machine], rewards, np.zeros((10, 1)), np.zeros(1), np.zeros(10, dtype=bool))
    with pytest.raises(Unsolvable):
        dispatch(
            groups,
            SharedLimits(
                np.array([[0.0, 5.0]]),
                np.zeros((1, 2)),
                np.full(10, 4.0),
                np.zeros((0, 10)),
                np.zeros((0, 10)),
            ),
        )

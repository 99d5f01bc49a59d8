"""The dispatch against HiGHS, an independent solver, and against plain counting of every limit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from hashpivot.site import Machines, Mode, Unsolvable
from hashpivot.site.solvers._dynamic_programme import DispatchProblem, best_modes, total_usd
from hashpivot.site.solvers._lagrangian import TOLERANCE, _Search, dispatch
from hashpivot.site.solvers._shared_limits import SharedLimits

from ..checks import check_groups
from .instances import instances

pytest.importorskip("highspy", reason="highspy is not installed: nothing to compare with")
from hashpivot.site.solvers._mixed_integer import solve_milp

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(instances(coupled=False))
def test_separable_groups_reach_the_optimum_of_highs(instance: tuple[DispatchProblem, SharedLimits]) -> None:
    groups, coupling = instance
    found = dispatch(groups, coupling)
    _, brought, _ = solve_milp(groups, coupling)
    assert found.gap == 0 and found.method == "separate"
    assert found.value_usd == pytest.approx(brought, rel=1e-6, abs=1e-4)
    check_groups(list(groups.machines), found.modes, np.cumsum(groups.new_month))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
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
    found = dispatch(
        groups, SharedLimits(power, power, np.full(hours, 11.0), np.zeros((0, hours)), np.zeros((0, hours)))
    )
    assert found.method == "highs" and found.gap <= TOLERANCE
    check_groups(machines, found.modes, np.cumsum(begins))
    assert (np.take_along_axis(power[None], found.modes[:, :, None], 2).sum(axis=(1, 2)) <= 11.0 + 1e-6).all()


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

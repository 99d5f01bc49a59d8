"""Parts counted together: as good as each by itself, and told apart within their times."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hashpivot.site import Machines, Mode
from hashpivot.site.solvers._dynamic_programme import DispatchProblem, total_usd
from hashpivot.site.solvers._shared_limits import SharedLimits

from ..checks import check_groups

pytest.importorskip("highspy", reason="highspy is not installed: nothing is counted without it")
from hashpivot.site.solvers._like_parts import alike_parts
from hashpivot.site.solvers._mixed_integer import solve_milp


@pytest.mark.parametrize("seed", range(3))
def test_counted_together_parts_bring_what_they_bring_apart(seed: int) -> None:
    chance, hours = np.random.default_rng(seed), 20
    modes = (Mode("eco", 60.0, 3.0), Mode("normal", 90.0, 5.0))
    times = chance.integers(1, 5, 2).tolist()
    group = Machines("g", modes, 90.0, 30.0, 0.0, *times, parts=3)
    machines = [*group.split(), Machines("other", modes[1:], 40.0)]
    power = np.array([[0.0, *(mode.power_mw for mode in m.modes), 0.0][:3] for m in machines])
    price = chance.normal(60, 50, hours)
    rewards = (np.array([0.0, 60.0, 57.0]) - price[:, None])[:, None] * power
    rewards[:, 3, 2] = -np.inf
    start = np.array([m.start_cost_usd for m in machines]) * np.ones((hours, 1))
    stop = np.array([m.stop_cost_usd for m in machines])
    problem = DispatchProblem(machines, rewards, start, stop, np.zeros(hours, dtype=bool))
    limit, none = chance.uniform(4, 9, hours), np.zeros((0, hours))
    limits = SharedLimits(power, 0 * power, limit, none, none)
    apart = replace(problem, machines=[replace(m, part_of="") for m in machines])
    assert alike_parts(problem) == [[0, 1, 2], [3]] and len(alike_parts(apart)) == 4
    for free_start in (False, True):
        found, brought, _ = solve_milp(problem, limits, free_start=free_start)
        assert brought == pytest.approx(solve_milp(apart, limits, free_start=free_start)[1], rel=1e-6)
        assert (limits.drawn(found).sum(axis=1) <= limit + 1e-9).all()
        if not free_start:
            assert total_usd(problem, found).sum() == pytest.approx(brought, rel=1e-6)
            check_groups(machines, found, np.zeros(hours, dtype=int))


def test_parts_with_a_ramp_or_hours_off_of_their_own_stay_by_themselves() -> None:
    for bound in ({"ramp_mw_per_hour": 9.0}, {"max_off_hours_per_month": 5}):
        machines = Machines("g", (Mode("normal", 9.0, 5.0),), parts=2, **bound).split()
        zero = np.zeros((4, 2))
        problem = DispatchProblem(machines, np.zeros((4, 2, 2)), zero, zero[0], np.zeros(4, dtype=bool))
        assert alike_parts(problem) == [[0], [1]]

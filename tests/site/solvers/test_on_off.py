"""Times on and off, solved stretch by stretch and by four values: against going backwards state by state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.site import Machines, Mode
from hashpivot.site.solvers._dynamic_programme import (
    DispatchProblem,
    _budgeted,
    _unbudgeted,
    _within_budget,
    best_modes,
    total_usd,
)
from hashpivot.site.solvers._price_uncertainty import solve_lattice
from hashpivot.site.solvers._states import StateGraph, state_graph


def machines(times: list[tuple[int, int]], start_usd: float, stop_usd: float) -> list[Machines]:
    modes = (Mode("eco", 50.0, 3.0), Mode("normal", 90.0, 5.0))
    return [Machines(f"m{n}", modes, start_usd, stop_usd, 0.0, a, b) for n, (a, b) in enumerate(times)]


def problem(
    groups: list[Machines], intervals: int, chance: np.random.Generator, level: float
) -> DispatchProblem:
    """Rewards that drift slowly, so that long stretches pass without a switch."""
    price = 60 + np.cumsum(chance.normal(0, level, intervals)) + chance.normal(0, 3, intervals)
    power, worth = np.array([0.0, 3.0, 5.0]), np.array([0.0, 66.0, 60.0]) * np.array([0.0, 3.0, 5.0])
    rewards = np.repeat((worth - price[:, None] * power)[:, None], len(groups), axis=1)
    rewards *= chance.uniform(0.9, 1.1, (1, len(groups), 1))
    start = np.array([m.start_cost_usd for m in groups]) * chance.uniform(0.5, 1.5, (intervals, 1))
    stop = np.array([m.stop_cost_usd for m in groups])
    return DispatchProblem(groups, rewards, start, stop, np.zeros(intervals, dtype=bool))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=4),
    st.integers(1, 900),
    st.floats(0, 5),
    st.floats(0, 2000),
    st.integers(0, 2**31),
)
def test_stretches_bring_what_one_pass_brings(
    times: list[tuple[int, int]], intervals: int, level: float, start_usd: float, seed: int
) -> None:
    groups = problem(
        machines(times, start_usd, start_usd / 7 + 1), intervals, np.random.default_rng(seed), level
    )
    found, plain = best_modes(groups), _unbudgeted(groups, True)
    brought = [float(total_usd(groups, modes).sum()) for modes in (found, plain)]
    assert brought[0] == pytest.approx(brought[1], rel=1e-12, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(12, 300),
    st.integers(0, 40),
    st.floats(0, 60),
    st.integers(0, 2**31),
)
def test_months_that_keep_their_budget_of_themselves_need_not_be_counted(
    min_on: int, min_off: int, intervals: int, more: int, start_usd: float, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    groups = problem(machines([(min_on, min_off)], start_usd, 5.0), intervals, chance, 2.0)
    begins = np.flatnonzero(chance.random(intervals) < 0.03)
    groups.new_month[[n for n in begins if n > 10 and n < intervals - 10]] = True
    budget = min_off + more
    found, plain = _within_budget(groups, budget), _budgeted(groups, budget)
    brought = [float(total_usd(groups, modes[:, None]).sum()) for modes in (found, plain)]
    assert brought[0] == pytest.approx(brought[1], rel=1e-12, abs=1e-6)
    month = np.cumsum(groups.new_month)
    assert np.bincount(month, weights=found == 0).max() <= budget


def test_intervals_a_group_cannot_run_in_are_left_out() -> None:
    groups = problem(machines([(4, 6), (1, 9)], 100.0, 10.0), 200, np.random.default_rng(3), 0.5)
    groups.rewards[60:80, :, 1:] = -np.inf
    groups.rewards[150:, 0, 1:] = -np.inf
    found, plain = best_modes(groups), _unbudgeted(groups, True)
    assert (found[60:80] == 0).all() and (found == plain).all()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=3),
    st.integers(1, 30),
    st.integers(0, 2**31),
)
def test_four_values_are_those_of_all_states(times: list[tuple[int, int]], hours: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    groups, ranks, count = machines(times, 1.0, 1.0), 4, 3
    net = state_graph(groups, collapsed=True)
    by_kind = np.full((count, hours, ranks, len(groups), net.kinds), -1e15)
    by_kind[..., :-1] = chance.normal(0, 50, (count, hours, ranks, len(groups), net.kinds - 1))
    later, first = (chance.dirichlet(np.ones(ranks), ranks) for _ in range(2))
    lengths = chance.integers(1, hours + 1, count)
    last = np.where(net.off, -chance.uniform(0, 100, len(groups))[:, None], 0.0)
    made = solve_lattice(net, by_kind.reshape(count, hours, ranks, -1), later, first, lengths, last.ravel())
    every, plain = made.reshape(count, hours, ranks, len(groups), 4), by_states(net, by_kind, later, first)
    wanted = plain(lengths, last)
    for g, (min_on, min_off) in enumerate(times):
        places = [(1, min_on), (0, min_off), (1, 1), (0, 1)]
        for value, (on, time) in enumerate(places):
            np.testing.assert_allclose(
                every[..., g, value], wanted[g][on, time], rtol=1e-9, atol=1e-7, err_msg=str((g, on, time))
            )


def by_states(net: StateGraph, by_kind: np.ndarray, later: np.ndarray, first: np.ndarray):  # type: ignore[no-untyped-def]
    """Values of every state, one after the other: what the lattice is measured by."""

    def solve(lengths: np.ndarray, last: np.ndarray) -> list[dict[tuple[int, int], np.ndarray]]:
        count, hours, ranks, groups, _ = by_kind.shape
        found = []
        for g in range(groups):
            longest = {1: int(net.min_on[g]), 0: int(net.min_off[g])}
            states = [(on, time) for on in (0, 1) for time in range(1, longest[on] + 1)]
            value = {s: np.full((count, ranks), last[g, 1 - s[0]]) for s in states}
            onward = {s: np.empty((count, hours, ranks)) for s in states}
            for h in range(hours - 1, -1, -1):
                moved = later if h else first
                for s in states:
                    onward[s][:, h] = value[s] @ moved.T
                value = {
                    s: np.where(
                        (h < lengths)[:, None], best(s, h, by_kind[:, h, :, g], onward, longest), value[s]
                    )
                    for s in states
                }
            found.append(onward)
        return found

    return solve


def best(state, h, paid, onward, longest):  # type: ignore[no-untyped-def]
    on, time = state
    stays = paid[..., 2 * on] + onward[on, min(time + 1, longest[on])][:, h]
    if time < longest[on]:
        return stays
    return np.maximum(stays, paid[..., 2 * (1 - on) + 1] + onward[1 - on, 1][:, h])

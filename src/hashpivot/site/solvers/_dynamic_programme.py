"""The best operation of each group over known rewards, found exactly by going backwards in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..economics import in_modes
from ..model import Bools, Floats, Machines, Small, Unsolvable, Whole
from ._on_off_budget import best_on_off_within
from ._on_off_dispatch import OnOff, best_on_off
from ._states import StateGraph, collapse, state_graph

_Route = Callable[["DispatchProblem"], Whole]


@dataclass(frozen=True, eq=False)
class DispatchProblem:
    """What the best operation of a site's groups depends on. T hours, G groups, M modes.

    Args:
        machines: The groups, their times counted in intervals: `HourlyEconomics.machines`.
        rewards: Dollars of each mode, minus infinity where impossible, shape (T, G, M).
        start_usd: Cost of a start in each hour, shape (T, G).
        stop_usd: Cost of a stop, shape (G,).
        new_month: Hours that begin a month of market local time, shape (T,).
    """

    machines: Sequence[Machines]
    rewards: Floats
    start_usd: Floats
    stop_usd: Floats
    new_month: Bools

    def of(self, chosen: Sequence[int]) -> DispatchProblem:
        """Some of the groups by themselves."""
        some = list(chosen)
        return DispatchProblem(
            [self.machines[g] for g in some],
            self.rewards[:, some],
            self.start_usd[:, some],
            self.stop_usd[some],
            self.new_month,
        )

    def only(self, group: int, rewards: Floats) -> DispatchProblem:
        """One group by itself, with other rewards of shape (T, M)."""
        return self.of([group]).with_rewards(rewards[:, None])

    def part(self, hours: slice) -> DispatchProblem:
        """The same groups over some of the hours."""
        return DispatchProblem(
            self.machines, self.rewards[hours], self.start_usd[hours], self.stop_usd, self.new_month[hours]
        )

    def with_rewards(self, rewards: Floats) -> DispatchProblem:
        """The same groups with other rewards."""
        return DispatchProblem(self.machines, rewards, self.start_usd, self.stop_usd, self.new_month)


def best_modes(groups: DispatchProblem) -> Whole:
    """The mode each group in each hour that brings most over all hours, shape (T, G).

    Every group begins in normal mode, free to stop. A time on or off that the last hour cuts short is
    allowed.

    Raises:
        Unsolvable: If a group has no possible operation.
    """
    modes = np.empty(groups.rewards.shape[:2], dtype=np.int64)
    routes: dict[_Route, list[int]] = {}
    for g in range(len(groups.machines)):
        routes.setdefault(_route(groups, g), []).append(g)
    for route, chosen in routes.items():
        modes[:, chosen] = route(groups.of(chosen))
    return modes


def total_usd(groups: DispatchProblem, modes: Whole) -> Floats:
    """What an operation brings, starts and stops paid, shape (T, G)."""
    earned = in_modes(groups.rewards, modes)
    on = modes > 0
    before = np.vstack([np.ones((1, on.shape[1]), dtype=bool), on[:-1]])
    return earned - groups.start_usd * (on & ~before) - groups.stop_usd * (before & ~on)


def _hour_by_hour(machine: Machines) -> bool:
    """Whether each hour stands alone: then the best mode of each hour is the best of all."""
    return (
        machine.min_on_hours == machine.min_off_hours == 1
        and machine.start_cost_usd == machine.stop_cost_usd == machine.restart_minutes == 0
        and machine.ramp_mw_per_hour is None
        and machine.max_off_hours_per_month is None
    )


def _route(groups: DispatchProblem, g: int) -> _Route:
    """How one group is solved: all exact, the first that fits is the quickest."""
    machine = groups.machines[g]
    if _hour_by_hour(machine):
        return _each_hour
    if machine.max_off_hours_per_month is not None:
        return _within_budgets
    if machine.ramp_mw_per_hour is not None:
        return _by_modes
    return _on_off if _may_be_off(groups.rewards[:, g]) else _by_on_and_off


def _each_hour(groups: DispatchProblem) -> Whole:
    best: Whole = groups.rewards.argmax(axis=2)
    return best


def _within_budgets(groups: DispatchProblem) -> Whole:
    return np.stack(
        [
            _within_budget(groups.of([g]), machine.max_off_hours_per_month or 0)
            for g, machine in enumerate(groups.machines)
        ],
        axis=1,
    )


def _by_modes(groups: DispatchProblem) -> Whole:
    return _unbudgeted(groups, collapsed=False)


def _by_on_and_off(groups: DispatchProblem) -> Whole:
    return _unbudgeted(groups, collapsed=True)


def _prepared(groups: DispatchProblem, collapsed: bool) -> tuple[StateGraph, Floats, Whole]:
    """Graph, rewards by kind of step, and the mode `on` stands for in each hour."""
    net = state_graph(groups.machines, collapsed=collapsed)
    rewards = groups.rewards if collapsed else groups.rewards[:, :, : net.mode_count]
    best_mode = np.zeros(rewards.shape[:2], dtype=np.int64)
    if collapsed:
        rewards, best_mode = collapse(rewards)
    return net, net.step_rewards(rewards, groups.start_usd, groups.stop_usd), best_mode


def _may_be_off(rewards: Floats) -> bool:
    """Whether a group can be off in every interval, given its rewards (T, M)."""
    return bool(np.isfinite(rewards[:, 0]).all())


def _on_off(groups: DispatchProblem) -> Whole:
    """Groups that may always be off, and in any mode in any interval they are on."""
    found, best_mode = _as_on_off(groups)
    return np.where(best_on_off(found), best_mode, 0)


def _as_on_off(groups: DispatchProblem) -> tuple[OnOff, Whole]:
    """The same groups as on or off, and the mode that on stands for in each interval."""
    rewards, best_mode = collapse(groups.rewards)
    min_on = np.array([machine.min_on_hours for machine in groups.machines])
    min_off = np.array([machine.min_off_hours for machine in groups.machines])
    gain = rewards[:, :, 1] - rewards[:, :, 0]
    return OnOff(gain, groups.start_usd, groups.stop_usd, min_on, min_off), best_mode


def _within_budget(group: DispatchProblem, budget: int) -> Whole:
    """One group that may be off for `budget` intervals of a month, shape (T,)."""
    machine = group.machines[0]
    edges = np.flatnonzero(np.concatenate([[True], group.new_month[1:], [True]]))
    short = np.diff(edges).min() <= max(machine.min_on_hours, machine.min_off_hours)
    if machine.ramp_mw_per_hour is not None or short or not _may_be_off(group.rewards[:, 0]):
        return _budgeted(group, budget)
    found, best_mode = _as_on_off(group)
    on = best_on_off_within(found, budget, group.new_month)
    if on is None:
        raise _impossible(machine)
    return np.where(on, best_mode[:, 0], 0)


def _unbudgeted(groups: DispatchProblem, collapsed: bool) -> Whole:
    net, by_kind, best_mode = _prepared(groups, collapsed)
    hours = len(by_kind)
    flat = by_kind.reshape(hours, -1)
    choice: Small = np.empty((hours, net.groups, net.states), dtype=np.int8)
    value = np.zeros(net.groups * net.states)
    for t in range(hours - 1, -1, -1):
        step = flat[t].take(net.kind)
        step += value.take(net.target)
        choice[t] = step.argmax(axis=2)
        value = step.max(axis=2).ravel()
    if not np.isfinite(value[net.start]).all():
        raise _impossible(groups.machines[int(np.isinf(value[net.start]).argmax())])
    return _followed(net, choice, best_mode, collapsed)


def _followed(net: StateGraph, choice: Small, best_mode: Whole, collapsed: bool) -> Whole:
    """Walk forward along the choices."""
    target, mode = net.target.reshape(-1, net.target.shape[2]), net.mode.reshape(-1, net.mode.shape[2])
    state, modes = net.start, np.empty((len(choice), net.groups), dtype=np.int64)
    for t in range(len(choice)):
        taken = choice[t].ravel()[state]
        modes[t] = mode[state, taken]
        state = target[state, taken]
    return np.where(modes > 0, best_mode, 0) if collapsed else modes


def _budgeted(groups: DispatchProblem, budget: int) -> Whole:
    """One group that may be off for `budget` hours a month: the hours left are part of its state."""
    collapsed = groups.machines[0].ramp_mw_per_hour is None
    net, by_kind, best_mode = _prepared(groups, collapsed)
    target, kind, mode = net.target[0], net.kind[0], net.mode[0]
    hours, off = len(by_kind), mode == 0
    choice = np.empty((hours, budget + 1, net.states), dtype=np.int8)
    value = np.zeros((budget + 1, net.states))
    for t in range(hours - 1, -1, -1):
        if t + 1 < hours and groups.new_month[t + 1]:
            value = np.broadcast_to(value[-1], value.shape)
        less = np.vstack([np.full((1, net.states), -np.inf), value[:-1]])
        step = by_kind[t, 0].take(kind) + np.where(off, less[:, target], value[:, target])
        choice[t] = step.argmax(axis=2)
        value = step.max(axis=2)
    left, state = budget, int(net.start[0])
    if not np.isfinite(value[left, state]):
        raise _impossible(groups.machines[0])
    modes = np.empty((hours, 1), dtype=np.int64)
    for t in range(hours):
        left = budget if groups.new_month[t] else left
        taken = choice[t, left, state]
        modes[t] = mode[state, taken]
        left, state = left - int(off[state, taken]), int(target[state, taken])
    return (np.where(modes > 0, best_mode, 0) if collapsed else modes)[:, 0]


def _impossible(machine: Machines) -> Unsolvable:
    return Unsolvable(
        f"machines {machine.name!r} cannot keep all their limits",
        hint="raise limit_mw or max_off_hours_per_month, or shorten min_on_hours or min_off_hours",
    )

"""Decisions in order of time: each hour one step of each group, chosen from what the steps are worth."""

from __future__ import annotations

import numpy as np

from ..economics import HourlyEconomics
from ..model import Beginning, Bools, Floats, Machines, Times, Unsolvable, Whole
from ._on_off_dispatch import follow_switches
from ._states import StateGraph

_UNLIMITED = 10**9


def walk(
    hours: HourlyEconomics,
    net: StateGraph,
    by_kind: Floats,
    onward: Floats,
    begins: Beginning | None = None,
) -> Whole:
    """Walk through all hours.

    Where heat lowers the limit, machines that could not stop or slow down in the next hour are never so many
    that the lowest limit would not hold them: what the heat will be is not known.

    Args:
        hours: The site's hours, T of them.
        net: States and steps of its groups.
        by_kind: Reward of each kind of step, shape (T, G * kinds).
        onward: Values after each hour, shape (T, G * V).
        begins: Where the groups stand at first, as the graph does; by default in normal mode, free to stop.

    Returns:
        Mode of each group in each hour, as the graph knows it, shape (T, G).

    Raises:
        Unsolvable: If the site's limit cannot be kept.
    """
    begins = begins or Beginning.usual(hours.machines)
    if hours.limit_may_bind:
        return _together(hours, net, by_kind, onward, begins)
    modes = np.empty((len(by_kind), net.groups), dtype=np.int64)
    for g, machine in enumerate(hours.machines):
        if _switches_freely(net, g, machine, begins):
            modes[:, g] = _switched(net, g, machine, by_kind, onward, begins)
        else:
            modes[:, g] = _alone(net, g, machine, by_kind, onward, hours.clock.month, begins)
    return modes


def _switches_freely(net: StateGraph, g: int, machine: Machines, begins: Beginning) -> bool:
    """Return whether only the times on and off hold a group, and all its modes are worth the same later."""
    unbound = machine.ramp_mw_per_hour is None and machine.max_off_hours_per_month is None
    return unbound and not begins.held[g] and (net.collapsed or net.values == 1)


def _switched(
    net: StateGraph, g: int, machine: Machines, by_kind: Floats, onward: Floats, begins: Beginning
) -> Whole:
    """One group that only its times hold: whether it would switch is known of all hours at once."""
    paid = by_kind[:, g * net.kinds : (g + 1) * net.kinds]
    values = [g * net.values + value % net.values for value in range(4)]
    stay_on_usd, stay_off_usd, started_usd, stopped_usd = (onward[:, value] for value in values)
    kinds = 2 * np.arange(1, int(net.mode[g].max()) + 1)
    stay, start = paid[:, kinds], paid[:, kinds + 1]
    stops = paid[:, 1] + stopped_usd >= stay.max(axis=1) + stay_on_usd
    starts = start.max(axis=1) + started_usd > paid[:, 0] + stay_off_usd
    was_on, since = bool(begins.mode[g]), max(int(begins.since[g]), 1)
    times = machine.min_on_hours, machine.min_off_hours
    wait = max(times[0 if was_on else 1] - since, 0)
    on = follow_switches(stops, starts, *times, on=was_on, free_from=wait)
    begun = on & ~np.concatenate([[was_on], on[:-1]])
    return np.where(on, 1 + np.where(begun, start.argmax(axis=1), stay.argmax(axis=1)), 0)


def _alone(
    net: StateGraph,
    g: int,
    machine: Machines,
    by_kind: Floats,
    onward: Floats,
    month: Times,
    begins: Beginning,
) -> list[int]:
    """One group nothing else holds back. Plain lists: one number at a time they are quicker than arrays."""
    first_kind, first_state, first_value = g * net.kinds, g * net.states, g * net.values
    paid = by_kind[:, first_kind : first_kind + net.kinds].tolist()
    worth = onward[:, first_value : first_value + net.values].tolist()
    tables = (net.kind[g] - first_kind, net.target[g] - first_state, net.worth[g] - first_value, net.mode[g])
    steps = [list(zip(*row, strict=True)) for row in zip(*(t.tolist() for t in tables), strict=True)]
    new_month = [False, *(month[1:] != month[:-1]).tolist()]
    budget = _UNLIMITED if machine.max_off_hours_per_month is None else machine.max_off_hours_per_month
    state, left = int(net.start[g]) - first_state, budget - int(begins.off[g])
    on, modes = bool(begins.mode[g]), []
    cannot_run = [not any(mode for *_, mode in row) for row in steps]
    for t, (pay, then) in enumerate(zip(paid, worth, strict=True)):
        left = budget if new_month[t] else left
        may_stop = left >= (machine.min_off_hours if on else 1) or cannot_run[state]
        best = -np.inf
        for kind, target, value, mode in steps[state]:
            if (mode or may_stop) and (brings := pay[kind] + then[value]) > best:
                best, chosen, to_mode = brings, target, mode
        state, on, left = chosen, to_mode > 0, left - (to_mode == 0)
        modes.append(to_mode)
    return modes


def _together(
    hours: HourlyEconomics,
    net: StateGraph,
    by_kind: Floats,
    onward: Floats,
    begins: Beginning,
) -> Whole:
    """All groups side by side under the site's limit."""
    state, groups = JointWalk(hours, net, begins), np.arange(net.groups)
    months = hours.clock.month.astype(np.int64)
    modes = np.empty((len(by_kind), net.groups), dtype=np.int64)
    firm = _firm_mw(net, hours.power_mw) if hours.site.heat_limit else None
    limits = np.full((len(by_kind), 1 if firm is None else 2), hours.site.lowest_machines_limit_mw)
    limits[:, 0] = hours.machines_limit_mw
    for t in range(len(by_kind)):
        if t and months[t] != months[t - 1]:
            state.new_month()
        values = state.values(by_kind[t], onward[t])
        drawn = hours.power_mw[groups[:, None], state.modes()][None]
        if firm is not None:
            drawn = np.concatenate([drawn, firm[state.targets()][None]])
        modes[t] = state.take(within_limit(values, drawn, limits[t]))
    return modes


def _firm_mw(net: StateGraph, power_mw: Floats) -> Floats:
    """Return the least power of the interval after each state, flat, shape (G * S,)."""
    last = np.arange(net.groups)[:, None, None] * net.kinds + net.kinds - 1
    power = power_mw[np.arange(net.groups)[:, None, None], net.mode]
    least: Floats = np.where(net.kind == last, np.inf, power).min(axis=2).ravel()
    return least


class JointWalk:
    """The state of groups of machines and the limits they must keep while choosing.

    Args:
        hours: The site's hours.
        net: States and steps of its groups.
        begins: Where they stand at first.
    """

    def __init__(self, hours: HourlyEconomics, net: StateGraph, begins: Beginning) -> None:
        self._target = net.target.reshape(-1, net.target.shape[2])
        self._worth = net.worth.reshape(-1, net.worth.shape[2])
        self._mode = net.mode.reshape(-1, net.mode.shape[2])
        self._kind = net.kind.reshape(-1, net.kind.shape[2])
        self.state = net.start.copy()
        machines = hours.machines
        self.mode = begins.mode.copy()
        self._budget = np.array(
            [_UNLIMITED if m.max_off_hours_per_month is None else m.max_off_hours_per_month for m in machines]
        )
        self._min_off = np.array([m.min_off_hours for m in machines])
        self._left = self._budget - begins.off

    def new_month(self) -> None:
        """Begin a month of market local time: hours off are counted from 0 again."""
        self._left = self._budget.copy()

    def values(self, by_kind: Floats, onward: Floats) -> Floats:
        """What each step of each group is worth; minus infinity where it is not allowed, shape (G, A).

        Args:
            by_kind: Rewards by kind, flat, shape (G * kinds,).
            onward: Values, flat, shape (G * V,).
        """
        step = by_kind.take(self._kind[self.state]) + onward.take(self._worth[self.state])
        return np.where(self._allowed(), step, -np.inf)

    def take(self, step: Whole) -> Whole:
        """Take a step of each group; returns the modes they now run, shape (G,)."""
        mode = self._mode[self.state, step]
        self.state = self._target[self.state, step]
        self._left = self._left - (mode == 0)
        self.mode = mode
        return mode

    def modes(self) -> Whole:
        """Return the mode each step leads to, shape (G, A)."""
        modes: Whole = self._mode[self.state]
        return modes

    def targets(self) -> Whole:
        """Return the state each step leads to, flat position, shape (G, A)."""
        targets: Whole = self._target[self.state]
        return targets

    def _allowed(self) -> Bools:
        """Off only while the month's hours last, and stopping only if a whole stop fits in.

        A group that cannot start yet stays off even so: its beginning may have used up the month.
        """
        needed = np.where(self.mode > 0, self._min_off, 1)
        runs = self._mode[self.state] > 0
        return runs | ((self._left >= needed) | ~runs.any(axis=1))[:, None]


def within_limit(values: Floats, power: Floats, limit_mw: Floats) -> Whole:
    """One step for each group, worth most together without drawing more than the limits.

    The best step of each group where they fit; else from the least power upwards, the most worthwhile
    megawatts first. This never exceeds a limit and is not always the best.

    Args:
        values: Worth of each step, minus infinity if not allowed, shape (G, A).
        power: MW of each step as each limit counts them, the power drawn first, shape (L, G, A).
        limit_mw: The limits, shape (L,).

    Raises:
        Unsolvable: If even the least power exceeds the first limit.
    """
    groups, most = np.arange(len(values)), limit_mw * (1 + 1e-9)
    step: Whole = values.argmax(axis=1)
    if (power[:, groups, step].sum(axis=1) <= most).all():
        return step
    allowed = np.where(np.isfinite(values), power[0], np.inf)
    step = np.lexsort((-values, allowed), axis=1)[:, 0] if values.shape[1] > 1 else step
    room = most - power[:, groups, step].sum(axis=1)
    if room[0] < 0:
        raise Unsolvable(
            "the machines cannot be brought under limit_mw in time",
            hint="raise limit_mw, or shorten min_on_hours and ramps",
        )
    while True:
        more = power - power[:, groups, step][:, :, None]
        gain = values - values[groups, step][:, None]
        fits = (more <= np.maximum(room, 0.0)[:, None, None]).all(axis=0)
        worth = np.where((more[0] > 1e-12) & fits & (gain > 0), gain / np.maximum(more[0], 1e-12), 0.0)
        best = int(worth.argmax())
        if worth.flat[best] <= 0:
            return step
        g, a = divmod(best, values.shape[1])
        room -= more[:, g, a]
        step[g] = a

"""States of a group of machines and the steps between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..model import Beginning, Bools, Floats, Machines, Whole

State = tuple[int, int, int]
"""Mode (0 is off), intervals on or off up to the shortest time, intervals its power must not change."""


_VALUES_OFF = (False, True, False, True)
"""Of the four values of a collapsed group."""


@dataclass(frozen=True, eq=False)
class StateGraph:
    """States and steps of G groups side by side, at most S states of A steps each.

    A step's kind is twice the mode it leads to, plus 1 if it is a start or stop; the last kind is
    impossible. Positions are flat over groups, so that one `take` serves all groups. Where all modes count as
    one, a group has four values: free to stop, free to start, just started, just stopped. Else each state has
    its own.

    Args:
        mode_count: Modes, M: 0 is off.
        target: State each step leads to, flat position, shape (G, S, A).
        kind: Kind of each step, flat position, shape (G, S, A).
        mode: Mode each step leads to, shape (G, S, A).
        start: State each group begins in, flat position, shape (G,).
        worth: Value of the state each step leads to, flat position, shape (G, S, A).
        off: Which values are those of states that are off, shape (G, V).
        min_on: Shortest time on of each group, shape (G,).
        min_off: Shortest time off, shape (G,).
        collapsed: Whether all modes count as one.
    """

    mode_count: int
    target: Whole
    kind: Whole
    mode: Whole
    start: Whole
    worth: Whole
    off: Bools
    min_on: Whole
    min_off: Whole
    collapsed: bool

    @property
    def groups(self) -> int:
        """G."""
        return len(self.target)

    @property
    def states(self) -> int:
        """S."""
        return self.target.shape[1]

    @property
    def values(self) -> int:
        """V: values of each group."""
        return self.off.shape[1]

    @property
    def kinds(self) -> int:
        """Kinds of steps of each group."""
        return 2 * self.mode_count + 1

    def without_values(self) -> StateGraph:
        """Return the same graph for decisions that look no further than their interval: one value a group."""
        worth = np.broadcast_to(np.arange(self.groups)[:, None, None], self.worth.shape)
        return replace(self, worth=worth, off=np.zeros((self.groups, 1), dtype=bool))

    def step_rewards(self, rewards: Floats, start_usd: Floats, stop_usd: Floats) -> Floats:
        """Return rewards by kind of step.

        Args:
            rewards: Of each mode, shape (..., G, M).
            start_usd: Cost of a start, shape (..., G).
            stop_usd: Cost of a stop, shape (G,).

        Returns:
            Shape (..., G, kinds).
        """
        out = np.full((*rewards.shape[:-1], self.kinds), -np.inf)
        out[..., 0:-1:2] = rewards
        out[..., 3:-1:2] = rewards[..., 1:] - start_usd[..., None]
        out[..., 1] = rewards[..., 0] - stop_usd
        return out


def collapse(rewards: Floats) -> tuple[Floats, Whole]:
    """Return off and the best mode, and which mode that is: from (..., M) to (..., 2) and (...)."""
    mode = rewards[..., 1:].argmax(axis=-1) + 1
    best = np.take_along_axis(rewards, mode[..., None], -1)
    return np.concatenate([rewards[..., :1], best], axis=-1), mode


def state_graph(
    machines: Sequence[Machines], *, collapsed: bool, begins: Beginning | None = None
) -> StateGraph:
    """Return the graph of groups.

    Args:
        machines: The groups, their times counted in intervals: `HourlyEconomics.machines`.
        collapsed: Whether all modes count as one, on: right where no ramp ties a mode to the last.
        begins: Where they stand at first; in normal mode, free to stop, if not given.
    """
    begins = begins or Beginning.usual(machines)
    firsts = [_first_state(group, begins, g, collapsed) for g, group in enumerate(machines)]
    tables = [_states(group, collapsed, first) for group, first in zip(machines, firsts, strict=True)]
    modes = 2 if collapsed else max(len(group.modes) for group in machines) + 1
    states = max(len(table) for table in tables)
    steps = max(len(row) for table in tables for row in table.values())
    shape = (len(machines), states, steps)
    target, mode = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    kind = np.full(shape, 2 * modes, dtype=np.int64)
    start = np.zeros(len(machines), dtype=np.int64)
    worth, off = np.zeros(shape, dtype=np.int64), np.zeros(shape[:2], dtype=bool)
    for g, table in enumerate(tables):
        position = {state: n for n, state in enumerate(table)}
        for s, (state, row) in enumerate(table.items()):
            off[g, s] = state[0] == 0
            for a, reached in enumerate(row):
                target[g, s, a], mode[g, s, a] = position[reached], reached[0]
                switched = (state[0] > 0) != (reached[0] > 0)
                kind[g, s, a] = 2 * reached[0] + switched
                worth[g, s, a] = 2 * switched + (reached[0] == 0) if collapsed else target[g, s, a]
        start[g] = position[firsts[g]]
    if collapsed:
        off = np.tile(np.array(_VALUES_OFF), (len(machines), 1))
    offset = np.arange(len(machines))
    return StateGraph(
        modes,
        target + (offset * states)[:, None, None],
        kind + (offset * (2 * modes + 1))[:, None, None],
        mode,
        start + offset * states,
        worth + (offset * off.shape[1])[:, None, None],
        off,
        np.array([group.min_on_hours for group in machines]),
        np.array([group.min_off_hours for group in machines]),
        collapsed,
    )


def _first_state(group: Machines, begins: Beginning, g: int, collapsed: bool) -> State:
    mode = int(begins.mode[g])
    longest = group.min_on_hours if mode else group.min_off_hours
    time = min(max(int(begins.since[g]), 1), longest)
    return (min(mode, 1), time, 0) if collapsed else (mode, time, int(begins.held[g]))


def _states(group: Machines, collapsed: bool, first: State) -> dict[State, list[State]]:
    """Return every state of a group with the states it can become within an interval."""
    power = [0.0, group.modes[-1].power_mw] if collapsed else [0.0, *(mode.power_mw for mode in group.modes)]
    off = [(0, time, 0) for time in range(1, group.min_off_hours + 1)]
    on = [(mode, time, 0) for mode in range(1, len(power)) for time in range(1, group.min_on_hours + 1)]
    table: dict[State, list[State]] = {}
    found = [*off, *on, first]
    while found:
        table |= {state: list(_next(state, group, power)) for state in found}
        reached = {state: None for row in table.values() for state in row}
        found = [state for state in reached if state not in table]
    return table


def _next(state: State, group: Machines, power: list[float]) -> Iterator[State]:
    mode, time, held = state
    enough = time >= (group.min_on_hours if mode else group.min_off_hours)
    for other in [mode] if held else range(len(power)):
        switched = (mode > 0) != (other > 0)
        taken = group.intervals_of_change(power[other] - power[mode])
        if (switched and not enough) or taken is None:
            continue
        longest = group.min_on_hours if other else group.min_off_hours
        yield other, 1 if switched else min(time + 1, longest), held - 1 if held else taken - 1

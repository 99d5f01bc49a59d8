"""The same dispatch as a mixed-integer programme for HiGHS: the reference in tests, and the fallback."""

from __future__ import annotations

import numpy as np

from ..model import Floats, Machines, Whole
from ._dynamic_programme import DispatchProblem
from ._linear_rows import LinearProgramme
from ._shared_limits import SharedLimits

INF = float("inf")


def solve_milp(
    groups: DispatchProblem,
    limits: SharedLimits,
    *,
    relative_gap: float = 1e-9,
    seconds: float = 600.0,
    free_start: bool = False,
) -> tuple[Whole, float, float]:
    """Ways to run (T, G), what they bring in dollars, and the proven upper bound of any operation.

    With `free_start` the groups may begin in any state at no cost, instead of running in normal mode.

    Raises:
        Unsolvable: If no operation keeps all limits.
        MissingLibrary: If highspy is not installed.
    """
    programme = LinearProgramme()
    gain = np.where(np.isfinite(groups.rewards), groups.rewards, 0.0)
    possible = np.isfinite(groups.rewards).astype(float)
    mode = programme.columns(gain, possible)
    hours, count, _ = mode.shape
    start = programme.columns(-groups.start_usd)
    stop = programme.columns(np.broadcast_to(-groups.stop_usd, (hours, count)))
    for g in range(count):
        power = limits.power_mw[g]
        _one_group(programme, groups, g, mode[:, g], start[:, g], stop[:, g], power)
        if free_start:
            programme.rows([(start[:1, g], 1.0), (stop[:1, g], 1.0)], 0.0, 0.0)
        else:
            _from_normal(programme, groups, g, mode[:1, g], start[:1, g], stop[:1, g], power)
    _coupled(programme, limits, mode)
    values, brought, bound = programme.solve(relative_gap, seconds)
    chosen: Whole = values[mode].argmax(axis=2)
    return chosen, brought, bound


def _one_group(
    programme: LinearProgramme,
    groups: DispatchProblem,
    g: int,
    mode: Whole,
    start: Whole,
    stop: Whole,
    power: Floats,
) -> None:
    machine, on = groups.machines[g], mode[:, 1:]
    programme.rows([(mode, 1.0)], 1.0, 1.0)
    programme.rows([(on[1:], 1.0), (on[:-1], -1.0), (start[1:], -1.0), (stop[1:], 1.0)], 0.0, 0.0)
    for t in range(len(mode)):
        recent = slice(max(0, t - machine.min_on_hours + 1), t + 1)
        programme.rows([(start[None, recent], 1.0), (on[None, t], -1.0)], -INF, 0.0)
        recent = slice(max(0, t - machine.min_off_hours + 1), t + 1)
        programme.rows([(stop[None, recent], 1.0), (on[None, t], 1.0)], -INF, 1.0)
    if machine.ramp_mw_per_hour is not None:
        _ramped(programme, machine, mode, power)
    if machine.max_off_hours_per_month is not None:
        for month in np.split(mode[:, 0], np.flatnonzero(groups.new_month)):
            if len(month):
                programme.rows([(month[None], 1.0)], -INF, float(machine.max_off_hours_per_month))


def _ramped(programme: LinearProgramme, machine: Machines, mode: Whole, power: Floats) -> None:
    """Within an interval an hour's ramp; within an hour that and what the intervals before it allow."""
    assert machine.ramp_mw_per_hour is not None
    hour = 60 // machine.minutes
    for apart in {1, hour}:
        ramp = machine.ramp_mw_per_hour * (1 + (apart - 1) / hour) * (1 + 1e-9)
        programme.rows([(mode[apart:], power), (mode[:-apart], -power)], -ramp, ramp)


def _from_normal(
    programme: LinearProgramme,
    groups: DispatchProblem,
    g: int,
    mode: Whole,
    start: Whole,
    stop: Whole,
    power: Floats,
) -> None:
    """The first hour follows on normal mode; every argument is cut to that hour."""
    machine = groups.machines[g]
    programme.rows([(mode[:, 1:], 1.0), (start, -1.0), (stop, 1.0)], 1.0, 1.0)
    if machine.ramp_mw_per_hour is not None:
        ramp, normal = machine.ramp_mw_per_hour * (1 + 1e-9), power[machine.normal + 1]
        programme.rows([(mode, power)], normal - ramp, normal + ramp)


def _coupled(programme: LinearProgramme, limits: SharedLimits, mode: Whole) -> None:
    hours = len(mode)
    if limits.limit_binds:
        programme.rows([(mode.reshape(hours, -1), limits.power_mw.ravel())], -INF, limits.limit_mw)
    if limits.prices.size:
        sold = programme.columns(limits.prices.T, limits.caps.T, whole=False)
        programme.rows([(sold, 1.0), (mode.reshape(hours, -1), -limits.reserve_mw.ravel())], -INF, 0.0)

"""The same dispatch as a mixed-integer programme for HiGHS: the reference in tests, and the fallback."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Battery, Floats, Machines, Whole
from ._dynamic_programme import DispatchProblem
from ._like_parts import alike_parts, modes_of_parts
from ._linear_rows import LinearProgramme
from ._shared_limits import SharedLimits
from .bus import SiteBus

INF = float("inf")
_RELAXED_SECONDS = 60.0  # judged: a relaxation that takes longer is given up


def solve_milp(
    groups: DispatchProblem,
    limits: SharedLimits,
    *,
    relative_gap: float = 1e-9,
    seconds: float = 600.0,
    free_start: bool = False,
    bus: SiteBus | None = None,
    stored_usd: tuple[float, float] = (0.0, 0.0),
) -> tuple[Whole, float, float]:
    """Ways to run (T, G), what they bring in dollars, and the proven upper bound of any operation.

    With `free_start` the groups may begin in any state at no cost, instead of running in normal mode, and a
    battery with any charge. With a `bus`, rewards are those before energy is paid, and its limits hold
    instead of the shared one; a MWh in its battery costs the first of `stored_usd` in the beginning and is
    paid the second in the end.

    Raises:
        Unsolvable: If no operation keeps all limits.
        MissingLibrary: If highspy is not installed.
    """
    alike = alike_parts(groups)
    written = _written(groups, limits, free_start, bus, stored_usd, alike)
    values, brought, bound = written.programme.solve(relative_gap, seconds)
    modes = np.zeros(groups.rewards.shape[:2], dtype=np.int64)
    for column, members in enumerate(alike):
        counts = np.rint(values[written.mode[:, column]]).astype(np.int64)
        modes[:, members] = modes_of_parts(counts, free_start=free_start)
    return modes, brought + written.known_usd, bound + written.known_usd


def bus_prices(
    groups: DispatchProblem,
    limits: SharedLimits,
    bus: SiteBus,
    *,
    free_start: bool = False,
    stored_usd: tuple[float, float] = (0.0, 0.0),
) -> Floats:
    """Price of energy on the bus in each interval if parts of groups could run, shape (T,).

    Raises:
        Unsolvable: If no operation keeps all limits.
        MissingLibrary: If highspy is not installed.
    """
    written = _written(groups, limits, free_start, bus, stored_usd, alike_parts(groups))
    duals: Floats = -written.programme.relaxed_duals(_RELAXED_SECONDS)[written.bus_rows]
    return duals


@dataclass(frozen=True, eq=False)
class _Written:
    """A dispatch written down for HiGHS: columns of modes, rows of the bus, and what no column says."""

    programme: LinearProgramme
    mode: Whole
    bus_rows: Whole
    known_usd: float


def _written(
    groups: DispatchProblem,
    limits: SharedLimits,
    free_start: bool,
    bus: SiteBus | None,
    stored_usd: tuple[float, float],
    alike: list[list[int]],
) -> _Written:
    """Write the dispatch down; columns of a mode count the parts of a group that are alike."""
    programme, limited = LinearProgramme(), bus is None and limits.limit_binds
    firsts, parts = [members[0] for members in alike], np.array([len(members) for members in alike])
    groups, limits = groups.of(firsts), limits.of(firsts)
    gain = np.where(np.isfinite(groups.rewards), groups.rewards, 0.0)
    possible = np.isfinite(groups.rewards) * parts[:, None].astype(float)
    mode = programme.columns(gain, possible)
    hours, count, _ = mode.shape
    start = programme.columns(-groups.start_usd, parts)
    stop = programme.columns(np.broadcast_to(-groups.stop_usd, (hours, count)), parts)
    for g in range(count):
        power, most = limits.power_mw[g], float(parts[g])
        _one_group(programme, groups, g, mode[:, g], start[:, g], stop[:, g], power, most)
        if free_start:
            programme.rows([(start[:1, g], 1.0), (stop[:1, g], 1.0)], 0.0, 0.0)
        else:
            _from_normal(programme, groups, g, mode[:1, g], start[:1, g], stop[:1, g], power, most)
    _coupled(programme, limits, mode, limited=limited)
    if bus is None:
        return _Written(programme, mode, np.arange(0), 0.0)
    rows = _on_bus(programme, limits, mode, bus, stored_usd, free_start=free_start)
    known = -float(bus.curve.cost_usd(bus.curve.first_mwh).sum())
    return _Written(programme, mode, rows, known)


def _one_group(
    programme: LinearProgramme,
    groups: DispatchProblem,
    g: int,
    mode: Whole,
    start: Whole,
    stop: Whole,
    power: Floats,
    parts: float,
) -> None:
    machine, on = groups.machines[g], mode[:, 1:]
    programme.rows([(mode, 1.0)], parts, parts)
    programme.rows([(on[1:], 1.0), (on[:-1], -1.0), (start[1:], -1.0), (stop[1:], 1.0)], 0.0, 0.0)
    for t in range(len(mode)):
        recent = slice(max(0, t - machine.min_on_hours + 1), t + 1)
        programme.rows([(start[None, recent], 1.0), (on[None, t], -1.0)], -INF, 0.0)
        recent = slice(max(0, t - machine.min_off_hours + 1), t + 1)
        programme.rows([(stop[None, recent], 1.0), (on[None, t], 1.0)], -INF, parts)
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
    parts: float,
) -> None:
    """The first hour follows on normal mode; every argument is cut to that hour."""
    machine = groups.machines[g]
    programme.rows([(mode[:, 1:], 1.0), (start, -1.0), (stop, 1.0)], parts, parts)
    if machine.ramp_mw_per_hour is not None:
        ramp, normal = machine.ramp_mw_per_hour * (1 + 1e-9), power[machine.normal + 1]
        programme.rows([(mode, power)], normal - ramp, normal + ramp)


def _on_bus(
    programme: LinearProgramme,
    limits: SharedLimits,
    mode: Whole,
    bus: SiteBus,
    stored_usd: tuple[float, float],
    *,
    free_start: bool,
) -> Whole:
    """Supply meets what machines, AI load and the battery use; returns the rows that say so."""
    curve, hours = bus.curve, len(mode)
    supply = programme.columns(-curve.usd_per_mwh, curve.width_mwh, whole=False)
    used = (limits.power_mw * bus.interval_hours).ravel()
    terms: list[tuple[Whole, float | Floats]] = [(supply, 1.0), (mode.reshape(hours, -1), -used)]
    if bus.battery is not None:
        charged, discharged, stored = _battery(programme, bus.battery, hours, bus.interval_hours, stored_usd)
        if not free_start:
            initial = bus.battery.initial_mwh - bus.battery.min_mwh
            programme.rows([(stored[:1], 1.0)], initial, initial)
        terms += [(charged, -1.0), (discharged, 1.0)]
    return programme.rows(terms, bus.load_mwh - curve.first_mwh, bus.load_mwh - curve.first_mwh)


def _battery(
    programme: LinearProgramme,
    battery: Battery,
    hours: int,
    interval_hours: float,
    stored_usd: tuple[float, float],
) -> tuple[Whole, Whole, Whole]:
    """Columns of energy charged, discharged and stored above the least, and the rows that tie them."""
    most, room = battery.power_mw * interval_hours, battery.max_mwh - battery.min_mwh
    charged = programme.columns(np.zeros(hours), most, whole=False)
    wear = np.full(hours, -battery.cycle_cost_usd_per_mwh)
    discharged = programme.columns(wear, most, whole=False)
    worth = np.zeros(hours + 1)
    worth[0], worth[-1] = -stored_usd[0], stored_usd[1]
    stored = programme.columns(worth, room, whole=False)
    into, out = -battery.charge_efficiency, 1 / battery.discharge_efficiency
    programme.rows([(stored[1:], 1.0), (stored[:-1], -1.0), (charged, into), (discharged, out)], 0.0, 0.0)
    programme.rows([(charged, 1.0), (discharged, 1.0)], -INF, most)
    return charged, discharged, stored


def _coupled(programme: LinearProgramme, limits: SharedLimits, mode: Whole, *, limited: bool) -> None:
    hours = len(mode)
    if limited:
        programme.rows([(mode.reshape(hours, -1), limits.power_mw.ravel())], -INF, limits.limit_mw)
    if limits.prices.size:
        sold = programme.columns(limits.prices.T, limits.caps.T, whole=False)
        programme.rows([(sold, 1.0), (mode.reshape(hours, -1), -limits.reserve_mw.ravel())], -INF, 0.0)

"""Time to dispatch 8,760 hours x 10 machine groups with start costs and minimum times, against linopy +
HiGHS.

    python -m benchmarks.dispatch [--hours N] [--groups N] [--rounds N] [--apart]

Both solve the same problem, on real prices of LZ_WEST, to the same objective; linopy's time is building the
model and solving it. Needs the extras `site` and `bench`. Exit status 1 if the objectives differ by more than
1e-6.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from typing import Any

import numpy as np

from hashpivot.site import Machines, Mode, load_zone
from hashpivot.site.solvers._dynamic_programme import DispatchProblem, best_modes, total_usd

EQUAL = 1e-6


def problem(hours: int, count: int) -> DispatchProblem:
    """Groups of 8 to 17 MW of different efficiency, on the latest hours of the zone."""
    machines, worth = [], []
    for number in range(count):
        power = 8.0 + number
        modes = (Mode("eco", 78.0 * power, 0.72 * power), Mode("normal", 100.0 * power, power))
        machines.append(
            Machines(f"group {number}", modes, 40.0 + 15 * number, 10.0, 0, 2 + number % 4, 2 + number % 3)
        )
        value = 45.0 + 6 * number  # USD/MWh in normal mode
        worth.append([0.0, 0.8 * value * power, value * power])
    price = load_zone("LZ_WEST").rt[-hours:]
    drawn = np.array([[0.0, *(mode.power_mw for mode in group.modes)] for group in machines])
    rewards = np.array(worth) - price[:, None, None] * drawn
    start = np.tile([group.start_cost_usd for group in machines], (hours, 1))
    stop = np.array([group.stop_cost_usd for group in machines])
    return DispatchProblem(machines, rewards, start, stop, np.zeros(hours, dtype=bool))


def by_linopy(groups: DispatchProblem) -> float:
    """Build and solve with linopy and HiGHS; what the best operation brings."""
    import linopy
    import xarray

    warnings.simplefilter("ignore")  # linopy announces changes to come
    hours, count, modes = groups.rewards.shape
    model: Any = linopy.Model()
    on_modes = [(range(hours), range(count), range(modes - 1)), ["hour", "group", "mode"]]
    coords = dict(zip(on_modes[1], on_modes[0], strict=True))
    flat = {name: coords[name] for name in ("hour", "group")}
    run = model.add_variables(binary=True, coords=coords, name="run")
    start = model.add_variables(binary=True, coords=flat, name="start")
    stop = model.add_variables(binary=True, coords=flat, name="stop")
    on = run.sum("mode")
    model.add_constraints(on <= 1, name="one mode")
    before = on.shift(hour=1)
    model.add_constraints((on - before - start + stop).isel(hour=slice(1, None)) == 0, name="switch")
    model.add_constraints((on - start + stop).isel(hour=0) == 1, name="begin")
    for g, group in enumerate(groups.machines):
        started = start.isel(group=g).rolling(hour=group.min_on_hours).sum()
        stopped = stop.isel(group=g).rolling(hour=group.min_off_hours).sum()
        model.add_constraints(started - on.isel(group=g) <= 0, name=f"min on {g}")
        model.add_constraints(stopped + on.isel(group=g) <= 1, name=f"min off {g}")
    gains = xarray.DataArray(groups.rewards[:, :, 1:], coords=coords, dims=("hour", "group", "mode"))
    costs = xarray.DataArray(groups.start_usd, coords=flat, dims=("hour", "group"))
    stops = xarray.DataArray(
        np.broadcast_to(groups.stop_usd, (hours, count)), coords=flat, dims=("hour", "group")
    )
    model.add_objective((gains * run).sum() - (costs * start).sum() - (stops * stop).sum(), sense="max")
    model.solve("highs", io_api="direct", output_flag=False, mip_rel_gap=EQUAL / 2)
    return float(model.objective.value)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=8760)
    parser.add_argument("--groups", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3, help="of ours, the median counts")
    parser.add_argument("--apart", action="store_true", help="give linopy one group at a time: kinder to it")
    wanted = parser.parse_args()
    groups = problem(wanted.hours, wanted.groups)
    times = []
    for _ in range(wanted.rounds):
        begun = time.perf_counter()
        modes = best_modes(groups)
        times.append(time.perf_counter() - begun)
    ours, value = float(np.median(times)), float(total_usd(groups, modes).sum())
    print(
        f"{wanted.hours:,} hours x {wanted.groups} groups: hashpivot {ours:.3f} s, {value:,.4f} USD",
        flush=True,
    )
    begun = time.perf_counter()
    parts = [groups.only(g, groups.rewards[:, g]) for g in range(wanted.groups)] if wanted.apart else [groups]
    other = sum(map(by_linopy, parts))
    theirs = time.perf_counter() - begun
    apart = abs(value - other) / max(abs(other), 1.0)
    print(f"linopy + HiGHS {theirs:.3f} s, {other:,.4f} USD")
    print(f"ratio {theirs / ours:,.0f}x, objectives {apart:.1e} apart")
    return int(apart > EQUAL)


if __name__ == "__main__":
    sys.exit(main())

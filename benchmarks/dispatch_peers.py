"""Other ways to the best dispatch of machine groups with start costs and shortest times: what ours is timed
against.

Without a budget of hours off, ramps and shared limits the linear programme has a whole-number optimum (the
convex hull of shortest times on and off: Rajan and Takriti 2005), and groups do not touch one another. Each
peer returns what the best operation brings, and the seconds it took by step.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from hashpivot.site.solvers._dynamic_programme import DispatchProblem, best_modes, total_usd


@dataclass(frozen=True)
class Timing:
    """What a peer found, and how long it took.

    Args:
        usd: What the best operation brings.
        build: Seconds to set the problem up.
        solve: Seconds to solve it.
    """

    usd: float
    build: float
    solve: float

    @property
    def total(self) -> float:
        """Seconds in all."""
        return self.build + self.solve

    def __add__(self, other: Timing) -> Timing:
        return Timing(self.usd + other.usd, self.build + other.build, self.solve + other.solve)


def apart(problem: DispatchProblem) -> Iterator[DispatchProblem]:
    """Each group by itself: kinder to a solver than all in one model."""
    for g in range(len(problem.machines)):
        yield problem.only(g, problem.rewards[:, g])


def of_groups(problem: DispatchProblem, peer: Callable[[DispatchProblem], Timing]) -> Timing:
    """A peer on each group by itself, added up."""
    total = Timing(0.0, 0.0, 0.0)
    for group in apart(problem):
        total = total + peer(group)
    return total


def by_hashpivot(problem: DispatchProblem) -> Timing:
    """This package's."""
    begun = time.perf_counter()
    modes = best_modes(problem)
    spent = time.perf_counter() - begun
    return Timing(float(total_usd(problem, modes).sum()), 0.0, spent)


def by_numpy(problem: DispatchProblem) -> Timing:
    """A dynamic programme backwards in time, the two values of all groups, on and off, in one array an hour.

    To stop is to stay off for the shortest time and then be free again: a sum of rewards and a later value.
    """
    begun = time.perf_counter()
    hours, groups, _ = problem.rewards.shape
    on_usd, off_usd = problem.rewards[:, :, 1:].max(axis=2), problem.rewards[:, :, 0]
    min_on, min_off = (
        np.array([getattr(group, key) for group in problem.machines])
        for key in ("min_on_hours", "min_off_hours")
    )
    stay = np.concatenate([on_usd, off_usd], axis=1)
    stop, start = _sums(off_usd, min_off) - problem.stop_usd, _sums(on_usd, min_on) - problem.start_usd
    leave = np.concatenate([stop, start], axis=1)
    value = np.zeros((hours + int(max(min_on.max(), min_off.max())), 2 * groups))
    flat, width, group = value.reshape(-1), 2 * groups, np.arange(groups)
    later = np.concatenate([min_off * width + groups + group, min_on * width + group]) + hours * width
    one, other = np.empty(width), np.empty(width)
    for t in range(hours - 1, -1, -1):
        later -= width
        np.add(stay[t], value[t + 1], out=one)
        np.add(leave[t], flat.take(later), out=other)
        np.maximum(one, other, out=value[t])
    switches = leave + flat[later + np.arange(hours)[:, None] * width] > stay + value[1 : hours + 1]
    running = np.ones((hours, groups), dtype=bool)
    for g in range(groups):
        stops, starts = (switches[:, column].tobytes() for column in (g, groups + g))
        _follow(running[:, g], stops, starts, int(min_on[g]), int(min_off[g]))
    modes = np.where(running, problem.rewards[:, :, 1:].argmax(axis=2) + 1, 0)
    spent = time.perf_counter() - begun
    return Timing(float(total_usd(problem, modes).sum()), 0.0, spent)


def _follow(running: Any, stops: bytes, starts: bytes, min_on: int, min_off: int) -> None:
    t = 0
    while (stop := stops.find(1, t)) >= 0:
        start = starts.find(1, stop + min_off)
        start = len(running) if start < 0 else start
        running[stop:start] = False
        t = start + min_on


def _sums(usd: Any, lengths: Any) -> Any:
    """Sums of each hour and those after it, so many in all or to the last."""
    total = usd.copy()
    for step in range(1, min(int(lengths.max()), len(usd))):
        total[:-step] += np.where(step < lengths, usd[step:], 0.0)
    return total


def by_highs(problem: DispatchProblem) -> Timing:
    """The linear programme of one group by scipy's HiGHS."""
    from scipy.optimize import linprog

    begun = time.perf_counter()
    cost, rows, most, switch, switched = group_rows(problem)
    built = time.perf_counter()
    found = linprog(cost, rows, most, switch, switched, bounds=(0, 1), method="highs")
    idle = float(problem.rewards[:, 0, 0].sum())
    return Timing(idle - float(found.fun), built - begun, time.perf_counter() - built)


def group_rows(problem: DispatchProblem) -> tuple[Any, Any, Any, Any, Any]:
    """One group written down: cost, rows and their upper bounds, equal rows and their values.

    Columns are each mode that is on in every hour, then starts, then stops.
    """
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    [group] = problem.machines
    hours, _, modes = problem.rewards.shape
    one, none = eye_array(hours, format="csr"), csr_array((hours, hours))
    before = eye_array(hours, k=-1, format="csr")
    on = hstack([one] * (modes - 1))
    switch = hstack([on - hstack([before] * (modes - 1)), -one, one])
    held_on = hstack([-on, _window(hours, group.min_on_hours), none])
    held_off = hstack([on, none, _window(hours, group.min_off_hours)])
    gains = (problem.rewards[:, 0, 1:] - problem.rewards[:, 0, :1]).T.ravel()
    cost = np.concatenate([-gains, problem.start_usd[:, 0], np.full(hours, problem.stop_usd[0])])
    rows = vstack([hstack([on, none, none]), held_on, held_off], format="csr")
    most = np.concatenate([np.ones(hours), np.zeros(hours), np.ones(hours)])
    switched = np.zeros(hours)
    switched[0] = 1.0
    return cost, rows, most, switch.tocsr(), switched


def by_linopy(problem: DispatchProblem) -> Timing:
    """The same linear programme built by linopy, solved by HiGHS."""
    import linopy

    warnings.simplefilter("ignore")  # linopy and PyPSA announce changes to come
    begun = time.perf_counter()
    model: Any = linopy.Model()
    _, earned = linopy_group(model, problem, "group", whole=False)
    model.add_objective(earned, sense="max")
    built = time.perf_counter()
    model.solve("highs", io_api="direct", output_flag=False)
    usd = float(problem.rewards[:, 0, 0].sum()) + float(model.objective.value)
    return Timing(usd, built - begun, time.perf_counter() - built)


def linopy_group(model: Any, problem: DispatchProblem, name: str, *, whole: bool) -> tuple[Any, Any]:
    """Add one group to a linopy model; its modes that are on by hour, and what it earns over idle."""
    import xarray

    [group] = problem.machines
    hours, _, modes = problem.rewards.shape
    hour, mode = np.arange(hours), np.arange(modes - 1)
    bounds = {"binary": True} if whole else {"lower": 0, "upper": 1}
    each = {"coords": [hour], "dims": ["hour"], **bounds}
    run = model.add_variables(coords=[hour, mode], dims=["hour", "mode"], name=f"{name} run", **bounds)
    start = model.add_variables(name=f"{name} start", **each)
    stop = model.add_variables(name=f"{name} stop", **each)
    on = run.sum("mode")
    model.add_constraints(on <= 1, name=f"{name} one mode")
    model.add_constraints(
        (on - on.shift(hour=1) - start + stop).isel(hour=slice(1, None)) == 0, name=f"{name} switch"
    )
    model.add_constraints((on - start + stop).isel(hour=0) == 1, name=f"{name} begin")
    model.add_constraints(start.rolling(hour=group.min_on_hours).sum() - on <= 0, name=f"{name} held on")
    model.add_constraints(stop.rolling(hour=group.min_off_hours).sum() + on <= 1, name=f"{name} held off")
    gains = problem.rewards[:, 0, 1:] - problem.rewards[:, 0, :1]
    earned = (xarray.DataArray(gains, coords={"hour": hour, "mode": mode}, dims=("hour", "mode")) * run).sum()
    cost = xarray.DataArray(problem.start_usd[:, 0], coords={"hour": hour}, dims="hour")
    return run, earned - (cost * start).sum() - float(problem.stop_usd[0]) * stop.sum()


def by_pypsa(problem: DispatchProblem) -> Timing:
    """One group in PyPSA, a committable generator, its commitment linear; solved by HiGHS.

    The best mode of each hour is found beforehand: a generator that must run full has one.
    """
    import logging

    import pypsa

    warnings.simplefilter("ignore")
    logging.getLogger("pypsa").setLevel(logging.ERROR)
    logging.getLogger("linopy").setLevel(logging.ERROR)
    begun = time.perf_counter()
    [group] = problem.machines
    hours = len(problem.rewards)
    gain = problem.rewards[:, 0, 1:].max(axis=1) - problem.rewards[:, 0, 0]
    network: Any = pypsa.Network(snapshots=range(hours))
    network.add("Bus", "site")
    network.add("Load", "all", bus="site", p_set=1.0)
    network.add(
        "Generator",
        "group",
        bus="site",
        p_nom=1.0,
        p_min_pu=1.0,
        committable=True,
        marginal_cost=-gain,
        start_up_cost=float(problem.start_usd[0, 0]),
        shut_down_cost=float(problem.stop_usd[0]),
        min_up_time=group.min_on_hours,
        min_down_time=group.min_off_hours,
        up_time_before=group.min_on_hours,
    )
    network.add("Generator", "none", bus="site", p_nom=1.0)
    model = network.optimize.create_model(linearized_unit_commitment=True)
    built = time.perf_counter()
    network.optimize.solve_model(solver_name="highs", io_api="direct", solver_options={"output_flag": False})
    usd = float(problem.rewards[:, 0, 0].sum()) - float(model.objective.value)
    return Timing(usd, built - begun, time.perf_counter() - built)


def _window(hours: int, length: int) -> Any:
    """A matrix that adds up so many hours, each with those before it."""
    from scipy.sparse import eye_array

    return sum(
        (eye_array(hours, k=-step, format="csr") for step in range(1, length)), eye_array(hours, format="csr")
    )

"""Other ways to the best dispatch under a shared limit, beside a battery: the same MILP, set up by each peer.

Power is bought at one price an hour up to the limit; machines and the battery use it, none is sent out.
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.dispatch_peers import apart, group_rows, linopy_group
from hashpivot.site import Battery
from hashpivot.site.model import Floats
from hashpivot.site.solvers import SharedLimits
from hashpivot.site.solvers._dynamic_programme import DispatchProblem


@dataclass(frozen=True, eq=False)
class Instance:
    """Machines under a limit, by hours.

    Args:
        name: What it is called.
        price: What a MWh costs, shape (T,).
        groups: Machines and their rewards, energy not paid.
        limits: The limit they share.
        battery: A battery beside them.
    """

    name: str
    price: Floats
    groups: DispatchProblem
    limits: SharedLimits
    battery: Battery | None = None

    @property
    def paid(self) -> DispatchProblem:
        """The same machines, energy paid at the price."""
        cost = self.price[:, None, None] * self.limits.power_mw
        return self.groups.with_rewards(self.groups.rewards - cost)


@dataclass(frozen=True)
class Proven:
    """What a peer found: the operation brings `usd`, none brings more than `bound`; seconds by step."""

    usd: float
    bound: float
    build: float
    solve: float

    @property
    def gap(self) -> float:
        """Relative distance of the two."""
        return max(0.0, self.bound - self.usd) / max(abs(self.usd), 1.0)


def by_scipy(instance: Instance, gap: float, seconds: float) -> Proven:
    """All groups and the battery in one programme for scipy's HiGHS."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_diag, csr_array, eye_array, hstack, vstack

    begun = time.perf_counter()
    hours, limits = len(instance.price), instance.limits
    parts = [group_rows(group) for group in apart(instance.paid)]
    one, none = eye_array(hours, format="csr"), csr_array((hours, 2 * hours))
    drawn = hstack([block for power in limits.power_mw for block in (*(mw * one for mw in power[1:]), none)])
    cost, whole = np.concatenate([part[0] for part in parts]), np.ones(drawn.shape[1])
    upper = np.ones(len(whole))
    rows, most = block_diag([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
    equal, value = block_diag([part[3] for part in parts]), np.concatenate([part[4] for part in parts])
    least = np.full(hours, -np.inf)
    battery = instance.battery
    if battery is not None:  # columns: charged, discharged, stored above the least
        drawn, least = hstack([drawn, one, -one, csr_array((hours, hours))]), np.zeros(hours)
        before = eye_array(hours, k=-1, format="csr")
        change = [-battery.charge_efficiency * one, one / battery.discharge_efficiency, one - before]
        at_first = np.zeros(hours)
        at_first[0] = battery.initial_mwh - battery.min_mwh
        rows = block_diag([rows, hstack([one, one, csr_array((hours, hours))])])
        equal = block_diag([equal, hstack(change)])
        most = np.concatenate([most, np.full(hours, battery.power_mw)])
        value = np.concatenate([value, at_first])
        wear = battery.cycle_cost_usd_per_mwh
        more = [instance.price, wear - instance.price, np.zeros(hours)]
        room = battery.max_mwh - battery.min_mwh
        cost, whole = np.concatenate([cost, *more]), np.concatenate([whole, np.zeros(3 * hours)])
        upper = np.concatenate([upper, np.full(2 * hours, battery.power_mw), np.full(hours, room)])
    matrix = vstack([rows, equal, drawn], format="csr")
    low = np.concatenate([np.full(len(most), -np.inf), value, least])
    high = np.concatenate([most, value, limits.limit_mw])
    built = time.perf_counter()
    found = milp(
        cost,
        integrality=whole,
        bounds=Bounds(np.zeros(len(upper)), upper),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    idle = _idle_usd(instance)
    usd, bound = idle - float(found.fun), idle - float(found.mip_dual_bound)
    return Proven(usd, bound, built - begun, time.perf_counter() - built)


def by_linopy(instance: Instance, gap: float, seconds: float) -> Proven:
    """The same programme built by linopy, solved by HiGHS."""
    import linopy
    import xarray

    warnings.simplefilter("ignore")  # linopy and PyPSA announce changes to come
    begun = time.perf_counter()
    model: Any = linopy.Model()
    hour = np.arange(len(instance.price))
    price = xarray.DataArray(instance.price, coords={"hour": hour}, dims="hour")
    drawn, total = 0, 0
    for number, group in enumerate(apart(instance.paid)):
        run, earned = linopy_group(model, group, f"group {number}", whole=True)
        power = xarray.DataArray(instance.limits.power_mw[number, 1:], dims="mode")
        drawn, total = drawn + (power * run).sum("mode"), total + earned
    battery = instance.battery
    if battery is not None:
        each = {"coords": [hour], "dims": ["hour"], "lower": 0}
        charged, discharged = (
            model.add_variables(name=name, upper=battery.power_mw, **each)
            for name in ("charged", "discharged")
        )
        stored = model.add_variables(name="stored", upper=battery.max_mwh - battery.min_mwh, **each)
        change = battery.charge_efficiency * charged - 1 / battery.discharge_efficiency * discharged
        model.add_constraints((stored - stored.shift(hour=1) - change).isel(hour=slice(1, None)) == 0)
        begins = battery.initial_mwh - battery.min_mwh
        model.add_constraints((stored - change).isel(hour=0) == begins)
        model.add_constraints(charged + discharged <= battery.power_mw)
        drawn = drawn + charged - discharged
        wear = battery.cycle_cost_usd_per_mwh * discharged
        total = total - (price * (charged - discharged)).sum() - wear.sum()
        model.add_constraints(drawn >= 0)
    model.add_constraints(drawn <= float(instance.limits.limit_mw.max()))  # the same in each hour
    model.add_objective(total, sense="max")
    built = time.perf_counter()
    options = {"mip_rel_gap": gap, "time_limit": seconds, "output_flag": False}
    model.solve("highs", io_api="direct", **options)
    usd, bound = float(model.objective.value), float(_solver(model).getInfo().mip_dual_bound)
    idle = _idle_usd(instance)
    return Proven(idle + usd, idle + bound, built - begun, time.perf_counter() - built)


def by_pypsa(instance: Instance, gap: float, seconds: float) -> Proven | None:
    """PyPSA: each group a load that a committable generator takes off; None where it has several modes."""
    import logging

    import pypsa

    if instance.limits.power_mw.shape[1] > 2:
        return None
    warnings.simplefilter("ignore")
    for name in ("pypsa", "linopy"):
        logging.getLogger(name).setLevel(logging.ERROR)
    begun = time.perf_counter()
    hours, groups = len(instance.price), instance.groups
    network: Any = pypsa.Network(snapshots=range(hours))
    network.add("Bus", "site")
    network.add("Load", "machines", bus="site", p_set=float(instance.limits.power_mw[:, 1].sum()))
    most = float(instance.limits.limit_mw.max())
    network.add("Generator", "grid", bus="site", p_nom=most, marginal_cost=instance.price)
    for number, group in enumerate(groups.machines):
        power = float(instance.limits.power_mw[number, 1])
        network.add(
            "Generator",
            f"{group.name} off",
            bus="site",
            p_nom=power,
            p_min_pu=1.0,
            committable=True,
            marginal_cost=(groups.rewards[:, number, 1] - groups.rewards[:, number, 0]) / power,
            start_up_cost=float(groups.stop_usd[number]),
            shut_down_cost=float(groups.start_usd[0, number]),
            min_up_time=group.min_off_hours,
            min_down_time=group.min_on_hours,
            up_time_before=0,
            down_time_before=group.min_on_hours,
        )
    battery = instance.battery
    if battery is not None:
        network.add(
            "StorageUnit",
            "battery",
            bus="site",
            p_nom=battery.power_mw,
            max_hours=(battery.max_mwh - battery.min_mwh) / battery.power_mw,
            efficiency_store=battery.charge_efficiency,
            efficiency_dispatch=battery.discharge_efficiency,
            marginal_cost=battery.cycle_cost_usd_per_mwh,
            state_of_charge_initial=battery.initial_mwh - battery.min_mwh,
        )
    model = network.optimize.create_model()
    if battery is not None:  # one converter serves both ways
        both = model.variables["StorageUnit-p_store"] + model.variables["StorageUnit-p_dispatch"]
        model.add_constraints(both <= battery.power_mw, name="one converter")
    built = time.perf_counter()
    options = {"mip_rel_gap": gap, "time_limit": seconds, "output_flag": False}
    network.optimize.solve_model(solver_name="highs", io_api="direct", solver_options=options)
    running = float(groups.rewards[:, :, 1].sum())
    usd, bound = float(model.objective.value), float(_solver(model).getInfo().mip_dual_bound)
    return Proven(running - usd, running - bound, built - begun, time.perf_counter() - built)


def _solver(model: Any) -> Any:
    """The HiGHS object of a linopy model that was solved, by old and new versions of linopy."""
    return model.solver_model


def _idle_usd(instance: Instance) -> float:
    return float(instance.groups.rewards[:, :, 0].sum())

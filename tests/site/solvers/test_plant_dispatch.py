"""Machines beside a battery and solar power, against HiGHS on the same mixed-integer programme."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.site import Battery, Unsolvable
from hashpivot.site.economics import SupplyCurve
from hashpivot.site.solvers._dynamic_programme import DispatchProblem
from hashpivot.site.solvers._lagrangian import TOLERANCE
from hashpivot.site.solvers._plant_dispatch import _PlantSearch, dispatch_plant
from hashpivot.site.solvers._shared_limits import SharedLimits
from hashpivot.site.solvers.bus import SiteBus, best_storage, offers_at, offers_on, stepwise_storage

from ..checks import check_groups
from .instances import instances

pytest.importorskip("highspy", reason="highspy is not installed: nothing to compare with")
from hashpivot.site.solvers._linear_rows import LinearProgramme
from hashpivot.site.solvers._mixed_integer import solve_milp

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def curve_of(
    chance: np.random.Generator, hours: int, limit: float, export: float, length: float
) -> SupplyCurve:
    price = chance.normal(55, 45, hours) + (chance.random(hours) < 0.1) * 300
    peak = chance.choice([0, 500]) * (chance.random(hours) < 0.05)
    cost = np.stack([price, price + 3, price + 3 + peak, 0 * price], axis=1)
    minimum = chance.choice([0.0, 0.2]) * limit
    solar = limit * chance.uniform(0, 0.7) * np.maximum(np.sin(np.arange(hours) / 4), 0.0)
    width = np.stack([0 * price + export, 0 * price + minimum, 0 * price + limit - minimum, solar], axis=1)
    order = np.argsort(cost, axis=1, kind="stable")
    return SupplyCurve(
        np.full(hours, -export * length),
        np.take_along_axis(width, order, 1) * length,
        np.take_along_axis(cost, order, 1),
        order.astype(float),
    )


def battery_of(chance: np.random.Generator, size: float) -> Battery:
    return Battery(
        size * chance.uniform(0.1, 0.5),
        size * chance.uniform(0.2, 2),
        chance.uniform(0.8, 1),
        chance.uniform(0.8, 1),
        float(chance.choice([0, 5])),
        0.1,
        0.9,
        0.5,
    )


def best_by_highs(curve: SupplyCurve, base: np.ndarray, battery: Battery, length: float) -> float:
    """The battery as a linear programme, written down plainly."""
    programme, hours, most = LinearProgramme(), len(base), battery.power_mw * length
    supply = programme.columns(-curve.usd_per_mwh, curve.width_mwh, whole=False)
    charge = programme.columns(np.zeros(hours), most, whole=False)
    discharge = programme.columns(np.full(hours, -battery.cycle_cost_usd_per_mwh), most, whole=False)
    stored = programme.columns(np.zeros(hours + 1), battery.max_mwh - battery.min_mwh, whole=False)
    programme.rows(
        [(supply, 1.0), (charge, -1.0), (discharge, 1.0)], base - curve.first_mwh, base - curve.first_mwh
    )
    into, out = -battery.charge_efficiency, 1 / battery.discharge_efficiency
    programme.rows([(stored[1:], 1.0), (stored[:-1], -1.0), (charge, into), (discharge, out)], 0.0, 0.0)
    begins = battery.initial_mwh - battery.min_mwh
    programme.rows([(stored[:1], 1.0)], begins, begins)
    programme.rows([(charge, 1.0), (discharge, 1.0)], -np.inf, most)
    _, brought, _ = programme.solve(0.0, 60.0)
    return brought - float(curve.cost_usd(curve.first_mwh).sum())


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.integers(0, 2**31), st.integers(3, 60), st.sampled_from([0.25, 1.0]))
def test_a_battery_reaches_the_optimum_of_highs(seed: int, hours: int, length: float) -> None:
    chance = np.random.default_rng(seed)
    limit = chance.uniform(5, 20)
    curve = curve_of(chance, hours, limit, float(chance.choice([0, 5])), length)
    battery = battery_of(chance, limit)
    base = chance.uniform(0, limit, hours) * length * (chance.random(hours) < 0.7)
    path = best_storage(offers_on(curve, base, battery, length), battery)
    wear = battery.cycle_cost_usd_per_mwh * path.discharged_mwh
    brought = -float((curve.cost_usd(base + path.taken_mwh) + wear).sum())
    assert brought == pytest.approx(best_by_highs(curve, base, battery, length), rel=1e-6, abs=1e-4)
    into, out = path.charged_mwh * battery.charge_efficiency, path.discharged_mwh
    stored = battery.initial_mwh + np.cumsum(into - out / battery.discharge_efficiency)
    assert stored.min() >= battery.min_mwh - 1e-6 and stored.max() <= battery.max_mwh + 1e-6
    assert (path.charged_mwh + path.discharged_mwh <= battery.power_mw * length + 1e-9).all()
    assert curve.fits(base + path.taken_mwh).all()


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW)
@given(instances(coupled=True), st.integers(0, 2**31))
def test_a_plant_keeps_its_limits_and_its_gap(
    instance: tuple[DispatchProblem, SharedLimits], seed: int
) -> None:
    groups, limits = instance
    chance = np.random.default_rng(seed)
    hours, size = len(groups.rewards), float(limits.power_mw.max(axis=1).sum())
    length = float(chance.choice([0.25, 1.0]))
    worth = np.where(np.isfinite(groups.rewards), chance.uniform(40, 90) * limits.power_mw * length, -np.inf)
    groups = groups.with_rewards(worth)
    curve = curve_of(chance, hours, size * chance.uniform(0.5, 1.3), size * chance.choice([0, 0.3]), length)
    battery = battery_of(chance, size) if chance.random() < 0.8 else None
    bus = SiteBus(curve, np.full(hours, chance.choice([0, 0.1]) * size * length), battery, length)
    try:
        _, brought, _ = solve_milp(groups, limits, bus=bus)
    except Unsolvable:
        with pytest.raises(Unsolvable):
            dispatch_plant(groups, limits, bus)
        return
    found, room = dispatch_plant(groups, limits, bus), 1e-6 * max(1.0, abs(brought)) + 1e-4
    assert found.gap <= TOLERANCE
    assert found.value_usd <= brought + room and found.bound_usd >= brought - room
    used = bus.load_mwh + limits.drawn(found.modes).sum(axis=1) * length + found.storage.taken_mwh
    assert curve.fits(used).all()
    check_groups(list(groups.machines), found.modes, np.cumsum(groups.new_month))
    search = _PlantSearch(groups, limits, bus)
    search.run(12)
    assert search.bound >= brought - room


def test_energy_cheaper_than_nothing_is_lost_by_turns() -> None:
    battery = Battery(1.0, 2.0, 0.9, 0.9, initial_soc=1.0)
    path = best_storage(offers_at(np.full(4, -100.0), battery, 1.0), battery)
    assert (path.charged_mwh > 0).all() and (path.discharged_mwh > 0).all()
    assert path.charged_mwh + path.discharged_mwh == pytest.approx(np.ones(4))


def test_steps_taken_at_a_worth_of_energy_follow_it() -> None:
    battery = Battery(1.0, 4.0, 0.99, 0.99, initial_soc=0.5)
    worth = np.broadcast_to([0.0, 4 * 50.0], (3, 2))
    path = stepwise_storage(offers_at(np.array([20.0, 50.1, 90.0]), battery, 1.0), battery, worth)
    assert path.taken_mwh == pytest.approx([1.0, 0.0, -1.0])

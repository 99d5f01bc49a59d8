"""Random instances of the dispatch problem, small enough for HiGHS."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from hashpivot.site import Machines, Mode
from hashpivot.site.solvers._dynamic_programme import DispatchProblem
from hashpivot.site.solvers._shared_limits import SharedLimits


@st.composite
def instances(draw: st.DrawFn, *, coupled: bool) -> tuple[DispatchProblem, SharedLimits]:
    seed = draw(st.integers(0, 2**31))
    hours = draw(st.integers(6, 36 if not coupled else 24))
    count = draw(st.integers(1, 3))
    machines = [_machines(draw, n, hours, budgets=not coupled) for n in range(count)]
    chance = np.random.default_rng(seed)
    most = max(len(m.modes) for m in machines)
    power = np.zeros((count, most + 1))
    worth = np.full((count, most + 1), -np.inf)
    worth[:, 0] = 0.0
    for g, m in enumerate(machines):
        power[g, 1 : len(m.modes) + 1] = [mode.power_mw for mode in m.modes]
        worth[g, 1 : len(m.modes) + 1] = chance.uniform(40, 90) * power[g, 1 : len(m.modes) + 1] ** 0.97
    price = chance.normal(60, 45, hours) + (chance.random(hours) < 0.1) * 300
    rewards = worth[None] - price[:, None, None] * power
    begins = np.zeros(hours, dtype=bool)
    begins[hours // 2] = draw(st.booleans())
    start = np.array([m.start_cost_usd for m in machines]) * chance.uniform(0.5, 1.5, (hours, 1))
    stop = np.array([m.stop_cost_usd for m in machines])
    reserve = power * np.array([[m.reserve_share] for m in machines])
    products = draw(st.integers(0, 2)) if coupled else 0
    prices = np.sort(chance.uniform(0, 20, (products, hours)), axis=0)[::-1]
    caps = chance.uniform(0, 1, (products, hours)) * power.max(axis=1).sum()
    share = draw(st.floats(0.4, 1.1)) if coupled else 2.0
    limit = np.full(hours, share * power.max(axis=1).sum())
    if coupled and draw(st.booleans()):  # as heat lowers it
        limit *= chance.uniform(0.7, 1.0, hours)
    coupling = SharedLimits(power, reserve, limit, prices, caps)
    return DispatchProblem(machines, rewards, start, stop, begins), coupling


def _machines(draw: st.DrawFn, number: int, hours: int, *, budgets: bool) -> Machines:
    low = draw(st.floats(0.5, 5))
    modes = [Mode("eco", 50.0, low), Mode("normal", 90.0, low * draw(st.floats(1.05, 1.8)))]
    if draw(st.booleans()):
        modes.append(Mode("turbo", 120.0, modes[1].power_mw * 1.2))
    powers = [0.0, *(mode.power_mw for mode in modes)]
    ramp = max(np.diff(powers)) * 1.01 if budgets and draw(st.booleans()) else None
    min_off = draw(st.integers(1, 5))
    budget = draw(st.one_of(st.none(), st.integers(min_off, 12))) if budgets else None
    return Machines(
        f"group {number}",
        tuple(modes),
        start_cost_usd=draw(st.floats(0, 200)),
        stop_cost_usd=draw(st.floats(0, 50)),
        min_on_hours=draw(st.integers(1, 5)),
        min_off_hours=min_off,
        ramp_mw_per_hour=ramp,
        max_off_hours_per_month=budget,
        reserve_share=draw(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1e-9, 1e-7, 1e-5]))),
    )

"""Perfect foresight: the best anyone could have done, every price known beforehand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..economics import HourlyEconomics, Operation, in_modes, marginal, most_with_calls, settle_pnl
from ..model import Bools, Floats, Load, NotForThisSite, Whole
from ._dynamic_programme import DispatchProblem, total_usd
from ._lagrangian import DispatchSolution, dispatch
from ._own_peaks import BesideMachines, OwnPeakSearch
from ._plant_dispatch import PlantSolution, dispatch_plant
from ._shared_limits import SharedLimits
from .bus import site_bus


def perfect_foresight(hours: HourlyEconomics) -> tuple[Operation, DispatchSolution | PlantSolution]:
    """Return the best operation of a site over its hours, and the solution that proves how good it is.

    Raises:
        Unsolvable: If no operation keeps all limits.
    """
    if hours.minimums_differ and (hours.site.has_plant or hours.own_peak_charges):
        raise NotForThisSite(
            "perfect foresight does not know coincident peaks of different minimum_share beside [battery], "
            "[solar] or charges on the site's own peak",
            where=hours.site.name,
            hint="run the other policies, or give the tariffs one minimum_share",
        )
    if hours.site.has_plant:
        return _with_plant(hours)
    every = np.arange(hours.prices.hours)
    rewards = hours.rewards(every, hours.prices.rt, hours.peak)
    if hours.called.any():
        return _under_calls(hours, rewards)
    if hours.own_peak_charges and hours.site.machines:
        return _under_own_peaks(hours, rewards)
    solution = _with_minimum(hours, dispatch(dispatch_problem(hours, rewards), shared_limits(hours)))
    off, committed = interruptions(hours, hours.peak), _held(hours, solution.modes)
    return Operation(solution.modes, off, committed, solution.gap), solution


def _under_calls(hours: HourlyEconomics, rewards: Floats) -> tuple[Operation, DispatchSolution]:
    """Return the best operation where reserve is called, and what no operation can exceed.

    The bound is that of `most_with_calls`.
    """
    if hours.own_peak_charges or _minimum_matters(hours):
        raise NotForThisSite(
            "perfect foresight does not know calls of reserve beside charges on the site's own peak or a "
            "minimum_share",
            where=hours.site.name,
            hint="run the other policies, or leave the columns of calls out",
        )
    limits, problem = shared_limits(hours), dispatch_problem(hours, rewards)
    relaxed, stack = most_with_calls(hours, rewards)
    most = dispatch(
        problem.with_rewards(relaxed),
        replace(limits, prices=stack.price_usd_per_mw, caps=stack.cap_mw),
    )
    unsold = dispatch(problem, replace(limits, prices=np.where(hours.called, 0.0, limits.prices)))
    off = interruptions(hours, hours.peak)
    chosen = max(
        (_selling_beside_calls(hours, found.modes, off) for found in (most, unsold)),
        key=lambda operation: float(settle_pnl(hours, operation).profit_usd.sum()),
    )
    without = replace(hours, site=replace(hours.site, reserves=()))
    added = settle_pnl(hours, chosen).profit_usd - settle_pnl(without, chosen).profit_usd
    value = float((total_usd(problem, chosen.modes).sum(axis=1) + added).sum())
    award = hours.reserve_prices.award_usd(chosen.committed_mw.sum(axis=1))
    bound = max(most.bound_usd + float(award.sum()), value)
    solution = DispatchSolution(chosen.modes, value, bound, most.method)
    return replace(chosen, optimality_gap=solution.gap), solution


def _selling_beside_calls(hours: HourlyEconomics, modes: Whole, off: Bools) -> Operation:
    """Return an operation that sells none of what is called, where that is worth more up to the next call."""
    called, sold = hours.called, _held(hours, modes)
    kept = np.where((called & ~hours.reserve_prices.cleared)[:, None], 0.0, sold)
    selling, keeping = (settle_pnl(hours, Operation(modes, off, mw)).profit_usd for mw in (sold, kept))
    number = np.cumsum(called & ~np.concatenate([[False], called[:-1]]))
    sells = np.bincount(number, selling - keeping) >= 0
    return Operation(modes, off, np.where(sells[number][:, None], sold, kept))


def _under_own_peaks(hours: HourlyEconomics, rewards: Floats) -> tuple[Operation, DispatchSolution]:
    """Return the best operation under charges on the site's own peaks, and the solution that proves it."""

    def beside(price_usd_per_mw: Floats) -> BesideMachines:
        off = interruptions(hours, hours.peak, price_usd_per_mw / hours.interval_hours)
        cost, usd = power_cost(hours, hours.prices.rt, hours.peak), 0.0
        drawn = np.zeros(hours.prices.hours)
        for number, load in enumerate(hours.site.ai):
            mw, income = load.drawn_mw(off[:, number]), load.income_usd(off[:, number], hours.clock)
            usd += float((income - cost * mw).sum())
            drawn += mw
        return BesideMachines(off, drawn, usd * hours.interval_hours)

    relaxed = _priced_minimum(hours) if _minimum_matters(hours) else (rewards, 0.0)
    problem = dispatch_problem(hours, rewards)
    solution, chosen = OwnPeakSearch(hours, problem, shared_limits(hours), beside, relaxed).solve()
    committed = _held(hours, solution.modes)
    return Operation(solution.modes, chosen.interrupted, committed, solution.gap), solution


def _with_plant(hours: HourlyEconomics) -> tuple[Operation, PlantSolution]:
    """The best operation beside a battery and solar power; AI load is interrupted as if it bought alone."""
    if hours.own_peak_charges:
        raise NotForThisSite(
            "perfect foresight does not know charges on the site's own peak beside [battery] or [solar]",
            where=hours.site.name,
            hint="run the other policies, or leave the tariff out",
        )
    prices, off = hours.prices, interruptions(hours, hours.peak)
    bus = site_bus(hours, prices.rt, hours.peak, off)
    used_mwh = hours.power_mw * hours.interval_hours
    every = np.arange(prices.hours)
    rewards = hours.rewards(every, prices.rt, np.zeros(prices.hours))
    rewards += hours.used_usd_per_mwh(every, prices.rt)[:, None, None] * used_mwh
    solution = dispatch_plant(dispatch_problem(hours, rewards), shared_limits(hours), bus)
    machines = in_modes(used_mwh, solution.modes).sum(axis=1)
    plant = bus.schedule(machines, solution.storage, hours.solar_mw)
    return Operation(solution.modes, off, _held(hours, solution.modes), solution.gap, plant), solution


def _held(hours: HourlyEconomics, modes: Whole) -> Floats:
    """Reserve held by modes, as far as it may be sold, shape (T, G)."""
    return _within_caps(hours, hours.held_mw(modes))


def dispatch_problem(hours: HourlyEconomics, rewards: Floats) -> DispatchProblem:
    """The groups of a site with rewards of shape (T, G, M)."""
    begins = np.zeros(len(rewards), dtype=bool)
    begins[1:] = hours.clock.month[1:] != hours.clock.month[:-1]
    return DispatchProblem(hours.machines, rewards, hours.start_usd, hours.stop_usd, begins)


def shared_limits(hours: HourlyEconomics) -> SharedLimits:
    """The limits a site's groups share."""
    return SharedLimits(
        hours.power_mw,
        hours.reserve_mw,
        hours.machines_limit_mw,
        hours.reserve_prices.settled.price_usd_per_mw,
        hours.reserve_prices.cap_mw,
    )


def power_cost(hours: HourlyEconomics, price: Floats, peak: Floats | Bools) -> Floats:
    """What a MWh costs an AI load at real-time prices, shape (T,); a minimum billed anyway is its first."""
    at_peak = hours.peak_usd_per_mwh * hours.ai_billed_share
    return hours.used_usd_per_mwh(np.arange(len(price)), price) + at_peak * peak


def interruption_cost(hours: HourlyEconomics, load: Load, price: Floats, peak: Floats) -> Floats:
    """Return the cost of power that a load's interruptions are decided by, shape (T,).

    Args:
        hours: The hours.
        load: The load; one that needs notice is decided by day-ahead prices, and by no peak.
        price: Real-time price as known or expected when the hour begins, shape (T,).
        peak: Probability, as the hour begins, that it sets the month's peak, shape (T,).
    """
    if getattr(load, "notice_minutes", 0.0) > 0:
        return power_cost(hours, hours.prices.da, 0.0 * peak)
    return power_cost(hours, price, peak)


def _with_minimum(hours: HourlyEconomics, solution: DispatchSolution) -> DispatchSolution:
    """Return an operation at what it truly brings under a minimum billing demand, and a bound on all.

    A price between 0 and a peak's rate for what is drawn above its minimum makes the groups independent:
    their best operation, and what the minimums are worth at those prices, bound every other.
    """
    if not _minimum_matters(hours):
        return solution
    every, modes = np.arange(hours.prices.hours), solution.modes
    billed = in_modes(hours.billed_mw(every), modes).sum(axis=1)
    drawn = hours.clock.hourly_mean(hours.drawn_mw(modes).sum(axis=1))
    dearer = (rate * (billed - np.maximum(drawn - room, 0.0)) for room, rate in _rooms_and_rates(hours))
    value = solution.value_usd + sum(float((usd * hours.interval_hours).sum()) for usd in dearer)
    priced, added = _priced_minimum(hours)
    bound = dispatch(dispatch_problem(hours, priced), shared_limits(hours)).bound_usd + added
    return DispatchSolution(solution.modes, value, max(bound, value), solution.method)


def _minimum_matters(hours: HourlyEconomics) -> bool:
    """Return whether a minimum lies between nothing and all that machines draw, or several differ."""
    most = hours.power_mw.max(axis=1, initial=0.0).sum()
    inside = ((rate > 0) & (room > 0) & (room < most * (1 - 1e-9)) for room, rate in _rooms_and_rates(hours))
    return hours.minimums_differ or any(bool(some.any()) for some in inside)


def _rooms_and_rates(hours: HourlyEconomics) -> list[tuple[Floats, Floats]]:
    """Return what each charge's minimum leaves to machines beside AI load, and what a MWh beyond it costs."""
    return [
        (
            np.maximum(charge.minimum_mw - hours.site.ai_mw, 0.0),
            charge.usd_per_mwh * hours.peaks.by_rule[charge.rule],
        )
        for charge in hours.peak_charges
    ]


def _priced_minimum(hours: HourlyEconomics) -> tuple[Floats, float]:
    """Return rewards at prices on what is drawn above each minimum, and what those are worth on them.

    The prices of all minimums up to one add up to what the last group within it earns, as far as rates allow.
    """
    rooms, rates = (np.array(rows) for rows in zip(*_rooms_and_rates(hours), strict=True))
    order, most = np.argsort(rooms, axis=0, kind="stable"), hours.power_mw.max(axis=1)
    every, added = np.arange(hours.prices.hours), 0.0
    price, so_far = np.zeros(len(every)), np.zeros(len(every))
    for row in order:
        room, rate = rooms[row, every], rates[row, every]
        worth = marginal(room, hours.normal_margin_usd_per_mwh, most)
        own = np.where(room > 0, np.clip(worth - so_far, 0.0, rate), rate)
        so_far += own
        own = hours.clock.hourly_mean(own) * hours.interval_hours
        price += own
        added += float((own * room).sum())
    free = hours.rewards(every, hours.prices.rt, np.zeros(len(every)))
    return free - price[:, None, None] * hours.power_mw, added


def interruptions(
    hours: HourlyEconomics, peak: Floats | Bools, more_usd_per_mwh: float | Floats = 0.0
) -> Bools:
    """The best interruptions of AI load, prices known and peaks known or by their chance, shape (T, L)."""
    cost = power_cost(hours, hours.prices.rt, peak) + more_usd_per_mwh
    off = np.zeros((hours.prices.hours, len(hours.site.ai)), dtype=bool)
    for number, load in enumerate(hours.site.ai):
        off[:, number] = load.best_interruptions(cost, hours.clock)
    return off


def _within_caps(hours: HourlyEconomics, held: Floats) -> Floats:
    """Held reserve cut in proportion to what may be sold in all.

    Where reserve is cleared again in real time, what is sold the day before does not depend on what is held.
    """
    prices = hours.reserve_prices
    if prices.cleared.any():
        held = np.where(prices.cleared[:, None], hours.normal_reserve_mw, held)
    total = held.sum(axis=1)
    most = np.where(prices.cleared, prices.best_award_mw(total), prices.most_mw)
    return held * np.minimum(1.0, most / np.maximum(total, 1e-12))[:, None]

"""When to interrupt flexible AI load: hours in a day and in a month are what it may lose."""

from __future__ import annotations

import numpy as np

from ..model import AiLoad, Bools, Clock, Floats, Whole


def interruption_gain(load: AiLoad, power_usd_per_mwh: Floats) -> Floats:
    """Dollars an hour's interruption saves at a cost of power, before any penalty."""
    lost = load.flexible_usd_per_mwh + load.interruption_cost_usd_per_mwh
    return load.flexible_mw * (power_usd_per_mwh - lost)


def best_interruptions(load: AiLoad, power_usd_per_mwh: Floats, clock: Clock) -> Bools:
    """The hours whose interruption saves most, all costs of power known, shape (T,).

    Days lie within months, so sets of allowed hours form a laminar matroid: taking the heaviest hour that
    still fits, over and over, is exact. An hour beyond the allowance costs the penalty; being allowed
    therefore saves the lesser of gain and penalty.
    """
    gain = interruption_gain(load, power_usd_per_mwh)
    penalty = penalty_usd(load)
    saved = np.minimum(gain, penalty)
    candidates = np.flatnonzero(gain > 0)
    allowed = _allowed(load, candidates[np.argsort(-saved[candidates], kind="stable")], clock)
    chosen: Bools = allowed | (gain > penalty)
    return chosen


def beyond_allowance(load: AiLoad, interrupted: Bools, clock: Clock) -> Bools:
    """Interrupted hours that exceed the allowance of their day or month, counted as they come, shape (T,)."""
    beyond: Bools = interrupted & ~_allowed(load, np.flatnonzero(interrupted), clock)
    return beyond


def penalty_usd(load: AiLoad) -> float:
    """Penalty of an hour beyond the allowance; infinite where the allowance is hard."""
    return np.inf if load.sla_penalty_usd_per_mwh is None else load.flexible_mw * load.sla_penalty_usd_per_mwh


def _allowed(load: AiLoad, order: Whole, clock: Clock) -> Bools:
    """Hours taken in this order as long as their day and month allow."""
    taken = np.zeros(len(clock.ts_utc), dtype=bool)
    days, months = clock.day.astype(np.int64), clock.month.astype(np.int64)
    by_day: dict[int, int] = {}
    by_month: dict[int, int] = {}
    for t in order:
        day, month = int(days[t]), int(months[t])
        if by_day.get(day, 0) < load.max_hours_per_day and by_month.get(month, 0) < load.max_hours_per_month:
            by_day[day] = by_day.get(day, 0) + 1
            by_month[month] = by_month.get(month, 0) + 1
            taken[t] = True
    return taken

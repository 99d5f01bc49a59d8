"""Independent checks of an operation: every limit, counted plainly."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from hashpivot.site import Machines, PriceHistory, Site, make_price_history
from hashpivot.site.model import Clock


def runs(on: list[bool]) -> list[tuple[bool, int]]:
    return [(state, len(list(hours))) for state, hours in groupby(on)]


def check_times(group: Machines, modes: np.ndarray) -> None:
    """Times on and off; the first run may be short if it goes on from before, the last is cut by the end."""
    stretches = runs([bool(way) for way in modes])
    for number, (on, hours) in enumerate(stretches):
        first_goes_on = number == 0 and on
        if number < len(stretches) - 1 and not first_goes_on:
            assert hours >= (group.min_on_hours if on else group.min_off_hours), (group.name, on, hours)


def check_ramp(group: Machines, modes: np.ndarray) -> None:
    if group.ramp_mw_per_hour is None:
        return
    power = np.array([0.0, *(mode.power_mw for mode in group.modes)])
    path = power[[group.normal + 1, *modes]]
    assert np.abs(np.diff(path)).max() <= group.ramp_mw_per_hour * (1 + 1e-6), group.name


def check_budget(group: Machines, modes: np.ndarray, months: np.ndarray) -> None:
    if group.max_off_hours_per_month is not None:
        for month in np.unique(months):
            assert (modes[months == month] == 0).sum() <= group.max_off_hours_per_month, group.name


def check_groups(machines: list[Machines], modes: np.ndarray, months: np.ndarray) -> None:
    for g, group in enumerate(machines):
        assert ((modes[:, g] >= 0) & (modes[:, g] <= len(group.modes))).all()
        check_times(group, modes[:, g])
        check_ramp(group, modes[:, g])
        check_budget(group, modes[:, g], months)


def check_operation(site: Site, operation, clock: Clock) -> None:
    check_groups(list(site.machines), operation.modes, clock.month)
    power = np.zeros(len(operation.modes))
    for g, group in enumerate(site.machines):
        power += np.array([0.0, *(mode.power_mw for mode in group.modes)])[operation.modes[:, g]]
    assert (power <= site.machines_limit_mw * (1 + 1e-6)).all()
    for n, load in enumerate(site.ai):
        if load.sla_penalty_usd_per_mwh is None:
            off = operation.interrupted[:, n]
            for axis, most in ((clock.day, load.max_hours_per_day), (clock.month, load.max_hours_per_month)):
                for value in np.unique(axis[off]):
                    assert off[axis == value].sum() <= most


def in_intervals(prices: PriceHistory, minutes: int, scatter: float = 0.0) -> PriceHistory:
    """The same prices every so many minutes; with `scatter`, real-time ones vary within the hour."""
    each = 60 // minutes
    ts_utc = (prices.ts_utc[:, None] + np.arange(each) * np.timedelta64(minutes, "m")).ravel()
    columns = {name: np.repeat(values, each) for name, values in prices.columns.items()}
    columns["rt_usd_per_mwh"] += scatter * np.random.default_rng(7).standard_normal(len(ts_utc))
    return make_price_history(ts_utc, columns, prices.zone, prices.zone)

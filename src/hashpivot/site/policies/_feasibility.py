"""Whether an operation keeps every limit of its site: checked for every policy alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np

from hashpivot.core import InvalidInput

from ..economics import HourlyEconomics, Operation, PlantSchedule
from ..model import Beginning, Bools, Floats, Machines, Whole

_SLACK = 1e-6
"""Relative room for rounding: far below a kilowatt, above the tolerance solvers keep limits by."""


class InvalidOperation(InvalidInput):
    """A policy's operation breaks a limit of the site: names the policy, the limit and the hour."""


def check_operation(
    hours: HourlyEconomics, operation: Operation, policy: str, begins: Beginning | None = None
) -> None:
    """Check shapes, modes, limits, times, ramps, budgets, interruptions and reserve of an operation.

    Args:
        hours: The hours it is for. T hours, G groups, L AI loads.
        operation: What the policy would do.
        policy: Its name.
        begins: Where the site stands at first; by default in normal mode, free to stop.

    Raises:
        InvalidOperation: If a limit is broken.
    """
    begins = begins or Beginning.usual(hours.machines, len(hours.site.ai))
    for what, t in chain(_wrong_shapes(hours, operation), _broken_limits(hours, operation, begins)):
        hour = "" if t is None else f" at {hours.prices.ts_utc[t]} UTC"
        raise InvalidOperation(
            f"{what}{hour}", where=f"policy {policy!r}", hint="the operation is not settled"
        )


def _wrong_shapes(hours: HourlyEconomics, operation: Operation) -> list[tuple[str, None]]:
    count, groups, loads = hours.prices.hours, len(hours.site.machines), len(hours.site.ai)
    wanted: tuple[tuple[str, Any, tuple[int, int], str], ...] = (
        ("modes", operation.modes, (count, groups), "iu"),
        ("interrupted", operation.interrupted, (count, loads), "b"),
        ("committed_mw", operation.committed_mw, (count, groups), "f"),
    )
    return [
        (f"{name} must be an array of shape {shape} and kind {kinds!r}", None)
        for name, array, shape, kinds in wanted
        if getattr(array, "shape", None) != shape or array.dtype.kind not in kinds
    ]


def _broken_limits(
    hours: HourlyEconomics, operation: Operation, begins: Beginning
) -> Iterator[tuple[str, int]]:
    """Yield every broken limit and the first hour that breaks it."""
    site, modes = hours.site, operation.modes
    most = np.array([len(group.modes) for group in site.machines], dtype=np.int64)
    unknown = np.any((modes < 0) | (modes > most), axis=1)
    yield from _first("a group has no such mode", unknown)
    if not unknown.any():
        drawn = hours.drawn_mw(modes)
        if site.has_plant:
            yield from _broken_plant(hours, operation, drawn.sum(axis=1))
        else:
            over = drawn.sum(axis=1) > hours.machines_limit_mw * (1 + _SLACK)
            left = hours.machines_limit_mw[int(over.argmax())]
            yield from _first(f"the machines draw more than the {left:g} MW left for them", over)
        for g, group in enumerate(hours.machines):
            yield from _broken_by_group(hours, group, modes[:, g], drawn[:, g], begins, g)
    for n, load in enumerate(site.ai):
        interrupted = operation.interrupted[:, n]
        yield from _first(
            f"AI load {load.name!r} is interrupted beyond its hours", load.forbidden(interrupted, hours.clock)
        )
    yield from _broken_offers(hours, operation.committed_mw)


def _broken_plant(
    hours: HourlyEconomics, operation: Operation, machines_mw: Floats
) -> Iterator[tuple[str, int]]:
    """Yield what battery, solar power and the limits both ways do not allow."""
    site = hours.site
    off = operation.interrupted.T
    served = sum((load.drawn_mw(o) for load, o in zip(site.ai, off, strict=True)), np.zeros(len(machines_mw)))
    plant = operation.plant or PlantSchedule.at_rest(machines_mw + served, hours.solar_mw, site.export_mw)
    solar = hours.solar_mw - plant.curtailed_mw
    net = machines_mw + plant.battery_mw - solar
    slack = _SLACK * max(site.limit_mw, 1.0)
    over = net > hours.machines_limit_mw + slack
    limit = hours.limit_mw[int(over.argmax())]
    yield from _first(f"the site draws more than limit_mw {limit:g}, room of AI load kept", over)
    sent = net + served < -site.export_mw - slack
    yield from _first(f"the site sends out more than export_mw {site.export_mw:g}", sent)
    untrue = (plant.curtailed_mw < -slack) | (solar < -slack)
    yield from _first("more solar power is taken or curtailed than there is", untrue)
    yield from _broken_battery(hours, plant)


def _broken_battery(hours: HourlyEconomics, plant: PlantSchedule) -> Iterator[tuple[str, int]]:
    battery = hours.site.battery
    moved = plant.charge_mw + plant.discharge_mw
    if battery is None:
        yield from _first("a battery is used, the site has none", moved > 0)
        return
    wrong = (np.minimum(plant.charge_mw, plant.discharge_mw) < -_SLACK) | ~np.isfinite(moved)
    wrong |= moved > battery.power_mw * (1 + _SLACK)
    yield from _first(f"the battery moves more than power_mw {battery.power_mw:g}", wrong)
    stored = plant.stored_mwh(battery, hours.interval_hours)
    slack = _SLACK * max(battery.energy_mwh, 1.0)
    out = (stored < battery.min_mwh - slack) | (stored > battery.max_mwh + slack)
    yield from _first(f"the battery leaves {battery.min_mwh:g} to {battery.max_mwh:g} MWh", out)


def _broken_by_group(
    hours: HourlyEconomics, group: Machines, modes: Whole, drawn_mw: Floats, begins: Beginning, g: int
) -> Iterator[tuple[str, int]]:
    name, on = f"machines {group.name!r}", modes > 0
    yield from _short_runs(group, on, begins.mode[g] > 0, int(begins.since[g]))
    if group.ramp_mw_per_hour is not None:
        fast = _too_fast(group, drawn_mw, float(hours.power_mw[g, begins.mode[g]]), int(begins.held[g]))
        yield from _first(f"{name} change by more than ramp_mw_per_hour {group.ramp_mw_per_hour:g}", fast)
    if group.max_off_hours_per_month is not None:
        _, month = np.unique(hours.clock.month, return_inverse=True)
        new_month = np.concatenate([[True], month[1:] != month[:-1]])
        off: Whole = np.cumsum(~on)
        so_far: Whole = off - (off - ~on)[new_month][month] + begins.off[g] * (month == 0)
        most = group.max_off_hours_per_month
        asked = most * group.minutes // 60
        yield from _first(f"{name} are off for more than max_off_hours_per_month {asked}", so_far > most)


def _too_fast(group: Machines, drawn_mw: Floats, before_mw: float, held: int) -> Bools:
    """Return the changes of power that come too soon after another or exceed an hour's ramp, shape (T,)."""
    change = np.diff(drawn_mw, prepend=before_mw)
    fast, free = np.zeros(len(change), dtype=bool), held
    for t in np.flatnonzero(np.abs(change) > _SLACK).tolist():
        taken = group.intervals_of_change(float(change[t]) / (1 + _SLACK))
        fast[t] = taken is None or t < free
        free = t + (taken or 1)
    return fast


def _short_runs(group: Machines, on: Bools, was_on: bool, since: int) -> Iterator[tuple[str, int]]:
    """Yield the first run that ends too soon; the first may go on from before, the last is cut by the end."""
    before = min(since, max(group.min_on_hours, group.min_off_hours))
    running = np.concatenate([np.full(before, was_on), on])
    begins = np.concatenate([[0], np.flatnonzero(running[1:] != running[:-1]) + 1])
    hours = np.diff(begins, append=len(running))
    least = np.where(running[begins], group.min_on_hours, group.min_off_hours)
    short = (hours < least)[:-1]
    if short.any():
        run = int(short.argmax())
        key, state = ("min_on_hours", "on") if running[begins[run]] else ("min_off_hours", "off")
        ran, asked = (count * group.minutes / 60 for count in (int(hours[run]), int(least[run])))
        what = f"machines {group.name!r} are {state} for {ran:g} h, {key} is {asked:g}"
        yield what, max(int(begins[run]) - before, 0)


def _broken_offers(hours: HourlyEconomics, committed_mw: Floats) -> Iterator[tuple[str, int]]:
    holdable = hours.reserve_mw.max(axis=1, initial=0.0) * (1 + _SLACK)
    impossible = ~(np.isfinite(committed_mw) & (committed_mw >= 0) & (committed_mw <= holdable)).all(axis=1)
    yield from _first("a group is sold for reserve it can never hold", impossible)
    over = committed_mw.sum(axis=1) > hours.reserve_prices.most_mw * (1 + _SLACK) + _SLACK
    yield from _first("more reserve is sold than the caps of the products allow", over & ~impossible)


def _first(what: str, broken: Bools) -> Iterator[tuple[str, int]]:
    if broken.any():
        yield what, int(broken.argmax())

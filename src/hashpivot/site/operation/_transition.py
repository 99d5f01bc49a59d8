"""From a state to the beginning of a plan, and from a plan's first interval to the next state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..model import DAY, Beginning, Bools, Clock, Floats, Machines, Site, Whole
from ..prices import PriceHistory
from ..studies import Plan
from ._site_state import GroupState, LoadState, SiteState, kept_since, local_month

_GATE_MINUTE = 14 * 60
"""Minute of the market's day at which reserve of the next day is sold."""
_LONG_AGO = 10**6


def interval_of(prices: PriceHistory) -> timedelta:
    """Return the length of the prices' intervals."""
    return timedelta(minutes=int((prices.ts_utc[1] - prices.ts_utc[0]) / np.timedelta64(1, "m")))


def moment_of(ts_utc: Any) -> datetime:
    """Return a datetime64 as an aware moment."""
    moment: datetime = ts_utc.astype("datetime64[s]").item().replace(tzinfo=UTC)
    return moment


def beginning(
    site: Site, state: SiteState, prices: PriceHistory, now: int, decided: SiteState | None = None
) -> Beginning:
    """Return where a site stands as an interval of the prices begins.

    Args:
        site: The site.
        state: Its state as that interval begins.
        prices: Prices.
        now: Position of the interval.
        decided: State after the interval, if it is decided already.
    """
    clock, length = prices.clock(site.zoneinfo), interval_of(prices)
    before = _history(state, prices, now, site.zoneinfo)
    groups = state.machines
    return Beginning(
        _modes(site, state),
        _whole([_since(group, state.moment, length) for group in groups]),
        _whole([_intervals(group.held, state.moment, length) for group in groups]),
        _whole([-(timedelta(minutes=-group.off_minutes) // length) for group in groups]),
        _interrupted(state, before),
        _sold(site, decided or state, clock, now, decided is not None),
        *((None, None) if decided is None else _decided(site, decided, prices, now)),
    )


def after(site: Site, state: SiteState, plan: Plan) -> SiteState:
    """Return the state after a plan's first interval.

    Args:
        site: The site.
        state: Its state as the plan begins.
        plan: The plan.
    """
    hours = plan.forecast.hours
    start = moment_of(hours.prices.ts_utc[0])
    length = _plan_interval(plan)
    moment = start + length
    groups = tuple(
        _group_after(group, machines, int(mode), start, length)
        for group, machines, mode in zip(state.machines, site.machines, plan.modes[0], strict=True)
    )
    loads = tuple(
        _load_after(load, bool(off), start, moment)
        for load, off in zip(state.ai, plan.interrupted[0], strict=True)
    )
    sold = {**state.sold_mw, **_sold_now(site, plan)}
    decided = replace(
        state,
        moment=moment,
        machines=groups,
        ai=loads,
        month_peak_mw=max(state.month_peak_mw, drawn_mw(plan, 0)),
        sold_mw=sold,
    )
    return _in_month(decided, site.zoneinfo)


def drawn_mw(plan: Plan, t: int) -> float:
    """Return what a site draws in hour number `t` of a plan."""
    hours = plan.forecast.hours
    machines = sum(float(hours.power_mw[g, mode]) for g, mode in enumerate(plan.modes[t]))
    loads = sum(
        float(load.drawn_mw(plan.interrupted[t : t + 1, n])[0]) for n, load in enumerate(hours.site.ai)
    )
    return machines + loads


def _plan_interval(plan: Plan) -> timedelta:
    return timedelta(minutes=getattr(plan.forecast.hours.clock, "minutes", 60))


def _in_month(state: SiteState, zone: ZoneInfo) -> SiteState:
    """Return a state with what is over dropped: counts of another month, old interruptions and sales."""
    month, since = local_month(state.moment, zone), kept_since(state.moment, zone)
    same = month == state.month
    return replace(
        state,
        month=month,
        month_peak_mw=state.month_peak_mw if same else 0.0,
        machines=state.machines if same else tuple(replace(g, off_minutes=0) for g in state.machines),
        ai=tuple(
            replace(load, interruptions=tuple(run for run in load.interruptions if run[1] > since))
            for load in state.ai
        ),
        sold_mw={when: mw for when, mw in state.sold_mw.items() if when >= state.moment},
    )


def _group_after(
    group: GroupState, machines: Machines, mode: int, start: datetime, length: timedelta
) -> GroupState:
    name = machines.modes[mode - 1].name if mode else "off"
    minutes = 0 if mode else int(length.total_seconds() // 60)
    if name == group.mode:
        return replace(group, off_minutes=group.off_minutes + minutes)
    power = {"off": 0.0} | {each.name: each.power_mw for each in machines.modes}
    switched = start if (name == "off") != (group.mode == "off") else group.switched
    held = _held(machines, power[name] - power[group.mode], start, length)
    return GroupState(group.name, name, switched, held, group.off_minutes + minutes)


def _held(machines: Machines, change_mw: float, start: datetime, length: timedelta) -> datetime | None:
    """Return until when power must not change again: a change takes as long as the ramp asks for."""
    if machines.ramp_mw_per_hour is None:
        return None
    hours = abs(change_mw) / machines.ramp_mw_per_hour
    taken = max(1, ceil(timedelta(hours=hours) / length - 1e-9))
    return start + taken * length if taken > 1 else None


def _load_after(load: LoadState, interrupted: bool, start: datetime, end: datetime) -> LoadState:
    if not interrupted:
        return load
    runs = load.interruptions
    if runs and runs[-1][1] == start:
        return replace(load, interruptions=(*runs[:-1], (runs[-1][0], end)))
    return replace(load, interruptions=(*runs, (start, end)))


def _modes(site: Site, state: SiteState) -> Whole:
    return _whole(
        [
            ["off", *(mode.name for mode in machines.modes)].index(group.mode)
            for group, machines in zip(state.machines, site.machines, strict=True)
        ]
    )


def _whole(values: list[int]) -> Whole:
    return np.array(values, dtype=np.int64)


def _since(group: GroupState, moment: datetime, length: timedelta) -> int:
    """Return whole intervals since a group started or stopped: a partial one shortens no time."""
    return _LONG_AGO if group.switched is None else max((moment - group.switched) // length, 0)


def _intervals(until: datetime | None, moment: datetime, length: timedelta) -> int:
    return 0 if until is None else max(-((moment - until) // length), 0)


def _history(state: SiteState, prices: PriceHistory, now: int, zone: ZoneInfo) -> list[datetime]:
    """Return the beginnings of the intervals before the first whose interruptions matter."""
    since = np.datetime64(kept_since(state.moment, zone).replace(tzinfo=None), "m")
    first = int(np.searchsorted(prices.ts_utc, since))
    return [moment_of(ts) for ts in prices.ts_utc[first:now]] if state.ai else []


def _interrupted(state: SiteState, before: list[datetime]) -> Bools:
    """Return which intervals were interrupted: an interruption of a part counts as a whole."""
    off = np.zeros((len(before), len(state.ai)), dtype=bool)
    for n, load in enumerate(state.ai):
        off[:, n] = [any(start <= when < end for start, end in load.interruptions) for when in before]
    return off


def _decided(site: Site, decided: SiteState, prices: PriceHistory, now: int) -> tuple[Whole, Bools]:
    when = moment_of(prices.ts_utc[now])
    return _modes(site, decided), _interrupted(decided, [when])[0]


def _sold(site: Site, state: SiteState, clock: Clock, now: int, is_decided: bool) -> Floats:
    """Return reserve sold from an interval on, 0 where none was; hours whose sale is to come are left out."""
    if not site.reserves:
        return np.zeros((0, len(site.machines)))
    tomorrow = _minute(clock, now) > _GATE_MINUTE or (is_decided and _at_gate(clock, now))
    over = int(np.searchsorted(clock.day[now:], clock.day[now] + DAY * int(tomorrow), side="right"))
    rows = [state.sold_mw.get(moment_of(ts), {}) for ts in clock.ts_utc[now : now + over]]
    return np.array([[row.get(group.name, 0.0) for group in site.machines] for row in rows], dtype=np.float64)


def _sold_now(site: Site, plan: Plan) -> dict[datetime, dict[str, float]]:
    """Return the next day's reserve by interval, if it is sold as a plan begins."""
    clock = plan.forecast.hours.clock
    if not site.reserves or not _at_gate(clock, 0):
        return {}
    names = [group.name for group in site.machines]
    return {
        moment_of(clock.ts_utc[t]): dict(zip(names, plan.committed_mw[t].tolist(), strict=True))
        for t in np.flatnonzero(clock.day == clock.day[0] + DAY)
    }


def _at_gate(clock: Clock, t: int) -> bool:
    """Whether reserve of the next day is sold as an interval begins."""
    return _minute(clock, t) == _GATE_MINUTE


def _minute(clock: Clock, t: int) -> int:
    """Return the local minute of the day at which an interval begins."""
    return int((clock.local[t] - clock.day[t]) / np.timedelta64(1, "m"))

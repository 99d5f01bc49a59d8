"""From a state to the beginning of a plan, and from a plan's first interval to the next state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from ..forecast import gates, tomorrow_known
from ..model import DAY, Beginning, Bools, Clock, Floats, Machines, Site, Whole
from ..prices import PriceHistory
from ..studies import Plan
from ._site_state import GroupState, LoadState, SiteState, kept_since, local_month

_LONG_AGO = 10**6


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
    clock, length = prices.clock(site.zoneinfo), timedelta(minutes=prices.minutes)
    before = _history(state, prices, now, site.zoneinfo)
    groups = state.machines
    return Beginning(
        _modes(site, state),
        _whole([_since(group, state.moment, length) for group in groups]),
        _whole([_intervals(group.held, state.moment, length) for group in groups]),
        _whole([-(timedelta(minutes=-group.off_minutes) // length) for group in groups]),
        _interrupted(state, before),
        _sold(site, decided or state, clock, now),
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
    length = timedelta(minutes=hours.prices.minutes)
    moment = start + length
    groups = tuple(
        _group_after(group, machines, int(mode), start, length)
        for group, machines, mode in zip(state.machines, site.machines, plan.modes[0], strict=True)
    )
    loads = tuple(
        _load_after(load, bool(off), start, moment)
        for load, off in zip(state.ai, plan.interrupted[0], strict=True)
    )
    sold = {**state.sold_mw, **_settled(site, plan)}
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
    taken = machines.in_intervals(length // timedelta(minutes=1)).intervals_of_change(change_mw) or 1
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
    first = int(np.searchsorted(prices.ts_utc, _utc(kept_since(state.moment, zone))))
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


def _sold(site: Site, state: SiteState, clock: Clock, now: int) -> Floats:
    """Return reserve sold to the end of tomorrow: 0 without an offer, NaN where its result is to come."""
    if not site.reserves:
        return np.zeros((0, len(site.machines)))
    days = clock.day
    end = int(np.searchsorted(days, days[now] + DAY, side="right"))
    row = {moment_of(ts): n for n, ts in enumerate(clock.ts_utc[now:end])}
    sold = np.full((len(row), len(site.machines)), np.nan)
    starts = np.searchsorted(days, days[now:end])
    sold[clock.ts_utc[gates(clock, site.market, starts)] < _utc(state.since)] = 0.0
    for when, by_name in state.sold_mw.items():
        if when in row:
            sold[row[when]] = [by_name.get(group.name, 0.0) for group in site.machines]
    return sold


def _settled(site: Site, plan: Plan) -> dict[datetime, dict[str, float]]:
    """Return reserve sold by interval, where the day-ahead market's results are known as a plan begins."""
    clock = plan.forecast.hours.clock
    if not site.reserves:
        return {}
    names = [group.name for group in site.machines]
    last = clock.day[0] + DAY * int(tomorrow_known(clock, site.market)[0])
    return {
        moment_of(clock.ts_utc[t]): dict(zip(names, plan.committed_mw[t].tolist(), strict=True))
        for t in np.flatnonzero(clock.day <= last)
    }


def _utc(moment: datetime) -> Any:
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "m")

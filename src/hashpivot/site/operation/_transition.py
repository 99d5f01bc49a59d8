"""From a state to the beginning of a plan, and from a plan's first interval to the next state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from ..forecast import gates, tomorrow_known
from ..model import (
    DAY,
    Beginning,
    Bools,
    Clock,
    Floats,
    Machines,
    Site,
    Times,
    Whole,
    moment_of,
    utc_minute,
)
from ..prices import PriceHistory
from ..studies import Plan
from ._own_peaks import GRID, own_peaks_after
from ._site_state import (
    GroupState,
    LoadState,
    ReserveSale,
    SiteState,
    history_start,
    joined_sales,
    kept_since,
    local_month,
    sold_from,
)

_LONG_AGO = 10**6
BATTERY = "battery"
"""Name of the site's battery in its state."""


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
    alone = beginning_alone(site, state, prices.minutes, decided)
    history = _history(state, prices, now, site.zoneinfo)
    sold = _sold(site, decided or state, prices.clock(site.zoneinfo), now)
    return replace(alone, interrupted=interrupted_in(state, history), sold_mw=sold)


def beginning_alone(
    site: Site, state: SiteState, minutes: int, decided: SiteState | None = None
) -> Beginning:
    """Return where a site's groups stand, without what came before: no interruptions, no reserve sold.

    Args:
        site: The site.
        state: Its state.
        minutes: Length of an interval.
        decided: State after the interval, if it is decided already.
    """
    length, groups = timedelta(minutes=minutes), state.machines
    return Beginning(
        _modes(site, state),
        _whole([_since(group, state.moment, length) for group in groups]),
        _whole([_intervals(group.held, state.moment, length) for group in groups]),
        _whole([-(timedelta(minutes=-group.off_minutes) // length) for group in groups]),
        np.zeros((0, len(state.ai)), dtype=bool),
        np.zeros((0, len(groups))),
        None if decided is None else _modes(site, decided),
        None if decided is None else interrupted_in(decided, np.array([utc_minute(state.moment)]))[0],
        own_peaks={
            peak.tariff: peak.so_far(group.name for group in state.machines) for peak in state.own_peaks
        },
        stored_mwh=state.charge_mwh.get(BATTERY),
    )


def after(site: Site, state: SiteState, plan: Plan) -> SiteState:
    """Return the state after a plan's first interval.

    Args:
        site: The site.
        state: Its state as the plan begins.
        plan: The plan.
    """
    minutes = plan.forecast.hours.prices.minutes
    sold, plant, called = _settled(site, plan), _plant_mw(plan), _called_mw(plan)
    reached = after_modes(site, state, plan.modes[0], minutes, plan.interrupted[0], sold, plant, called)
    if plan.stored_mwh is None:
        return reached
    return replace(reached, charge_mwh={BATTERY: round(float(plan.stored_mwh[0]), 6)})


def after_modes(
    site: Site,
    state: SiteState,
    modes: Whole,
    minutes: int,
    off: Bools,
    sold: tuple[ReserveSale, ...] = (),
    plant_mw: float = 0.0,
    called_mw: Floats | float = 0.0,
) -> SiteState:
    """Return the state after an interval in which the groups ran in some modes.

    Args:
        site: The site.
        state: Its state as the interval begins.
        modes: Mode of each group, shape (G,).
        minutes: Length of the interval.
        off: AI load interrupted, shape (L,).
        sold: Reserve sold from its beginning on, in place of what the state says of these hours.
        plant_mw: What battery and solar panels add to the power drawn; negative where they give.
        called_mw: What of groups that run is off as reserve is called, shape (G,).
    """
    start, length = state.moment, timedelta(minutes=minutes)
    groups = tuple(
        _group_after(group, machines, int(mode), start, length)
        for group, machines, mode in zip(state.machines, site.machines, modes, strict=True)
    )
    loads = tuple(
        _load_after(load, bool(is_off), start, start + length)
        for load, is_off in zip(state.ai, off, strict=True)
    )
    called = np.broadcast_to(called_mw, len(groups)).tolist()
    decided = replace(
        state,
        moment=start + length,
        machines=groups,
        ai=loads,
        sold=joined_sales((*sold, *(sold_from(state.sold, sold[-1].end) if sold else state.sold))),
    )
    left = zip(decided.drawn_mw(site).items(), called, strict=True)
    drawn = {name: power - off_mw for (name, power), off_mw in left}
    grid_mw = max(sum(drawn.values()) + _served_mw(site, off) + plant_mw, 0.0)
    own_peaks = own_peaks_after(site, state.own_peaks, start, decided.moment, drawn | {GRID: grid_mw})
    return _in_month(replace(decided, own_peaks=own_peaks), site.zoneinfo)


def _plant_mw(plan: Plan) -> float:
    """Return what battery and solar panels add to the power drawn in a plan's first interval."""
    if plan.plant is None:
        return 0.0
    solar = float(plan.forecast.hours.solar_mw[0] - plan.plant.curtailed_mw[0])
    return float(plan.plant.battery_mw[0]) - solar


def _called_mw(plan: Plan) -> Floats:
    """Return what of groups that run is off in a plan's first interval, as reserve is called, shape (G,)."""
    called: Floats = plan.forecast.hours.drawn_mw(plan.modes[:1])[0] - plan.power_mw[0]
    return called


def _served_mw(site: Site, interrupted: Bools) -> float:
    """Return what AI loads draw in an interval, those of shape (L,) interrupted."""
    return sum(float(load.drawn_mw(off[None])[0]) for load, off in zip(site.ai, interrupted, strict=True))


def _in_month(state: SiteState, zone: ZoneInfo) -> SiteState:
    """Return a state with what is over dropped: counts of another month, old interruptions and sales."""
    month, since = local_month(state.moment, zone), kept_since(state.moment, zone)
    same = month == state.month
    return replace(
        state,
        month=month,
        machines=state.machines if same else tuple(replace(g, off_minutes=0) for g in state.machines),
        ai=tuple(
            replace(load, interruptions=tuple(run for run in load.interruptions if run[1] > since))
            for load in state.ai
        ),
        sold=sold_from(state.sold, state.moment),
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


def _history(state: SiteState, prices: PriceHistory, now: int, zone: ZoneInfo) -> Times:
    """Return the beginnings of the intervals before the first whose interruptions matter."""
    first = int(np.searchsorted(prices.ts_utc, utc_minute(history_start(state, zone))))
    return prices.ts_utc[first:now] if state.ai else prices.ts_utc[:0]


def interrupted_in(state: SiteState, ts_utc: Times) -> Bools:
    """Return in which intervals each load is interrupted as they begin, shape (T, L)."""
    off = np.zeros((len(ts_utc), len(state.ai)), dtype=bool)
    for n, load in enumerate(state.ai):
        for start, end in load.interruptions:
            off[:, n] |= (ts_utc >= utc_minute(start)) & (ts_utc < utc_minute(end))
    return off


def _sold(site: Site, state: SiteState, clock: Clock, now: int) -> Floats:
    """Return reserve sold to the end of tomorrow: 0 without an offer, NaN where its result is to come."""
    if not site.reserves:
        return np.zeros((0, len(site.machines)))
    days = clock.day
    end = int(np.searchsorted(days, days[now] + DAY, side="right"))
    hours = clock.ts_utc[now:end]
    sold = np.full((len(hours), len(site.machines)), np.nan)
    starts = np.searchsorted(days, days[now:end])
    sold[clock.ts_utc[gates(clock, site.market, starts)] < utc_minute(state.since)] = 0.0
    return _with_sales(sold, site, state, hours)


def reserve_sold_mw(site: Site, state: SiteState, ts_utc: Times) -> Floats:
    """Return reserve sold of each group in intervals as far as the state knows, 0 in others, shape (T, G)."""
    return _with_sales(np.zeros((len(ts_utc), len(site.machines))), site, state, ts_utc)


def _with_sales(mw: Floats, site: Site, state: SiteState, ts_utc: Times) -> Floats:
    """Return `mw`, shape (T, G), with the state's sales put into their intervals."""
    for sale in state.sold:
        inside = (ts_utc >= utc_minute(sale.start)) & (ts_utc < utc_minute(sale.end))
        mw[inside] = [sale.mw.get(group.name, 0.0) for group in site.machines]
    return mw


def _settled(site: Site, plan: Plan) -> tuple[ReserveSale, ...]:
    """Return reserve sold where the day-ahead market's results are known as a plan begins."""
    clock = plan.forecast.hours.clock
    if not site.reserves:
        return ()
    names, length = [group.name for group in site.machines], timedelta(minutes=clock.minutes)
    last = clock.day[0] + DAY * int(tomorrow_known(clock, site.market)[0])
    starts = [moment_of(ts) for ts in clock.ts_utc[clock.day <= last]]
    return joined_sales(
        ReserveSale(start, start + length, dict(zip(names, mw, strict=True)))
        for start, mw in zip(starts, plan.committed_mw[: len(starts)].tolist(), strict=True)
    )

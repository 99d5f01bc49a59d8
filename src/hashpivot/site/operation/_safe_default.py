"""The safe default: what a site does while no plan can be trusted, within every limit a plan keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from ..economics import HourlyEconomics, peak_hours
from ..model import MINUTE, Bools, Clock, Floats, Site, Unsolvable, Whole, utc_minute
from ..policies import nearest_holding
from ..prices import REQUIRED, PriceHistory
from ..studies import call_reasons, rows_by_group
from ._inputs import position_of
from ._planning import PlanStart
from ._site_state import SiteState, history_start, sold_from
from ._transition import BATTERY, after_modes, beginning_alone, interrupted_in, reserve_sold_mw

DEFAULTS = ("keep", "off", "normal")
"""What a site does while its inputs cannot be trusted: keep its modes, stop, or run in normal mode."""
_AHEAD_MINUTES = 48 * 60
_ROUNDING_MW = 1e-9
_UNKNOWN = (
    "da_usd_per_mwh", "da_stand_in", "expected_usd_per_mwh", "p10_usd_per_mwh", "p50_usd_per_mwh",
    "p90_usd_per_mwh", "peak_probability",
)  # fmt: skip
"""What a planned hour says of prices and the default does not know."""


@dataclass(frozen=True, slots=True)
class SafeDefault:
    """What is done for one interval without a plan.

    Args:
        hour: The interval, with the keys of a planned hour; None where only a plan knows.
        reached: The state after it.
        notes: What an operator should know of it, in words.
    """

    hour: dict[str, Any]
    reached: SiteState
    notes: list[str]


def safe_default(
    site: Site,
    default: str,
    minutes: int,
    start: PlanStart,
    moment: datetime,
    why: str,
    called: float = 0.0,
) -> SafeDefault:
    """Return what is done for an interval without a plan.

    Reserve that is sold stays able to be dropped, and an interruption of AI load lasts as long as it must.

    Args:
        site: The site.
        default: One of `DEFAULTS`.
        minutes: Length of an interval.
        start: Where the site stands.
        moment: Beginning of the interval, UTC.
        why: Why there is no plan, in words.
        called: Share of the reserve sold that is called.
    """
    state = start.state
    modes, notes = _modes(site, default, minutes, start)
    called_mw = called * _held_mw(site, state, modes, moment)
    modes = np.where((called_mw > 0) & (called_mw > _power_mw(site, modes) - _ROUNDING_MW), 0, modes)
    off = _interruptions(site, state, minutes)
    partly_off = np.where(modes > 0, called_mw, 0.0)
    reached = start.decided or after_modes(site, state, modes, minutes, off, called_mw=partly_off)
    clock = _clock(site, moment, minutes, 1)
    hour: dict[str, Any] = {
        "ts_utc": f"{clock.ts_utc[0]}Z",
        "local": f"{clock.local[0]}",
        **dict.fromkeys(_UNKNOWN),
        "groups": rows_by_group(
            site.machines, _groups(site, state, modes, called_mw, moment, f"safe default {default}: {why}")
        ),
        "ai": _loads(site, reached, moment, start.decided is not None),
        **_behind_the_meter(site, state),
    }
    if site.solar is not None:
        solar = f"solar above what is drawn and export_mw {site.export_mw:g} must be curtailed"
        notes = [*notes, solar]
    return SafeDefault(hour, reached, notes)


def share_called(site: Site, prices: PriceHistory | None, minutes: int, moment: datetime) -> float:
    """Return the largest share called of a product in force; 0 where the prices do not say."""
    now = -1 if prices is None or prices.minutes != minutes else position_of(prices, moment)
    if prices is None or not 0 <= now < prices.hours:
        return 0.0
    day = moment.astimezone(site.zoneinfo).date()
    shares = [
        float(reserve.called_share(prices[reserve.called_column])[now])
        for reserve in site.reserves
        if reserve.called_column in prices and reserve.start <= day <= reserve.end
    ]
    return max(shares, default=0.0)


def _held_mw(site: Site, state: SiteState, modes: Whole, moment: datetime) -> Floats:
    """Return reserve sold and held, shape (G,): all that can be where it is cleared in real time."""
    can_hold = _power_mw(site, modes) * np.array([group.reserve_share for group in site.machines])
    since, day = site.market.co_optimised_from, moment.astimezone(site.zoneinfo).date()
    if since is not None and day >= since:
        return can_hold
    sold = _sold(state, moment)
    return np.minimum(can_hold, [sold.get(group.name, 0.0) for group in site.machines])


def _power_mw(site: Site, modes: Whole) -> Floats:
    """Return what each group draws in its mode, shape (G,)."""
    powers = [(0.0, *(mode.power_mw for mode in group.modes)) for group in site.machines]
    return np.array([power[mode] for power, mode in zip(powers, modes.tolist(), strict=True)], dtype=float)


def _sold(state: SiteState, moment: datetime) -> Mapping[str, float]:
    """Return reserve sold of each group in the interval that begins at a moment, MW by name."""
    return next((sale.mw for sale in sold_from(state.sold, moment) if sale.start == moment), {})


def _groups(
    site: Site, state: SiteState, modes: Whole, called_mw: Floats, moment: datetime, why: str
) -> list[dict[str, Any]]:
    sold = _sold(state, moment)
    power = np.maximum(_power_mw(site, modes) - called_mw, 0.0)
    return [
        {
            "name": group.name,
            "mode": group.modes[mode - 1].name if mode else "off",
            "power_mw": round(draws, 4),
            "breakeven_usd_per_mwh": None,
            "reserve_mw": round(sold.get(group.name, 0.0), 4),
            "reason": on_call if off else why,
        }
        for group, mode, draws, off, on_call in zip(
            site.machines,
            modes.tolist(),
            power.tolist(),
            called_mw.tolist(),
            call_reasons(site.machines, called_mw),
            strict=True,
        )
    ]


def _loads(site: Site, reached: SiteState, moment: datetime, is_decided: bool) -> list[dict[str, Any]]:
    why_off = "as decided" if is_decided else "its interruption must last longer"
    off = [load.is_interrupted(moment) for load in reached.ai]
    return [
        {"name": load.name, "interrupted": is_off, "reason": why_off if is_off else "served by default"}
        for load, is_off in zip(site.ai, off, strict=True)
    ]


def _behind_the_meter(site: Site, state: SiteState) -> dict[str, Any]:
    """Return what battery and panels do; nothing where the site has none."""
    parts: dict[str, Any] = {}
    if site.battery is not None:
        stored = state.charge_mwh.get(BATTERY, site.battery.initial_mwh)
        rest = {"mode": "rest", "power_mw": 0.0}
        parts[BATTERY] = {**rest, "stored_mwh": round(stored, 4), "reason": "rests by default"}
    if site.solar is not None:
        parts["solar"] = {"power_mw": None, "curtailed_mw": None}
    return parts


def _modes(site: Site, default: str, minutes: int, start: PlanStart) -> tuple[Whole, list[str]]:
    """Return the modes nearest to the default that limits and reserve sold allow, shape (G,)."""
    state = start.state
    begins = beginning_alone(site, state, minutes, start.decided)
    if begins.decided is not None:
        return begins.decided, []
    hours = _unpriced(site, state.moment, minutes)
    wanted: Floats = {
        "keep": _power_mw(site, begins.mode),
        "off": np.zeros(len(site.machines)),
        "normal": hours.normal_mw,
    }[default]
    sold = reserve_sold_mw(site, state, hours.prices.ts_utc)
    try:
        return nearest_holding(hours, np.broadcast_to(wanted, sold.shape), sold, begins)[0], []
    except Unsolvable as error:
        return begins.mode, [f"modes are kept: {error.message}"]


def _interruptions(site: Site, state: SiteState, minutes: int) -> Bools:
    """Return which AI loads stay interrupted because their limits ask for it, shape (L,)."""
    length = timedelta(minutes=minutes)
    off = [load.is_interrupted(state.moment - length) for load in state.ai]
    if not any(off):
        return np.zeros(len(site.ai), dtype=bool)
    count = -((history_start(state, site.zoneinfo) - state.moment) // length)
    clock = _clock(site, state.moment - count * length, minutes, count + 1)
    before = interrupted_in(state, clock.ts_utc[:-1])
    ended = np.vstack([before, np.zeros((1, len(off)), dtype=bool)])
    too_soon = [load.forbidden(ended[:, n], clock)[-1] for n, load in enumerate(site.ai)]
    return np.array(too_soon, dtype=bool)


def _unpriced(site: Site, moment: datetime, minutes: int) -> HourlyEconomics:
    """Return hours of which no price is known: enough for what machines may do in them."""
    count = _AHEAD_MINUTES // minutes
    clock = _clock(site, moment, minutes, count)
    nothing, never = np.zeros(count), np.zeros(count, dtype=bool)
    prices = PriceHistory(clock.ts_utc, dict.fromkeys(REQUIRED, nothing), site.zone, never, minutes)
    return HourlyEconomics(site, prices, clock, nothing, peak_hours(site, prices, clock))


def _clock(site: Site, moment: datetime, minutes: int, count: int) -> Clock:
    return Clock(utc_minute(moment) + np.arange(count) * minutes * MINUTE, site.zoneinfo, minutes)

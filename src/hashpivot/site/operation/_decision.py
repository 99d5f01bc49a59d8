"""What is decided for one interval: by a plan, or by the safe default where no plan can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from hashpivot.core import HashpivotError, InvalidInput

from ..economics import HourlyEconomics, peak_hours
from ..information import LONGEST_AHEAD
from ..model import INTERVALS, MINUTE, Clock, Floats, Site, Unsolvable, Whole
from ..policies import forecaster_of, nearest_to_power
from ..prices import REQUIRED, PriceHistory
from ._alarms import NO_INPUTS, NO_PLAN, Alarm, input_alarms
from ._inputs import RunInputs, position_of
from ._planning import PlanStart, plan_from_state, stand_at
from ._site_state import StateError, sold_from
from ._state_file import Remembered, moment_text
from ._transition import after_modes, beginning_alone

DEFAULTS = ("keep", "off", "normal")
"""What a site does while its inputs cannot be trusted: keep its modes, stop, or run in normal mode."""
LONGEST_STALE = 1000
_AHEAD_MINUTES = 48 * 60


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a site is run.

    Args:
        minutes: Length of an interval.
        hours: Hours a plan looks ahead.
        stale_after: Intervals the last real-time price may lie back before the safe default is run.
        default: The safe default: `keep`, `off` or `normal`.
        learned: Whether the boosted trees forecast.
    """

    minutes: int = 60
    hours: int = 36
    stale_after: int = 3
    default: str = "keep"
    learned: bool = False

    def __post_init__(self) -> None:
        if self.minutes not in INTERVALS:
            raise InvalidInput(
                f"an interval has {', '.join(map(str, INTERVALS))} minutes, not {self.minutes}"
            )
        if self.default not in DEFAULTS:
            raise InvalidInput(f"the safe default is {', '.join(DEFAULTS)}, not {self.default!r}")
        if not 0 <= self.stale_after <= LONGEST_STALE or not 1 <= self.hours <= LONGEST_AHEAD:
            raise InvalidInput(
                f"prices may be 0 to {LONGEST_STALE} intervals old and plans 1 to {LONGEST_AHEAD} hours long"
            )


@dataclass(frozen=True, slots=True)
class SiteDecision:
    """What is decided for an interval.

    Args:
        answer: The decision with stable keys: `moment`, `by`, `groups`, `ai`, prices, `alarms`, `notes`.
        schedule: Hours of the plan it begins, each with stable keys; the interval alone by default.
        remembered: The state after it, and the one it began from.
    """

    answer: dict[str, Any]
    schedule: list[dict[str, Any]]
    remembered: Remembered

    @property
    def alarms(self) -> list[dict[str, str]]:
        """What an operator must know at once."""
        alarms: list[dict[str, str]] = self.answer["alarms"]
        return alarms


def decide(
    site: Site,
    settings: RunSettings,
    inputs: RunInputs,
    remembered: Remembered | None,
    moment: datetime,
    known_alarms: list[Alarm],
) -> SiteDecision:
    """Decide one interval. The same arguments give the same decision.

    Args:
        site: The site.
        settings: How it is run.
        inputs: Prices and hashprices as read.
        remembered: The state; None for a new one.
        moment: Beginning of the interval, UTC.
        known_alarms: What went wrong before: inputs that could not be read, a state that was lost.

    Raises:
        StateError: If the state is of another site or a later time.
    """
    start = stand_at(site, remembered, moment)
    alarms = list(known_alarms)
    if inputs.prices is None:
        alarms.append(Alarm(NO_INPUTS, "no prices were read yet"))
    elif inputs.prices.minutes != settings.minutes:
        what = f"prices are of {inputs.prices.minutes} minutes, the run's interval is {settings.minutes}"
        alarms.append(Alarm(NO_INPUTS, what))
    else:
        alarms += input_alarms(inputs.prices, moment, settings.stale_after)
    if not any(alarm.stops_planning for alarm in alarms):
        assert inputs.prices is not None
        try:
            return _planned(site, settings, inputs, remembered, moment, alarms)
        except StateError:
            raise
        except HashpivotError as error:
            alarms.append(Alarm(NO_PLAN, error.message))
    return _by_default(site, settings, start, moment, alarms)


def _planned(
    site: Site,
    settings: RunSettings,
    inputs: RunInputs,
    remembered: Remembered | None,
    moment: datetime,
    alarms: list[Alarm],
) -> SiteDecision:
    assert inputs.prices is not None
    prices, carried = known_prices(inputs.prices, moment)
    make = forecaster_of(site, learned=settings.learned)
    made = plan_from_state(
        site, prices, remembered, hours=settings.hours, network=inputs.hashprices, make_forecaster=make
    )
    hours = [made.plan.hour(t) for t in range(len(made.plan.modes))]
    notes = list(made.plan.notes)
    if carried:
        notes.append(f"the last {carried} real-time prices are not out: the last one known stands in")
    answer = _answer(moment, "plan", hours[0], alarms, notes)
    return SiteDecision(answer, hours, made.remembered)


def known_prices(prices: PriceHistory, moment: datetime) -> tuple[PriceHistory, int]:
    """Return prices as known when an interval begins, and how many of the latest are carried forward.

    Real-time prices from the interval on are taken out. Those missing before it are the last one known, and
    marked as filled.
    """
    now = position_of(prices, moment)
    real = prices.rt.copy()
    real[now:] = np.nan
    known = np.flatnonzero(~np.isnan(real))
    last = int(known[-1])
    carried = slice(last + 1, now)
    real[carried] = real[last]
    filled = prices.filled.copy()
    filled[carried] = True
    columns = {**prices.columns, REQUIRED[0]: real}
    return replace(prices, columns=columns, filled=filled), now - 1 - last


def _by_default(
    site: Site, settings: RunSettings, start: PlanStart, moment: datetime, alarms: list[Alarm]
) -> SiteDecision:
    state = start.state
    modes, notes = _default_modes(site, settings, start)
    reached = start.decided or after_modes(site, state, modes, settings.minutes)
    sold = next((sale.mw for sale in sold_from(state.sold, moment) if sale.start == moment), {})
    groups = [
        {
            "name": group.name,
            "mode": group.modes[mode - 1].name if mode else "off",
            "power_mw": round(group.modes[mode - 1].power_mw if mode else 0.0, 4),
            "reserve_mw": round(sold.get(group.name, 0.0), 4),
            "reason": f"safe default {settings.default}: {alarms[0].message}",
        }
        for group, mode in zip(site.machines, modes.tolist(), strict=True)
    ]
    off = [load.is_interrupted(moment) for load in reached.ai]
    loads = [
        {
            "name": load.name,
            "interrupted": is_off,
            "reason": "served by default" if not is_off else "as decided",
        }
        for load, is_off in zip(site.ai, off, strict=True)
    ]
    clock = _clock(site, moment, settings.minutes, 1)
    hour: dict[str, Any] = {
        "ts_utc": f"{clock.ts_utc[0]}Z",
        "local": f"{clock.local[0]}",
        "groups": groups,
        "ai": loads,
    }
    if site.battery is not None:
        hour["battery"] = {"mode": "rest", "power_mw": 0.0, "reason": "rests by default"}
    answer = _answer(moment, "default", hour, alarms, [*start.notes, *notes])
    return SiteDecision(answer, [hour], Remembered(reached, state, start.notes))


def _default_modes(site: Site, settings: RunSettings, start: PlanStart) -> tuple[Whole, list[str]]:
    """Return the modes nearest to the default that the machines' limits allow, shape (G,)."""
    begins = beginning_alone(site, start.state, settings.minutes, start.decided)
    if begins.decided is not None:
        return begins.decided, []
    hours = _unpriced(site, start.state.moment, settings.minutes)
    power = hours.drawn_mw(begins.mode[None])[0]
    wanted: Floats = {"keep": power, "off": np.zeros_like(power), "normal": hours.normal_mw}[settings.default]
    try:
        return nearest_to_power(hours, np.broadcast_to(wanted, (hours.prices.hours, len(wanted))), begins)[
            0
        ], []
    except Unsolvable as error:
        return begins.mode, [f"modes are kept: {error.message}"]


def _unpriced(site: Site, moment: datetime, minutes: int) -> HourlyEconomics:
    """Return hours of which no price is known: enough for what machines may do in them."""
    count = _AHEAD_MINUTES // minutes
    clock = _clock(site, moment, minutes, count)
    nothing, never = np.zeros(count), np.zeros(count, dtype=bool)
    prices = PriceHistory(clock.ts_utc, dict.fromkeys(REQUIRED, nothing), site.zone, never, minutes)
    return HourlyEconomics(site, prices, clock, nothing, peak_hours(site, prices, clock))


def _clock(site: Site, moment: datetime, minutes: int, count: int) -> Clock:
    first = np.datetime64(moment.replace(tzinfo=None), "m")
    return Clock(first + np.arange(count) * minutes * MINUTE, site.zoneinfo, minutes)


def _answer(
    moment: datetime, by: str, hour: dict[str, Any], alarms: list[Alarm], notes: list[str]
) -> dict[str, Any]:
    return {
        "moment": moment_text(moment),
        "by": by,
        **{key: value for key, value in hour.items() if key != "ts_utc"},
        "alarms": [alarm.to_dict() for alarm in alarms],
        "notes": notes,
    }

"""What is decided for one interval: by a plan, or by the safe default where no plan can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from hashpivot.core import HashpivotError, InvalidInput

from ..information import LONGEST_AHEAD
from ..model import INTERVALS, Site
from ..policies import forecaster_of
from ..prices import REQUIRED, PriceHistory
from ..studies import LazyRows
from ._alarms import NO_INPUTS, NO_PLAN, Alarm, input_alarms
from ._inputs import RunInputs, position_of
from ._planning import PlanStart, plan_from_state, stand_at
from ._safe_default import DEFAULTS, safe_default, share_called
from ._site_state import StateError
from ._state_file import Remembered, moment_text

LONGEST_STALE = 1000


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
    schedule: Sequence[dict[str, Any]]
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
    return _by_default(site, settings, start, inputs.prices, moment, alarms)


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
    hours = LazyRows(len(made.plan.modes), made.plan.hour)
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
    site: Site,
    settings: RunSettings,
    start: PlanStart,
    prices: PriceHistory | None,
    moment: datetime,
    alarms: list[Alarm],
) -> SiteDecision:
    called = share_called(site, prices, settings.minutes, moment)
    why = alarms[0].message
    made = safe_default(site, settings.default, settings.minutes, start, moment, why, called)
    answer = _answer(moment, "default", made.hour, alarms, [*start.notes, *made.notes])
    return SiteDecision(answer, [made.hour], Remembered(made.reached, start.state, start.notes))


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

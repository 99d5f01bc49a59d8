"""What is known before an hour of those from it on, for a schedule or a price forecast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from hashpivot.core import InvalidInput

from ..economics import at_site
from ..forecast import publications, tomorrow_known
from ..model import (
    DAY,
    MINUTE,
    SOLAR_COLUMN,
    TEMPERATURE_COLUMN,
    Bools,
    Clock,
    Floats,
    InvalidPrices,
    Site,
    Whole,
)
from ..prices import CALLED, PriceHistory
from ._daily_forecasts import lattice_of
from ._forecast_schedule import LONGEST_AHEAD, ForecastSchedule
from ._forecaster import Forecaster
from ._hashprices import Hashprices
from ._knowledge import Knowledge, knowledge_of
from ._planned_peaks import chances_ahead
from ._price_ranks import PriceLattice, RankModel


@dataclass(frozen=True, eq=False)
class InformationSet:
    """What is known before an hour of those from it on. T hours, K ranks.

    Args:
        knowledge: All hours to the last of them, as known.
        schedule: Earlier forecasts.
        lattice: The forecast.
        learned: What it is read with.
        stand_in: Hours whose day-ahead price was not out yet, shape (T,).
        now: Position of the first.
    """

    knowledge: Knowledge
    schedule: ForecastSchedule
    lattice: PriceLattice
    learned: RankModel
    stand_in: Bools
    now: int

    @property
    def end(self) -> int:
        """Position after the last."""
        return self.now + len(self.prices)

    @property
    def prices(self) -> Floats:
        """Price at each rank, shape (T, K)."""
        prices: Floats = self.lattice.prices[0]
        return prices

    @cached_property
    def chance_before(self) -> Floats:
        """Probability of each rank in the hour before each, shape (T, K)."""
        chance = np.zeros(self.prices.shape)
        chance[0, self.schedule.newest.rank_before(np.array([self.now]))] = 1.0
        for t in range(1, len(chance)):
            chance[t] = chance[t - 1] @ self._transition_after(t)
        return chance

    @cached_property
    def chance(self) -> Floats:
        """Probability of each rank, shape (T, K)."""
        last = self.chance_before[-1] @ self._transition_after(len(self.chance_before))
        return np.vstack([self.chance_before[1:], last])

    def _transition_after(self, hours: int) -> Floats:
        return self.learned.first_transition if hours == 1 else self.learned.transition


def information_set(
    site: Site,
    prices: PriceHistory,
    at: datetime | None,
    hours: int,
    network: Hashprices,
    make_forecaster: Callable[[], Forecaster],
) -> InformationSet:
    """Gather what is known before an hour, and forecast those from it on; arguments are those of `plan`.

    Raises:
        InvalidInput, InvalidPrices: As `plan`.
    """
    if not 1 <= hours <= LONGEST_AHEAD:
        raise InvalidInput(f"a plan covers 1 to {LONGEST_AHEAD} hours, not {hours}")
    prices = prices.as_seen()
    now = first_planned(site, prices, at)
    end = min(now + prices.intervals(hours), prices.hours)
    as_known, stand_in = _as_known(site, prices, now, end)
    as_known = at_site(site, as_known)
    knowledge = knowledge_of(site, as_known, network, now)
    if end - now < prices.intervals(hours):
        left = (end - now) * prices.interval_hours
        knowledge = knowledge.noting(f"the prices end after {left:g} of the {hours} hours asked for")
    ahead = chances_ahead(site, as_known, knowledge.peak_chances, now)
    knowledge = replace(knowledge, peak_chances=ahead, planned=True)
    schedule = ForecastSchedule(as_known, knowledge.actual.clock, site.market, now, now, make_forecaster)
    learned = schedule.newest.learned(now)
    positions = np.arange(end - now)
    lattice = lattice_of([schedule.issue(now, end)], learned, np.zeros(end - now, int), positions)
    first_hour = lattice.prices[0, :1]
    lattice.prices[0, :1] = schedule.newest.shift_to_last_price(np.array([now]), first_hour, learned)
    return InformationSet(knowledge, schedule, lattice, learned, stand_in, now)


def first_planned(site: Site, prices: PriceHistory, at: datetime | None) -> int:
    """Return the position of the first hour: `at`, or the first without a real-time price, or publication.

    Raises:
        InvalidPrices: If the prices do not hold it.
    """
    clock = prices.clock(site.zoneinfo)
    if at is None:
        to_come = np.flatnonzero(np.isnan(prices.rt))
        if len(to_come):
            return int(to_come[0])
        return _last_publication(clock, site)
    wanted = np.datetime64(at, "m")
    holding = np.flatnonzero((clock.local <= wanted) & (wanted < clock.local + prices.minutes * MINUTE))
    if not len(holding):
        skipped = clock.local[0] < wanted < clock.local[-1]
        why = "clocks go forward over it" if skipped else "they end or begin there"
        raise InvalidPrices(
            f"no interval {at:%Y-%m-%dT%H:%M} in the prices: {why}",
            where=prices.zone,
            hint=f"they run from {clock.local[0]} to {clock.local[-1]}, market local time",
        )
    return int(holding[0])


def _last_publication(clock: Clock, site: Site) -> int:
    """Return when day-ahead prices of the last day were published."""
    published = publications(clock, site.market)
    before = published[clock.day[published] < clock.day[-1]]
    return int(before[-1]) if len(before) else 0


def _as_known(site: Site, prices: PriceHistory, now: int, end: int) -> tuple[PriceHistory, Bools]:
    """Return prices to `end` with what is not known at `now` taken out or replaced by a day before's."""
    clock = prices.clock(site.zoneinfo)
    last_day = clock.day[now] + DAY * int(tomorrow_known(clock, site.market)[now])
    unknown = (clock.day > last_day)[:end] & ~np.isnan(prices.rt[:end])
    columns = {name: values[:end].copy() for name, values in prices.columns.items()}
    for name, values in columns.items():
        if name == "rt_usd_per_mwh":
            values[now:] = np.nan
        elif name == "da_usd_per_mwh" or name.startswith("as_"):
            _stand_in(values, np.flatnonzero(unknown), prices.intervals(24))
        elif name in CALLED:
            values[now:] = np.where(_at_hand(values[now:]), values[now:], np.nan)
        elif name == SOLAR_COLUMN:
            values[now:] = values[np.maximum(_days_before(now, end, prices.intervals(24)), 0)]
        else:
            measured = name == TEMPERATURE_COLUMN and np.isfinite(values[now])
            _stand_in(values, np.arange(now + measured, end), prices.intervals(24))
    return prices.part(0, end).with_columns(columns), unknown[now:end]


def _at_hand(share: Floats) -> Bools:
    """Return where a call that is on as the first interval begins goes on; later ones are not known."""
    return np.logical_and.accumulate(np.nan_to_num(share) > 0)


def _days_before(now: int, end: int, day: int) -> Whole:
    """Return the last positions before `now` of the same time of day as each to `end`."""
    ahead = np.arange(now, end)
    return ahead - day * ((ahead - now) // day + 1)


def _stand_in(values: Floats, hours: Whole, day: int) -> None:
    """Fill hours by the value a day before, shifted as the last known hour lies from its own day before."""
    last = hours[0] - 1 if len(hours) else 0
    shift = values[last] - values[last - day] if last >= day else 0.0
    for t in hours:
        values[t] = values[max(t - day, 0)] + (shift if t - day <= last else 0.0)

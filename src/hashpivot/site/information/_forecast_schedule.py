"""The forecasts a site decides by, walked forward month by month, and week by week in the first year.

When day-ahead prices of the next day are out, by the rules of the site's market (14:00 in ERCOT), a forecast
is issued for the hours to the end of that day. Reserve is offered by another, issued when the day-ahead
market closes. A forecaster that can forecast from many hours at once also issues one as each hour begins, and
hours are decided by that; another's is in force from afternoon to afternoon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from hashlib import blake2b
from zoneinfo import ZoneInfo

import numpy as np

from ..forecast import PlainFrame, known_ahead, publications
from ..markets import PowerMarket
from ..model import DAY, HOUR, BoundedCache, Clock, Floats, InvalidPrices, Site, Whole
from ..prices import PriceHistory
from ._daily_forecasts import DailyForecasts, ForecastVintage
from ._forecaster import Forecaster, ManyForecaster
from ._gate_forecasts import GateForecasts, gate_forecasts
from ._hourly_forecasts import HourlyForecasts
from ._hourly_means import HourlyMeans
from ._known_prices import KNOWN_HOURS, known_at
from ._price_ranks import ranked

FEWEST_HOURS = 61 * 24  # a day more than the 60 that the trees need
SHORTEST_AHEAD = 12
"""Hours a forecast issued each hour looks ahead at least."""
LONGEST_AHEAD = 48
_LEARN_BEFORE = 366 * 24  # forecasts of the year before `first` teach how ranks behave
_FIRST_FORECAST = 14 * 24
"""Hours before the first forecast that ranks are learned from, by a forecaster that can do with so few."""
_fitted = BoundedCache[bytes, Forecaster](80)
_issued = BoundedCache[tuple[int, int, bytes], ForecastVintage](400)
"""Forecasters and forecasts: a run decides every interval, and those of earlier days stay the same."""


class ForecastSchedule:
    """Forecasts for the hours `first` to `end` of a price history, and for the year before to learn from.

    Args:
        prices: Prices; the forecaster is only ever given what was known.
        clock: Market local time of its hours.
        market: When its day-ahead auction closes and publishes.
        first: Position of the first hour decided.
        end: Position after the last.
        make: Makes a new forecaster.
        ahead: Hours a forecast issued each hour looks ahead, brought into 12 to 48.

    Raises:
        InvalidPrices: If fewer than 61 days come before `first`.
    """

    def __init__(
        self,
        prices: PriceHistory,
        clock: Clock,
        market: PowerMarket,
        first: int,
        end: int,
        make: Callable[[], Forecaster],
        ahead: int = SHORTEST_AHEAD,
    ) -> None:
        fewest = prices.intervals(FEWEST_HOURS)
        if first < fewest:
            before = first * prices.interval_hours
            raise InvalidPrices(
                f"only {before:g} hours of prices come before the start, {FEWEST_HOURS} are needed to learn",
                where=prices.zone,
                hint="start later, or bring earlier prices",
            )
        self._prices, self._clock, self._market = prices, clock, market
        trained, hourly = isinstance(make(), ManyForecaster), prices.minutes == 60
        self._given = make
        self._make = make if hourly or not trained else lambda: HourlyMeans(make(), clock.zone)
        self.spans = learning_spans(prices, clock)
        self._ahead = min(max(ahead, SHORTEST_AHEAD), LONGEST_AHEAD)
        self._fitted: dict[int, Forecaster] = {}
        self._refits = clock.month.astype(np.int64) if trained else self.spans
        earliest = fewest if trained else prices.intervals(_FIRST_FORECAST)
        begin = max(earliest, first - prices.intervals(_LEARN_BEFORE))
        each_hour = trained and hourly and end > begin
        afternoons = self._afternoons(begin, end)
        if each_hour and afternoons:
            self._fitted_at(min(begin, afternoons[0]))
        newest = self._hourly(begin, end) if each_hour else None
        self.daily = DailyForecasts(prices, self._afternoon_vintages(afternoons))
        self.newest: DailyForecasts | HourlyForecasts = newest or self.daily
        self._begin, self._first, self._end = begin, first, end

    @cached_property
    def offers(self) -> GateForecasts:
        """Forecasts that what is offered in the day-ahead market is decided by, for the same hours.

        Where nothing lies between `first` and `end`, they cover all hours to the last of the prices, issued
        at `end` for days whose gate is still to come.
        """
        end, latest = self._end, self._prices.hours
        if self._first == self._end:
            end, latest = latest, end
        prices, clock, market = self._prices, self._clock, self._market
        return gate_forecasts(prices, clock, market, self._begin, end, self._make, latest, self._refits)

    def issue(self, start: int, end: int) -> ForecastVintage:
        """Issue a forecast at hour `start` for the hours to `end`, by a forecaster fitted on all before."""
        return self._issue(self._make().fit(self._prices.part(0, start)), start, end)

    def _afternoons(self, begin: int, end: int) -> list[int]:
        """Return the hours forecasts are issued at: the last before `begin`, and all to `end`."""
        starts = publications(self._clock, self._market)
        before = starts[starts <= begin][-1:]
        return [*before.tolist(), *starts[(starts > begin) & (starts < end)].tolist()]

    def _fitted_at(self, position: int) -> Forecaster:
        """Return the forecaster of an hour's month or week, fitted on all before when it is first needed."""
        span = int(self._refits[position])
        if span not in self._fitted:
            history = self._prices.part(0, position)
            self._fitted[span] = _fitted_once(self._given, self._make, history, self._clock.zone)
        return self._fitted[span]

    def _afternoon_vintages(self, starts: list[int]) -> list[ForecastVintage]:
        """Return the forecasts issued at these hours; one that was issued before by the same is not again."""
        ends = np.searchsorted(self._clock.day, self._clock.day[starts] + DAY, side="right").tolist()
        vintages = []
        for start, end, known in zip(starts, ends, _known_digests(self._prices, starts, ends), strict=True):
            forecaster = self._fitted_at(start)
            issue = partial(self._issue, forecaster, start, end)
            vintages.append(_issued.get(forecaster, (start, end, known), issue))
        return vintages

    def _issue(self, forecaster: Forecaster, start: int, end: int) -> ForecastVintage:
        known = known_at(self._prices, start, end)
        return ForecastVintage.of(start, forecaster.predict(known, self._prices.ts_utc[start:end]))

    def _hourly(self, begin: int, end: int) -> HourlyForecasts:
        month = self._clock.month[begin:end]
        cuts = begin + np.flatnonzero(month[1:] != month[:-1]) + 1
        parts = [self._month(part) for part in np.split(np.arange(begin, end), cuts - begin)]
        edges, middle = (np.concatenate(part) for part in zip(*parts, strict=True))
        return HourlyForecasts(self._prices, begin, edges, middle)

    def _month(self, every: Whole) -> tuple[Floats, Floats]:
        """Return edges and typical prices of ranks of the forecasts issued as each of these hours begins."""
        forecaster = self._fitted_at(int(every[0]))
        assert isinstance(forecaster, ManyForecaster)
        since = max(0, int(every[0]) - self._prices.intervals(KNOWN_HOURS))
        end = min(int(every[-1]) + LONGEST_AHEAD, self._prices.hours)
        frame = _extended(self._prices.part(since, end))
        return ranked(forecaster.predict_all(frame, every - since, self._ahead))


def _fitted_once(
    given: Callable[[], Forecaster], make: Callable[[], Forecaster], history: PriceHistory, zone: ZoneInfo
) -> Forecaster:
    """Return a forecaster fitted on a history, the same one where that was done before.

    Args:
        given: What tells forecasters apart, by identity.
        make: Makes it.
        history: What it learns from.
        zone: Market local time.
    """
    digest = blake2b(f"{history.minutes} {history.ts_utc[0]} {zone.key}".encode())
    for name, values in history.items():
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(values).data)
    return _fitted.get(given, digest.digest(), lambda: make().fit(history))


def _known_digests(prices: PriceHistory, starts: list[int], ends: list[int]) -> Iterator[bytes]:
    """Yield what tells apart what is known as each of some hours begins; columns known ahead to its end."""
    so_far, before = blake2b(f"{prices.minutes} {prices.ts_utc[0]} {sorted(prices)}".encode()), 0
    for start, end in zip(starts, ends, strict=True):
        for values in prices.columns.values():
            so_far.update(np.ascontiguousarray(values[before:start]).data)
        known, before = so_far.copy(), start
        for name, values in prices.items():
            if known_ahead(name):
                known.update(np.ascontiguousarray(values[start:end]).data)
        yield known.digest()


def hours_ahead(site: Site) -> int:
    """Return how far a forecast issued each hour must look: beyond the second switch of every group."""
    return 2 * max((max(m.min_on_hours, m.min_off_hours) for m in site.machines), default=0)


def learning_spans(prices: PriceHistory, clock: Clock) -> Whole:
    """Return a number for each interval, the same for those decided by what was learned at one time.

    They are weeks in the first year of the prices, when a week adds much to what is known, and months after.
    """
    week = clock.day.astype(np.int64) // 7
    month = clock.month.astype(np.int64) + week[-1] + 1  # beyond every number of a week
    return np.where(np.arange(prices.hours) < prices.intervals(_LEARN_BEFORE), week, month)


def _extended(prices: PriceHistory) -> PlainFrame:
    """Return a frame that runs on for two days nothing is known of."""
    axis = prices.ts_utc[0] + HOUR * np.arange(prices.hours + LONGEST_AHEAD)
    gap = np.full(LONGEST_AHEAD, np.nan)
    return PlainFrame(axis, {name: np.append(values, gap) for name, values in prices.columns.items()})

"""How likely each of the hours ahead sets a peak, as seen now: what a plan shows and weighs."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np

from ..forecast import FEWEST_MONTHS, PeakForecaster
from ..model import BoundedCache, Clock, Floats, Site
from ..prices import ZONES, PriceHistory, load_zone
from ._known_prices import KNOWN_HOURS
from ._peak_chances import charges_peaks, months_before, tariffs_in_force

_fitted = BoundedCache[tuple[tuple[int, ...], str, bytes], PeakForecaster](4)
"""Forecasters: a run plans every interval, and those of a month are learned from the same loads."""


def chances_ahead(site: Site, prices: PriceHistory, chances: Floats, now: int) -> Floats:
    """Return the probability that hours set a peak, all of those later than `now`'s as seen now.

    Args:
        site: The site, whose tariffs say which months count.
        prices: Prices with the loads known before `now`; what stands in for later ones is not looked at.
        chances: Probability of each interval's hour and of those after it, as seen before it, shape (T, L).
        now: Position of the first interval planned.

    Returns:
        Shape (T, L); as it was to `now`.
    """
    if not charges_peaks(site) or not prices.known("load_mw"):
        return chances
    number, hourly = prices.clock(site.zoneinfo).hour_number, prices.hourly(site.zoneinfo)
    clock, origin, steps = hourly.clock(site.zoneinfo), int(number[now]), chances.shape[1]
    later = np.arange(hourly.hours) > origin
    ahead = np.zeros(hourly.hours + steps)
    for months, wanted in tariffs_in_force(site, clock, later):
        known, hours = hourly.part(max(0, origin - KNOWN_HOURS), hourly.hours), hourly.ts_utc[origin:]
        seen = _forecaster(hourly, months, clock, origin).predict(known, hours)
        ahead[origin : hourly.hours] += np.where(wanted[origin:], seen, 0.0)
    ahead[origin : origin + steps] = chances[now]
    return np.where(later[number][:, None], ahead[number[:, None] + np.arange(steps)], chances)


def _forecaster(prices: PriceHistory, months: tuple[int, ...], clock: Clock, origin: int) -> PeakForecaster:
    """Return a forecaster that has learned from the whole months before an hour, of bundled loads if few."""
    month = clock.month[origin]
    history = prices.part(0, int(np.searchsorted(clock.month, month)))
    if months_before(prices, months, clock)[origin] < FEWEST_MONTHS:
        bundled = load_zone(ZONES[0])
        earlier = bundled.clock(clock.zone).month < clock.month[0]
        history = bundled.part(0, int(earlier.sum()))
    return _learned(history, months, clock.zone)


def _learned(history: PriceHistory, months: tuple[int, ...], zone: ZoneInfo) -> PeakForecaster:
    key = months, zone.key, history["load_mw"].tobytes()
    return _fitted.get(PeakForecaster, key, lambda: PeakForecaster(months, zone).fit(history))

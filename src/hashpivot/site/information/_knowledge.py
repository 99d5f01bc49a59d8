"""A site's hours as they were and as they were known: hashprice, and the chance of the month's peak."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hashpivot.bitcoin import MORE_DAYS_HINT, NetworkHistory
from hashpivot.core import short_repr

from ..economics import HourlyEconomics, counted_hours, peak_hours
from ..forecast import next_hour_peaks
from ..model import DAY, Clock, DayAheadPower, Floats, InvalidPrices, Site
from ..prices import PriceHistory

REGIMES = ("live", "lagged")


@short_repr
@dataclass(frozen=True, eq=False)
class Knowledge:
    """A site's hours as they were, and as they were known.

    Args:
        actual: Hours with the hashprice of their day, and the true peaks.
        known: The same hours with the hashprice of the day before.
        peak_chance: Probability that each hour sets the peak, as seen an hour before, shape (T,).
    """

    actual: HourlyEconomics
    known: HourlyEconomics
    peak_chance: Floats

    def part(self, first: int, end: int) -> Knowledge:
        """Return hours `first` to `end`, the latter not included."""
        return Knowledge(
            _part(self.actual, first, end), _part(self.known, first, end), self.peak_chance[first:end]
        )


def knowledge_of(site: Site, prices: PriceHistory, network: NetworkHistory, first: int = 0) -> Knowledge:
    """Join a site, prices and the network.

    Args:
        site: The site.
        prices: Prices; those of the hours before `first` are only learned from.
        network: The bitcoin network's history.
        first: Position of the first hour whose hashprice is needed, and that of the day before.

    Raises:
        InvalidPrices: If the network's history does not hold the days from there on.
    """
    clock = prices.clock(site.zoneinfo)
    today = _hashprices(clock, network)
    _check_known(clock, _yesterday(today, prices.intervals(24)), first, network)
    _check_day_ahead(site, prices)
    notes = tuple(_missing_inputs(site, prices, network))
    actual = HourlyEconomics(site, prices, clock, today, peak_hours(site, prices, clock), notes)
    known = replace(actual, hashprice_usd_per_ph_day=_yesterday(today, prices.intervals(24)))
    return Knowledge(actual, known, _peak_chance(site, prices))


def _peak_chance(site: Site, prices: PriceHistory) -> Floats:
    """Return the probability that each hour sets a peak a tariff counts; 0 without loads."""
    months = {month for tariff in site.tariffs for month in tariff.peak_months}
    if not months or not prices.known("load_mw"):
        return np.zeros(prices.hours)
    hourly = prices.hourly(site.zoneinfo)
    chance = next_hour_peaks(hourly, tuple(sorted(months)), site.zoneinfo)
    return chance[prices.clock(site.zoneinfo).hour_number]


def _hashprices(clock: Clock, network: NetworkHistory) -> Floats:
    """Return the hashprice of each hour's UTC day; NaN before the first price, the last after the history."""
    days, row = np.unique(clock.ts_utc.astype("datetime64[D]"), return_inverse=True)
    begin, end = network.first_priced_day, network.last_day
    by_day = [
        network.hashprice_usd_per_ph_day(min(day, end)) if day >= begin else np.nan for day in days.tolist()
    ]
    return np.array(by_day)[row]


def _check_known(clock: Clock, known: Floats, first: int, network: NetworkHistory) -> None:
    if np.isnan(known[first]):
        day = clock.ts_utc[first].astype("datetime64[D]")
        raise InvalidPrices(
            f"hashprice on {day} is not known: bitcoin prices begin on {network.first_priced_day}",
            where="ts_utc",
            hint=f"start two days later than that, or {MORE_DAYS_HINT}",
        )


def _yesterday(today: Floats, day: int) -> Floats:
    """Return the hashprice of the last whole UTC day; the first day takes its own, as none is before it."""
    return today[np.maximum(np.arange(len(today)) - day, 0)]


def _missing_inputs(site: Site, prices: PriceHistory, network: NetworkHistory) -> list[str]:
    """Return in words what of the site is off, or stood in for, because an input is missing."""
    notes = list(prices.notes)
    last = network.last_day
    if prices.ts_utc[-1] >= np.datetime64(last) + DAY:
        notes.append(f"hashprice after {last} is not known: that of {last} stands in")
    if any(tariff.peak_months for tariff in site.tariffs) and not prices.known("load_mw"):
        notes.append("no load_mw: coincident peaks are neither charged nor avoided")
    elif months := _months_without_loads(site, prices):
        notes.append(f"load_mw is missing in hours of {', '.join(months)}: no peak is charged there")
    notes += [
        f"no {reserve.column}: reserve {reserve.product} is not sold"
        for reserve in site.reserves
        if not prices.known(reserve.column)
    ]
    notes += _not_cleared(site, prices)
    if any(group.derate_per_c for group in site.machines) and not prices.known("temp_c"):
        notes.append("no temp_c: machines hash the same in any heat")
    return notes


def _check_day_ahead(site: Site, prices: PriceHistory) -> None:
    if isinstance(site.power, DayAheadPower) and "da_usd_per_mwh" in prices.stood_in:
        raise InvalidPrices(
            "the site pays day-ahead prices, which its prices do not hold",
            where=prices.zone,
            hint="add a file that does: --prices FILE twice",
        )


def _not_cleared(site: Site, prices: PriceHistory) -> list[str]:
    """Return in words that real-time prices of reserve are missing where it is cleared in real time."""
    since = site.market.co_optimised_from
    day = prices.clock(site.zoneinfo).day[-1]
    if since is None or day < np.datetime64(since):
        return []
    gone = [r.real_time_column for r in site.reserves if not prices.known(r.real_time_column)]
    if not gone:
        return []
    what = f"from {since} on, reserve that is not held is bought back at its day-ahead price"
    return [f"no {', '.join(gone)}: {what}"]


def _months_without_loads(site: Site, prices: PriceHistory) -> list[str]:
    clock = prices.clock(site.zoneinfo)
    if not prices.known("load_mw"):
        return []
    gone = counted_hours(site, clock) & np.isnan(prices["load_mw"]) & ~np.isnan(prices.rt)
    return [str(month) for month in np.unique(clock.month[gone])]


def _part(hours: HourlyEconomics, first: int, end: int) -> HourlyEconomics:
    prices = hours.prices.part(first, end)
    return HourlyEconomics(
        hours.site,
        prices,
        prices.clock(hours.site.zoneinfo),
        hours.hashprice_usd_per_ph_day[first:end],
        hours.peak[first:end],
        hours.notes,
    )

"""What an operator knows in each hour: of hashprice, of prices, of the peak."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NoData

from ..economics import Hours, counted_hours, peak_hours
from ..forecast import next_hour_peaks
from ..model import Clock, Floats, InvalidPrices, Site
from ..prices import Table

REGIMES = ("live", "lagged")


@dataclass(frozen=True, eq=False)
class Knowledge:
    """A site's hours as they were, and as they were known.

    Args:
        real: Hours with the hashprice of their day, and the true peaks.
        known: The same hours with the hashprice of the day before.
        peak_chance: Probability that each hour sets the peak, told an hour before, shape (T,).
    """

    real: Hours
    known: Hours
    peak_chance: Floats

    def part(self, first: int, end: int) -> Knowledge:
        """Hours `first` to `end`, the latter not included."""
        return Knowledge(
            _part(self.real, first, end), _part(self.known, first, end), self.peak_chance[first:end]
        )


def knowledge(site: Site, table: Table) -> Knowledge:
    """Join a site, prices and the network.

    Raises:
        InvalidPrices: If the network's history does not hold the table's days.
    """
    clock = table.clock(site.zoneinfo)
    today = _hashprices(clock)
    peak = peak_hours(site, table, clock)
    real = Hours(site, table, clock, today, peak, tuple(_switched_off(site, table)))
    known = replace(real, hashprice_usd_per_ph_day=_yesterday(clock, today))
    return Knowledge(real, known, _chance(site, table))


def _chance(site: Site, table: Table) -> Floats:
    """Probability that each hour sets a peak a tariff counts; 0 without loads."""
    months = {month for tariff in site.tariffs if tariff.kind == "coincident_peak" for month in tariff.months}
    if not months or not table.known("load_mw"):
        return np.zeros(table.hours)
    return next_hour_peaks(table, tuple(sorted(months)), site.zoneinfo)


def _hashprices(clock: Clock) -> Floats:
    """Hashprice of each hour's UTC day; days after the network's history take its last."""
    history = NetworkHistory.load()
    days, where = np.unique(clock.ts_utc.astype("datetime64[D]"), return_inverse=True)
    try:
        by_day = [history.hashprice_usd_per_ph_day(min(day.item(), history.last_day)) for day in days]
    except NoData as error:
        raise InvalidPrices(
            f"hashprice is not known: {error.message}", where="ts_utc", hint=error.hint
        ) from None
    return np.array(by_day)[where]


def _yesterday(clock: Clock, today: Floats) -> Floats:
    """The hashprice of the last whole UTC day; on the first day there is none before and its own is taken."""
    back = np.maximum(np.arange(len(today)) - 24, 0)
    return today[back]


def _switched_off(site: Site, table: Table) -> list[str]:
    """Features of the site that the table has no column for, in words."""
    notes = []
    last = NetworkHistory.load().last_day
    if table.ts_utc[-1] >= np.datetime64(last) + np.timedelta64(1, "D"):
        notes.append(f"hashprice after {last} is not known: that of {last} stands in")
    if any(tariff.kind == "coincident_peak" for tariff in site.tariffs) and not table.known("load_mw"):
        notes.append("no load_mw: coincident peaks are neither charged nor avoided")
    elif months := _months_without_loads(site, table):
        notes.append(f"load_mw is missing in hours of {', '.join(months)}: no peak is charged there")
    notes += [
        f"no as_{reserve.product}: reserve {reserve.product} is not sold"
        for reserve in site.reserves
        if not table.known(f"as_{reserve.product}")
    ]
    if any(group.derate_per_c for group in site.machines) and not table.known("temp_c"):
        notes.append("no temp_c: machines hash the same in any heat")
    return notes


def _months_without_loads(site: Site, table: Table) -> list[str]:
    clock = table.clock(site.zoneinfo)
    if not table.known("load_mw"):
        return []
    gone = counted_hours(site, clock) & np.isnan(table["load_mw"]) & ~np.isnan(table.rt)
    return [str(month) for month in np.unique(clock.month[gone])]


def _part(hours: Hours, first: int, end: int) -> Hours:
    table = hours.table.part(first, end)
    return Hours(
        hours.site,
        table,
        table.clock(hours.site.zoneinfo),
        hours.hashprice_usd_per_ph_day[first:end],
        hours.peak[first:end],
        hours.notes,
    )

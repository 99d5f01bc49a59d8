"""A site's hours as they were and as they were known: hashprice, and the chance of the month's peak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hashpivot.bitcoin import MORE_DAYS_HINT
from hashpivot.core import short_repr

from ..economics import HourlyEconomics, at_site, peak_hours
from ..model import (
    TEMPERATURE_COLUMN,
    Clock,
    DayAheadPower,
    Floats,
    InvalidPrices,
    NotForThisSite,
    Site,
)
from ..prices import PriceHistory
from ._hashprices import Hashprices
from ._notes import input_notes
from ._peak_chances import peak_chances

REGIMES = ("live", "lagged")


@short_repr
@dataclass(frozen=True, eq=False)
class Knowledge:
    """A site's hours as they were, and as they were known.

    Args:
        actual: Hours with the hashprice of their day, and the true peaks.
        known: The same hours with the hashprice of the day before, and the last price before where one was
            not published.
        peak_chances: Probability that each hour, and each of the two of the clock after it, sets the peak, as
            seen before the hour, shape (T, 3).
        planned: Whether hours to come hold what is expected of them already, as in a plan.
    """

    actual: HourlyEconomics
    known: HourlyEconomics
    peak_chances: Floats
    planned: bool = False

    @cached_property
    def expected(self) -> HourlyEconomics:
        """Hours as they are expected ahead: known, but for the air temperature."""
        return self.known if self.planned else self.known.at_expected_temperature

    @property
    def peak_chance(self) -> Floats:
        """Probability that each hour sets the peak, as seen before it, shape (T,)."""
        chance: Floats = self.peak_chances[:, 0]
        return chance

    def noting(self, note: str) -> Knowledge:
        """Return the same with a further note."""
        actual, known = (replace(hours, notes=(*hours.notes, note)) for hours in (self.actual, self.known))
        return replace(self, actual=actual, known=known)

    def with_hashprice(self, usd_per_ph_day: float) -> Knowledge:
        """Return the same at one hashprice throughout."""
        flat = np.full(self.actual.prices.hours, usd_per_ph_day)
        return replace(self, actual=self.actual.with_hashprice(flat), known=self.known.with_hashprice(flat))

    def part(self, first: int, end: int) -> Knowledge:
        """Return hours `first` to `end`, the latter not included."""
        return Knowledge(
            _part(self.actual, first, end),
            _part(self.known, first, end),
            self.peak_chances[first:end],
            self.planned,
        )


def knowledge_of(
    site: Site, prices: PriceHistory, network: Hashprices, first: int = 0, end: int | None = None
) -> Knowledge:
    """Join a site, prices and the network.

    Args:
        site: The site.
        prices: Prices; those of the hours before `first` are only learned from.
        network: The bitcoin network's history.
        first: Position of the first hour decided, whose hashprice is needed, and that of the day before.
        end: Position after the last hour decided; after the last of the prices if None.

    Raises:
        InvalidPrices: If the network's history does not hold the days from there on, or loads are too few to
            learn the month's peak from.
        NotForThisSite: If reserve of a site with a battery or solar power is called.
    """
    seen, prices = at_site(site, prices.as_seen()), at_site(site, prices)
    clock = prices.clock(site.zoneinfo)
    today = _hashprices(clock, network)
    yesterday = _yesterday(today, prices.intervals(24))
    _check_known(clock, yesterday, first, network)
    _check_day_ahead(site, prices)
    _check_temperature(site, prices)
    decided = np.zeros(prices.hours, dtype=bool)
    decided[first:end] = True
    peak = peak_hours(site, prices, clock)
    chance, peak_notes = peak_chances(site, seen, decided)
    notes = (*input_notes(site, prices, clock, network, decided), *peak_notes)
    actual = HourlyEconomics(site, prices, clock, today, peak, notes)
    if site.has_plant and actual.called[decided].any():
        raise NotForThisSite(
            "calls of reserve are not settled beside [battery] or [solar]",
            where=site.name,
            hint="leave the columns of calls out: deployed_share then stands for them",
        )
    known = replace(actual, prices=seen, hashprice_usd_per_ph_day=yesterday)
    return Knowledge(actual, known, chance * actual.peak_span_hours[:, None])


def _hashprices(clock: Clock, network: Hashprices) -> Floats:
    """Return the hashprice of each hour's UTC day; NaN before the first price, the last after the history."""
    days, row = np.unique(clock.ts_utc.astype("datetime64[D]"), return_inverse=True)
    begin, end = network.first_priced_day, network.last_day
    by_day = [
        network.hashprice_usd_per_ph_day(min(day, end)) if day >= begin else np.nan for day in days.tolist()
    ]
    return np.array(by_day)[row]


def _check_known(clock: Clock, known: Floats, first: int, network: Hashprices) -> None:
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


def _check_day_ahead(site: Site, prices: PriceHistory) -> None:
    if isinstance(site.power, DayAheadPower) and "da_usd_per_mwh" in prices.stood_in:
        raise InvalidPrices(
            "the site pays day-ahead prices, which its prices do not hold",
            where=prices.zone,
            hint="add a file that does: --prices FILE twice",
        )


def _check_temperature(site: Site, prices: PriceHistory) -> None:
    if site.heat_limit is not None and not prices.known(TEMPERATURE_COLUMN):
        raise InvalidPrices(
            f"limit_by_temperature_c needs the column {TEMPERATURE_COLUMN}, which the prices do not hold",
            where=prices.zone,
            hint="give the air temperature in degrees Celsius, or leave the key out",
        )


def _part(hours: HourlyEconomics, first: int, end: int) -> HourlyEconomics:
    prices = hours.prices.part(first, end)
    return HourlyEconomics(
        hours.site,
        prices,
        prices.clock(hours.site.zoneinfo),
        hours.hashprice_usd_per_ph_day[first:end],
        hours.peaks[first:end],
        hours.notes,
    )

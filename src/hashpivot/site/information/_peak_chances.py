"""How likely each hour sets a peak that a tariff in force charges for, from loads known before it.

Only tariffs in force in the hours decided count: another's months are neither learned from nor looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..forecast import AHEAD, FEWEST_MONTHS, next_hours_peaks, whole_months
from ..model import Bools, Clock, Floats, InvalidPrices, Site, Times, Whole
from ..prices import ZONES, PriceHistory, load_zone


def peak_chances(site: Site, prices: PriceHistory, decided: Bools) -> tuple[Floats, tuple[str, ...]]:
    """Return the probability that each interval sets a peak, as seen before its hour, and what to note of it.

    That of the next hours of the clock, as seen then, stands beside it.

    Where fewer than four months of a tariff lie before an hour in the prices, the bundled loads of earlier
    months are learned from too: the features are ratios of loads.

    Args:
        site: The site, whose tariffs say which months count.
        prices: Prices with their loads.
        decided: Intervals to be decided, shape (T,); the probability is 0 in others.

    Returns:
        Shape (T, 3), 0 without loads; and notes in words.

    Raises:
        InvalidPrices: If the bundled loads hold too few earlier months as well.
    """
    if not charges_peaks(site) or not prices.known("load_mw"):
        return np.zeros((prices.hours, AHEAD + 1)), ()
    number, hourly = prices.clock(site.zoneinfo).hour_number, prices.hourly(site.zoneinfo)
    clock = hourly.clock(site.zoneinfo)
    chance, short = np.zeros((hourly.hours, AHEAD + 1)), np.zeros(hourly.hours, dtype=bool)
    asked = np.bincount(number, weights=decided) > 0
    for months, wanted in tariffs_in_force(site, clock, asked):
        few = wanted & (months_before(hourly, months, clock) < FEWEST_MONTHS)
        chance += next_hours_peaks(hourly, months, site.zoneinfo, wanted=wanted & ~few)
        if few.any():
            chance += _by_bundled_loads(hourly, months, clock, few)
            short |= few
    return chance[number], tuple(_notes(site, clock.month[short]))


def charges_peaks(site: Site) -> bool:
    """Return whether any of a site's tariffs is on peaks of the system's load."""
    return any(tariff.peak_months for tariff in site.tariffs)


def tariffs_in_force(site: Site, clock: Clock, decided: Bools) -> Iterator[tuple[tuple[int, ...], Bools]]:
    """Yield months that count together, and the hours decided in which they do, shape (T,)."""
    charging = [tariff for tariff in site.tariffs if tariff.peak_months]
    if not charging:
        return
    in_force = np.stack([tariff.in_force(clock) for tariff in charging], axis=1)
    counted = decided & np.any([tariff.counts_peak(clock) for tariff in charging], axis=0)
    for together in np.unique(in_force[counted], axis=0):
        months = {m for tariff, on in zip(charging, together, strict=True) if on for m in tariff.peak_months}
        yield tuple(sorted(months)), counted & (in_force == together).all(axis=1)


def months_before(prices: PriceHistory, months: tuple[int, ...], clock: Clock) -> Whole:
    """Return how many months whose peak counts lie whole before the month of each hour, shape (T,)."""
    return np.searchsorted(whole_months(prices, months, clock.zone), clock.month)


def _by_bundled_loads(prices: PriceHistory, months: tuple[int, ...], clock: Clock, wanted: Bools) -> Floats:
    """Return the probability learned from the bundled loads before the prices, and from theirs."""
    others = load_zone(ZONES[0])
    earlier = (whole_months(others, months, clock.zone) < clock.month[0]).sum()
    if (earlier + months_before(prices, months, clock)[wanted] < FEWEST_MONTHS).any():
        raise InvalidPrices(
            f"fewer than {FEWEST_MONTHS} months whose peak counts lie before {clock.month[wanted][0]} "
            "to learn from",
            where=f"load_mw of {prices.zone}",
            hint="bring earlier loads, start later, or leave the coincident peak out of [[tariffs]]",
        )
    return next_hours_peaks(prices, months, clock.zone, wanted=wanted, others=others)


def _notes(site: Site, short: Times) -> Iterator[str]:
    if not len(short):
        return
    span = str(short[0]) if short[0] == short[-1] else f"{short[0]} to {short[-1]}"
    other = "" if site.market.key == "ercot" else ", another market,"
    yield (
        f"load_mw holds fewer than {FEWEST_MONTHS} months whose peak counts before {span}: "
        f"the chance of a peak is learned from bundled loads of ERCOT{other} of earlier years too"
    )

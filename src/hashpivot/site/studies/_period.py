"""The days a backtest decides: by default the last year, or what there is of it after two months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from hashpivot.core import InvalidInput

from ..information import FEWEST_HOURS
from ..model import DAY, InvalidPrices, InvalidSite, Site
from ..policies import DispatchWindow
from ..prices import PriceHistory

_YEAR = timedelta(days=364)


def default_period(
    site: Site, prices: PriceHistory, start: date | None = None, end: date | None = None
) -> tuple[date, date]:
    """Return first and last day to decide: those asked for, or the last year of whole days.

    The first day by default is no earlier than policies have enough prices before it to learn from.

    Args:
        site: The site, for market local time.
        prices: Prices.
        start: First day, if asked for.
        end: Last day, if asked for.

    Raises:
        InvalidPrices: If no whole day is left after what policies learn from.
    """
    clock = prices.clock(site.zoneinfo)
    last = end or (clock.end.astype("datetime64[D]") - DAY).item()
    if start is not None:
        return start, last
    enough = prices.intervals(FEWEST_HOURS)
    earliest = clock.day[min(enough, prices.hours - 1)]
    if enough >= prices.hours or clock.day[enough - 1] == earliest:
        earliest = earliest + DAY
    if earliest > np.datetime64(last):
        raise InvalidPrices(
            f"no day up to {last} has {FEWEST_HOURS} hours of prices before it to learn from",
            where=prices.zone,
            hint=f"bring earlier prices: they begin at {clock.local[0]}, market local time",
        )
    return max(last - _YEAR, earliest.item()), last


def period_notes(window: DispatchWindow, start: date, end: date) -> Iterator[str]:
    """Yield notes in words on days that the prices hold only in part."""
    clock = window.actual.clock
    if clock.local[0] > np.datetime64(start):
        yield f"the prices begin at {clock.local[0]}: the first day is not whole"
    if clock.end < np.datetime64(end) + DAY:
        yield f"the prices end at {clock.end}: the last day is not whole"


def span(site: Site, prices: PriceHistory, start: date, end: date) -> tuple[int, int]:
    """Return the positions of the first hour of the days asked for and after the last.

    Raises:
        InvalidInput: If the days are the wrong way round.
        InvalidPrices: If the prices do not cover these days.
        InvalidSite: If a time on or off is longer than the period.
    """
    if end < start:
        raise InvalidInput(f"the period cannot end on {end} before it starts on {start}")
    clock = prices.clock(site.zoneinfo)
    first = int(np.searchsorted(clock.local, np.datetime64(start)))
    stop = int(np.searchsorted(clock.local, np.datetime64(end + timedelta(days=1))))
    days = clock.day
    if days[0] > np.datetime64(start) or days[-1] < np.datetime64(end):
        raise InvalidPrices(
            f"prices do not cover {start} to {end}",
            where=prices.zone,
            hint=f"they run from {days[0]} to {days[-1]}",
        )
    _check_times(site, (stop - first) * prices.interval_hours)
    return first, stop


def _check_times(site: Site, hours: float) -> None:
    for group in site.machines:
        for key in ("min_on_hours", "min_off_hours"):
            if getattr(group, key) > hours:
                raise InvalidSite(
                    f"{key} is {getattr(group, key)}, longer than the {hours:g} hours asked for",
                    where=f"machines {group.name!r}",
                )

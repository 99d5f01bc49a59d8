"""How companies' fleets have changed: effective hash rates by quarter, their spread and their trend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from statistics import fmean
from typing import NamedTuple

from hashpivot.bitcoin import NetworkHistory, NetworkPeriod
from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import View

from ..company import TREND_HALF_LIFE

FEWEST_CHANGES, USUAL_NOISE = 8, 0.25
"""Changes from which the record's own spread is taken, and a spread for days before there are so many."""

LATEST_QUARTERS = 5
"""Quarters before an outlook's first in which a change must end to count: the four of a year that reports and
monthly updates can have told, and the one that they have not."""

SHRINKAGE = 16
"""Quarters of one's own that count as much as all companies' mean. Chosen on outcomes to 2024 (`python -m
tools write fleet-trends`): a company's own last year said hardly anything of its next."""

LARGEST_CHANGE = 0.7
"""In logs a quarter: a fleet that more than doubles or halves is bought, sold or split; it counts as this."""


FALLEN = log(0.75)
"""Judged: change within a year from which a company may be leaving mining."""


class FleetChange(NamedTuple):
    """Log change of a hash rate: its last quarter, its number of quarters, and the change of all of them."""

    end: Quarter
    quarters: int
    change: float


def ehs_of_revenue(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> float:
    """Hash rate that would have earned a quarter's self-mining revenue; 0 if unknown.

    Uptime, curtailment, luck and pool fee are in it.
    """
    lines = view.quarter_lines(ticker, quarter)
    revenue = lines.revenue.get(Line.SELF_MINING)
    period = _period(network, lines.start, lines.end) if revenue and revenue.value > 0 else None
    if revenue is None or period is None:
        return 0.0
    return float(revenue.value) / (period.mean_hashprice_usd_per_ph_day * 1_000 * period.days)


def ehs_of_bitcoin(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> float:
    """Hash rate that would have mined a quarter's bitcoin; 0 if unknown."""
    mined = view.company_measure(ticker, quarter, "bitcoin_mined")
    if not isinstance(mined, Figure) or mined.value <= 0:
        return 0.0
    period = _period(network, quarter.start, quarter.end)
    return float(mined.value) / period.btc_per_eh if period else 0.0


def _period(network: NetworkHistory, start: date, end: date) -> NetworkPeriod | None:
    """The network from a day to another; None if its history does not hold both."""
    return network.over(start, end) if network.first_priced_day <= start <= end <= network.last_day else None


@lru_cache(maxsize=4)
def fleet_changes(view: View, network: NetworkHistory) -> Mapping[str, tuple[FleetChange, ...]]:
    """All companies' changes from one quarter known to the next, oldest first.

    Both ends stand on revenue, or both on bitcoin mined: the two differ by joint ventures and
    hosted machines.
    """
    return {ticker: tuple(_changes(view, network, ticker)) for ticker in view.tickers()}


def _changes(view: View, network: NetworkHistory, ticker: str) -> list[FleetChange]:
    by_revenue = {q: ehs for q in view.quarters(ticker) if (ehs := ehs_of_revenue(view, network, ticker, q))}
    by_bitcoin = {q: ehs for q in view.quarters(ticker) if (ehs := ehs_of_bitcoin(view, network, ticker, q))}
    found = [*_between(by_bitcoin), *_between(by_revenue)]
    shortest = {each.end: each for each in sorted(found, key=lambda each: each.quarters, reverse=True)}
    return [shortest[end] for end in sorted(shortest)]


def _between(known: Mapping[Quarter, float]) -> Iterator[FleetChange]:
    for before, after in pairwise(sorted(known)):
        quarters = after.since(before)
        most = LARGEST_CHANGE * quarters
        yield FleetChange(after, quarters, max(-most, min(most, log(known[after] / known[before]))))


@lru_cache(maxsize=4)
def fleet_noise(view: View, network: NetworkHistory) -> tuple[float, int]:
    """Standard deviation of quarterly log changes of companies' hash rates, and their number.

    Changes over several quarters count per square root of the quarters.
    """
    changes = [
        each.change / sqrt(each.quarters) for some in fleet_changes(view, network).values() for each in some
    ]
    if len(changes) < FEWEST_CHANGES:
        return USUAL_NOISE, len(changes)
    mean = fmean(changes)
    return sqrt(fmean((change - mean) ** 2 for change in changes)), len(changes)


def fallen(changes: Sequence[FleetChange], begins: Quarter) -> FleetChange | None:
    """A company's change from the highest quarter of the year before an outlook's first to the latest known.

    Args:
        changes: The company's own, oldest first.
        begins: The outlook's first quarter.

    Returns:
        None unless it is a fall by a quarter or more.
    """
    latest = [each for each in changes if 0 <= begins.since(each.end) <= LATEST_QUARTERS]
    since = [latest[number:] for number in range(len(latest))]
    spans = [FleetChange(latest[-1].end, sum(e.quarters for e in s), sum(e.change for e in s)) for s in since]
    lowest = min(spans, key=lambda each: each.change, default=None)
    return lowest if lowest is not None and lowest.change <= FALLEN else None


@dataclass(frozen=True, slots=True)
class FleetTrend:
    """Where a fleet is going.

    Args:
        per_quarter: Log change a quarter in the outlook's first quarter.
        own: Quarters of the company's own changes in it.
        common: Quarters of all companies' changes in it.
    """

    per_quarter: float
    own: int
    common: int


def fleet_trend(
    changes: Mapping[str, Sequence[FleetChange]],
    ticker: str,
    begins: Quarter,
    shrinkage: float = SHRINKAGE,
    half_life: float = TREND_HALF_LIFE,
) -> FleetTrend:
    """The mean quarterly log change of the last year: a company's own, shrunk to that of all companies.

    Older changes say nothing; what is left fades from the newest change on, as it does in the quarters ahead.

    Args:
        changes: All companies' changes.
        ticker: The company.
        begins: The outlook's first quarter.
        shrinkage: Quarters of its own that count as much as the common mean.
        half_life: Quarters in which a trend fades by half.
    """
    latest = {
        name: [each for each in some if 0 <= begins.since(each.end) <= LATEST_QUARTERS]
        for name, some in changes.items()
    }
    everyone = [each for some in latest.values() for each in some]
    if not everyone:
        return FleetTrend(0.0, 0, 0)
    common, own = sum(each.quarters for each in everyone), latest.get(ticker, [])
    mean, quarters = sum(each.change for each in everyone) / common, sum(each.quarters for each in own)
    drift = (sum(each.change for each in own) + shrinkage * mean) / (quarters + shrinkage)
    age = begins.since(max(each.end for each in everyone))
    return FleetTrend(drift * 0.5 ** (age / half_life), quarters, common)

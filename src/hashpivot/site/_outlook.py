"""What a site knows of the prices ahead: each afternoon's forecast, walked forward month by month.

At 14:00 market local time, when day-ahead prices of the next day are out, a forecast is issued for the hours
to the end of that day. It holds until the next one. Prices are placed within their forecast by rank; how
ranks follow one another, and how far the highest lie, is learned from the year before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ._arrays import Floats, Whole
from ._clock import Clock
from ._errors import InvalidPrices
from ._forecaster import Forecaster
from ._table import Table
from .forecast import known_ahead

ISSUE_HOUR = 14
EDGES = np.array([0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99, 1.0])
"""Ranks between which prices count as alike."""
RANKS = len(EDGES) - 1
FEWEST_HOURS = 61 * 24
_KNOWN_HOURS = 90 * 24
_LEARN_MONTHS = 12
_PRIOR = 20.0
_TAIL_FROM = 5
_MOST_TAIL = 8.0


@dataclass(frozen=True, eq=False)
class Issue:
    """One forecast.

    Args:
        first: Position of the first hour it covers.
        end: Position after the last.
        edges: Price at each inner edge of rank, shape (hours, RANKS - 1).
        middle: Typical price of each rank, shape (hours, RANKS).
    """

    first: int
    end: int
    edges: Floats
    middle: Floats


@dataclass(frozen=True, eq=False)
class Learned:
    """What a month's decisions take from the year before it.

    Args:
        follow: Probability that a rank is followed by each, shape (RANKS, RANKS).
        tail: Factor on the typical price of each rank, shape (RANKS,).
        share: How often each rank comes, shape (RANKS,).
    """

    follow: Floats
    tail: Floats
    share: Floats


class Outlook:
    """Forecasts for the hours `first` to `end` of a table, and for the year before to learn from.

    Args:
        table: Prices; the forecaster is only ever given what was known.
        clock: Market local time of its hours.
        first: Position of the first hour decided.
        end: Position after the last.
        make: Makes a new forecaster.

    Raises:
        InvalidPrices: If fewer than 61 days come before `first`.
    """

    def __init__(
        self, table: Table, clock: Clock, first: int, end: int, make: Callable[[], Forecaster]
    ) -> None:
        if first < FEWEST_HOURS:
            raise InvalidPrices(
                f"only {first} hours of prices come before the start, {FEWEST_HOURS} are needed to learn",
                where=table.zone,
                hint="start later, or bring earlier prices",
            )
        self._table, self._clock, self._make = table, clock, make
        self._first, self._end = first, end
        begin = max(FEWEST_HOURS, first - 366 * 24)
        starts = np.flatnonzero(clock.hour == ISSUE_HOUR)
        before = starts[starts <= begin][-1:]
        self.starts = np.concatenate([before, starts[(starts > begin) & (starts < end)]])
        self.issues = list(self._issue_all())

    def issue(self, start: int, end: int) -> Issue:
        """A forecast issued at hour `start` for the hours to `end`, of a forecaster fitted on all before."""
        return self._issue(self._make().fit(self._table.part(0, start)), start, end)

    @cached_property
    def issue_of(self) -> Whole:
        """Number of the issue in force in each hour of the table, -1 before the first."""
        return np.searchsorted(self.starts, np.arange(self._table.hours), side="right") - 1

    @cached_property
    def rank(self) -> Whole:
        """Rank of each hour's real-time price within the forecast in force, -1 where none was."""
        ranks = np.full(self._table.hours, -1)
        for number, issue in enumerate(self.issues):
            end = self.starts[number + 1] if number + 1 < len(self.starts) else issue.end
            hours = np.arange(issue.first, min(end, issue.end))
            above = self._table.rt[hours, None] > issue.edges[: len(hours)]
            ranks[hours] = above.sum(axis=1)
        return ranks

    def learned(self, position: int) -> Learned:
        """What is known before an hour, from the twelve months up to it."""
        since = max(0, position - _LEARN_MONTHS * 730)
        ranks = self.rank[since:position]
        return Learned(_follow(ranks), self._tail(since, ranks), np.diff(EDGES))

    def _tail(self, since: int, ranks: Whole) -> Floats:
        """How far the real prices of the highest ranks lay above their typical price."""
        factor = np.ones(RANKS)
        for rank in range(_TAIL_FROM, RANKS):
            hours = since + np.flatnonzero(ranks == rank)
            typical = np.array([self._middle(int(t))[rank] for t in hours])
            real = self._table.rt[hours]
            if len(hours) >= 10 and typical.sum() > 0:
                factor[rank] = np.clip(real.sum() / typical.sum(), 1 / _MOST_TAIL, _MOST_TAIL)
        return factor

    def _middle(self, t: int) -> Floats:
        issue = self.issues[self.issue_of[t]]
        middle: Floats = issue.middle[t - issue.first]
        return middle

    def _issue_all(self) -> Iterator[Issue]:
        month, forecaster = None, None
        for start in self.starts:
            if self._clock.month[start] != month:
                month = self._clock.month[start]
                forecaster = self._make().fit(self._table.part(0, int(start)))
            assert forecaster is not None
            tomorrow = self._clock.day[start] + 1
            end = int(np.searchsorted(self._clock.day, tomorrow, side="right"))
            yield self._issue(forecaster, int(start), end)

    def _issue(self, forecaster: Forecaster, start: int, end: int) -> Issue:
        hours = self._table.ts_utc[start:end]
        quantiles = forecaster.predict(known_at(self._table, start, end), hours)
        levels, values = quantiles.levels, np.maximum.accumulate(quantiles.values_usd_per_mwh, axis=1)
        middles = (EDGES[:-1] + EDGES[1:]) / 2
        return Issue(start, end, _at(EDGES[1:-1], levels, values), _at(middles, levels, values))


def known_at(table: Table, now: int, end: int) -> Table:
    """What is known at the beginning of hour `now`: all before it, and day-ahead columns up to `end`."""
    part = table.part(max(0, now - _KNOWN_HOURS), end)
    ahead = end - now
    columns = {}
    for name, values in part.columns.items():
        columns[name] = values.copy()
        if not known_ahead(name):
            columns[name][len(values) - ahead :] = np.nan
    return Table(part.ts_utc, columns, part.zone, part.filled)


def _follow(ranks: Whole) -> Floats:
    """How ranks follow one another, drawn towards how often they come."""
    share = np.diff(EDGES)
    counts = np.tile(_PRIOR * share, (RANKS, 1))
    pairs = (ranks[:-1] >= 0) & (ranks[1:] >= 0)
    np.add.at(counts, (ranks[:-1][pairs], ranks[1:][pairs]), 1.0)
    return counts / counts.sum(axis=1, keepdims=True)


def _at(wanted: Floats, levels: Floats, values: Floats) -> Floats:
    """Values at other levels, straight lines between those given, flat beyond them; shape (hours, wanted)."""
    right = np.clip(np.searchsorted(levels, wanted), 1, len(levels) - 1)
    low, high = levels[right - 1], levels[right]
    weight = np.clip((wanted - low) / (high - low), 0.0, 1.0)
    return values[:, right - 1] * (1 - weight) + values[:, right] * weight

"""What a site knows of the prices ahead, walked forward month by month.

At 14:00 market local time, when day-ahead prices of the next day are out, a forecast is issued for the hours
to the end of that day; reserve is sold by it. A forecaster that can be asked at many hours at once is asked
anew as each hour begins, and hours are decided by that; another's forecast holds from afternoon to afternoon.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..forecast import PlainTable, known_ahead
from ..model import Clock, Floats, InvalidPrices, Site, Whole
from ..prices import Table
from ._forecaster import Forecaster, ManyForecaster
from ._hourly import Hourly
from ._issues import Daily, Issue, ranked

ISSUE_HOUR = 14
FEWEST_HOURS = 61 * 24
SHORTEST_AHEAD = 12
"""Hours a forecast issued anew each hour looks ahead at least."""
LONGEST_AHEAD = 48
_KNOWN_HOURS = 90 * 24


class Outlook:
    """Forecasts for the hours `first` to `end` of a table, and for the year before to learn from.

    Args:
        table: Prices; the forecaster is only ever given what was known.
        clock: Market local time of its hours.
        first: Position of the first hour decided.
        end: Position after the last.
        make: Makes a new forecaster.
        ahead: Hours a forecast issued anew each hour looks ahead, brought into 12 to 48.

    Raises:
        InvalidPrices: If fewer than 61 days come before `first`.
    """

    def __init__(
        self,
        table: Table,
        clock: Clock,
        first: int,
        end: int,
        make: Callable[[], Forecaster],
        ahead: int = SHORTEST_AHEAD,
    ) -> None:
        if first < FEWEST_HOURS:
            raise InvalidPrices(
                f"only {first} hours of prices come before the start, {FEWEST_HOURS} are needed to learn",
                where=table.zone,
                hint="start later, or bring earlier prices",
            )
        self._table, self._clock, self._make = table, clock, make
        self._ahead = min(max(ahead, SHORTEST_AHEAD), LONGEST_AHEAD)
        self._fitted: dict[np.datetime64, Forecaster] = {}
        begin = max(FEWEST_HOURS, first - 366 * 24)
        many = end > begin and isinstance(make(), ManyForecaster)
        afternoons = self._afternoons(begin, end)
        if many and afternoons:
            self._of_month(min(begin, afternoons[0]))
        hourly = self._hourly(begin, end) if many else None
        self.days = Daily(table, [self._issue_day(start) for start in afternoons])
        self.now: Daily | Hourly = hourly or self.days

    def issue(self, start: int, end: int) -> Issue:
        """A forecast issued at hour `start` for the hours to `end`, of a forecaster fitted on all before."""
        return self._issue(self._make().fit(self._table.part(0, start)), start, end)

    def _afternoons(self, begin: int, end: int) -> list[int]:
        """Hours forecasts are issued at: the last before `begin`, and all to `end`."""
        starts = np.flatnonzero(self._clock.hour == ISSUE_HOUR)
        before = starts[starts <= begin][-1:]
        return [*before.tolist(), *starts[(starts > begin) & (starts < end)].tolist()]

    def _of_month(self, position: int) -> Forecaster:
        """The forecaster of an hour's month, fitted on all before when it is first needed."""
        month = self._clock.month[position]
        if month not in self._fitted:
            self._fitted[month] = self._make().fit(self._table.part(0, position))
        return self._fitted[month]

    def _issue_day(self, start: int) -> Issue:
        tomorrow = self._clock.day[start] + 1
        end = int(np.searchsorted(self._clock.day, tomorrow, side="right"))
        return self._issue(self._of_month(start), start, end)

    def _issue(self, forecaster: Forecaster, start: int, end: int) -> Issue:
        known = known_at(self._table, start, end)
        return Issue.of(start, forecaster.predict(known, self._table.ts_utc[start:end]))

    def _hourly(self, begin: int, end: int) -> Hourly:
        month = self._clock.month[begin:end]
        cuts = begin + np.flatnonzero(month[1:] != month[:-1]) + 1
        parts = [self._month(part) for part in np.split(np.arange(begin, end), cuts - begin)]
        edges, middle = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Hourly(self._table, begin, edges, middle)

    def _month(self, every: Whole) -> tuple[Floats, Floats]:
        """Edges and typical prices of ranks of the forecasts issued as each of these hours begins."""
        forecaster = self._of_month(int(every[0]))
        assert isinstance(forecaster, ManyForecaster)
        since = max(0, int(every[0]) - _KNOWN_HOURS)
        part = _longer(self._table.part(since, min(int(every[-1]) + LONGEST_AHEAD, self._table.hours)))
        return ranked(forecaster.predict_all(part, every - since, self._ahead))


def hours_ahead(site: Site) -> int:
    """How far a forecast issued anew each hour must look: beyond the second switch of every group."""
    return 2 * max((max(m.min_on_hours, m.min_off_hours) for m in site.machines), default=0)


def _longer(table: Table) -> PlainTable:
    """A table that runs on for two days nothing is known of."""
    axis = np.arange(table.ts_utc[0], table.ts_utc[-1] + 1 + LONGEST_AHEAD)
    gap = np.full(LONGEST_AHEAD, np.nan)
    return PlainTable(axis, {name: np.append(values, gap) for name, values in table.columns.items()})


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

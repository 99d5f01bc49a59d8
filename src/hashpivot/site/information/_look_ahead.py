"""What is known before an hour of those from it on, for a schedule or a forecast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from hashpivot.core import InvalidInput

from ..model import Bools, Floats, InvalidPrices, Site, Whole
from ..prices import Table
from ._forecaster import Forecaster
from ._issues import Lattice, Learned, lattice_of
from ._known import Knowledge, knowledge
from ._outlook import ISSUE_HOUR, Outlook

LONGEST_HOURS = 48


@dataclass(frozen=True, eq=False)
class Seen:
    """What is known before an hour of those from it on. T hours, K ranks.

    Args:
        view: All hours to the last of them, as known.
        outlook: Earlier forecasts.
        lattice: The forecast.
        learned: What it is read with.
        stand_in: Hours whose day-ahead price was not out yet, shape (T,).
        now: Position of the first.
    """

    view: Knowledge
    outlook: Outlook
    lattice: Lattice
    learned: Learned
    stand_in: Bools
    now: int

    @property
    def end(self) -> int:
        """Position after the last."""
        return self.now + len(self.prices)

    @property
    def prices(self) -> Floats:
        """Price at each rank, shape (T, K)."""
        prices: Floats = self.lattice.prices[0]
        return prices

    @cached_property
    def before(self) -> Floats:
        """Probability of each rank in the hour before each, shape (T, K)."""
        chance = np.zeros(self.prices.shape)
        chance[0, self.outlook.now.rank_before(np.array([self.now]))] = 1.0
        for t in range(1, len(chance)):
            chance[t] = chance[t - 1] @ (self.learned.begin if t == 1 else self.learned.follow)
        return chance

    @cached_property
    def chance(self) -> Floats:
        """Probability of each rank, shape (T, K)."""
        last = self.before[-1] @ (self.learned.begin if len(self.before) == 1 else self.learned.follow)
        return np.vstack([self.before[1:], last])


def look_ahead(
    site: Site, table: Table, at: datetime | None, hours: int, make_forecaster: Callable[[], Forecaster]
) -> Seen:
    """All that is known before an hour, and a forecast for those from it on; errors are `plan`'s."""
    if not 1 <= hours <= LONGEST_HOURS:
        raise InvalidInput(f"a plan covers 1 to {LONGEST_HOURS} hours, not {hours}")
    now = _position(site, table, at)
    end = min(now + hours, table.hours)
    known, stand_in = _as_known(site, table, now, end)
    view = knowledge(site, known)
    outlook = Outlook(known, view.real.clock, now, now, make_forecaster)
    learned = outlook.now.learned(now)
    lattice = lattice_of([outlook.issue(now, end)], learned, np.zeros(end - now, int), np.arange(end - now))
    lattice.prices[0, :1] = outlook.now.moved(np.array([now]), lattice.prices[0, :1], learned)
    return Seen(view, outlook, lattice, learned, stand_in, now)


def _position(site: Site, table: Table, at: datetime | None) -> int:
    clock = table.clock(site.zoneinfo)
    if at is None:
        to_come = np.flatnonzero(np.isnan(table.rt))
        if len(to_come):
            return int(to_come[0])
        at = (clock.day[-1] - 1).item()
        return int(np.searchsorted(clock.local, np.datetime64(at) + np.timedelta64(ISSUE_HOUR, "h")))
    position = int(np.searchsorted(clock.local, np.datetime64(at, "h")))
    if position >= table.hours or clock.local[position] - np.datetime64(at, "h") > np.timedelta64(1, "h"):
        raise InvalidPrices(
            f"no hour {at:%Y-%m-%dT%H:00} in the prices",
            where=table.zone,
            hint=f"they run from {clock.local[0]} to {clock.local[-1]}, market local time",
        )
    return position


def _as_known(site: Site, table: Table, now: int, end: int) -> tuple[Table, Bools]:
    """The table to `end` with what is not known at `now` taken out or stood in for by a day before."""
    clock = table.clock(site.zoneinfo)
    last_day = clock.day[now] + (1 if clock.hour[now] >= ISSUE_HOUR else 0)
    unknown = (clock.day > last_day)[:end] & ~np.isnan(table.rt[:end])
    columns = {name: values[:end].copy() for name, values in table.columns.items()}
    for name, values in columns.items():
        if name == "rt_usd_per_mwh":
            values[now:] = np.nan
        elif name == "da_usd_per_mwh" or name.startswith("as_"):
            _stand_in(values, np.flatnonzero(unknown))
        else:
            _stand_in(values, np.arange(now, end))
    return Table(table.ts_utc[:end], columns, table.zone, table.filled[:end]), unknown[now:end]


def _stand_in(values: Floats, hours: Whole) -> None:
    """The value a day before, shifted by how far the last known hour lies from its own day before."""
    shift = values[hours[0] - 1] - values[hours[0] - 25] if len(hours) and hours[0] >= 25 else 0.0
    for t in hours:
        values[t] = values[max(t - 24, 0)] + (shift if t - 24 < hours[0] else 0.0)

"""What each policy would have earned: the same hours, the same books, different knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from hashpivot.core import InvalidInput, Missing

from ..economics import Books, Hours, Operation, settle
from ..information import REGIMES, BasisForecaster, Forecaster, Outlook, hours_ahead, knowledge
from ..model import Bools, Floats, InvalidPrices, InvalidSite, Site, Times
from ..policies import Rolling, always_on, threshold, threshold_day_ahead
from ..prices import Table
from ..solvers import perfect_foresight
from ._shortfall import shortfall

TITLES = {
    "always_on": "always on",
    "threshold": "threshold",
    "threshold_day_ahead": "threshold + day-ahead",
    "ours": "ours",
    "perfect_foresight": "perfect foresight",
}
"""Policies by name, with their titles."""
POLICIES = tuple(TITLES)
URI = (date(2021, 2, 13), date(2021, 2, 20))
"""Winter Storm Uri, first and last day."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one policy came to over some hours.

    Args:
        policy: One of `POLICIES`.
        profit_usd: Sum of its components.
        capture: Profit over that of perfect foresight, or why that says nothing.
        components: Dollars by component.
        uptime: Share of the machines' normal megawatt hours that was on.
        starts: Starts of groups.
        hours_off: Hours the machines stood still, weighted by their normal power.
        drawn_mwh: Energy the site used.
    """

    policy: str
    profit_usd: float
    capture: float | Missing
    components: Mapping[str, float]
    uptime: float
    starts: int
    hours_off: float
    drawn_mwh: float

    def to_dict(self) -> dict[str, object]:
        """Plain values; a capture that says nothing is null and says why."""
        capture = self.capture
        reason = {"capture_missing": capture.reason} if isinstance(capture, Missing) else {}
        return {
            "policy": self.policy,
            "profit_usd": round(self.profit_usd, 2),
            "capture": None if isinstance(capture, Missing) else round(capture, 6),
            **reason,
            "components": {name: round(usd, 2) for name, usd in self.components.items()},
            "uptime": round(self.uptime, 6),
            "starts": self.starts,
            "hours_off": round(self.hours_off, 2),
            "drawn_mwh": round(self.drawn_mwh, 2),
        }


@dataclass(frozen=True, eq=False)
class Backtest:
    """All policies over the same hours.

    Args:
        hours: The hours as they were.
        start: First day, market local time.
        end: Last day.
        regime: `live` or `lagged`.
        operations: What each policy did.
        books: What each policy earned, hour by hour.
        peak_chance: Probability that each hour sets the month's peak, told an hour before, shape (T,).
        gap: How far the profit of perfect foresight may lie below the best possible, relative.
    """

    hours: Hours
    start: date
    end: date
    regime: str
    operations: Mapping[str, Operation]
    books: Mapping[str, Books]
    peak_chance: Floats
    gap: float

    def __repr__(self) -> str:
        return f"Backtest({self.hours.site.name}, {self.start} to {self.end}, {self.regime})"

    def results(self, inside: Bools | None = None) -> list[Result]:
        """Every policy over the hours `inside` (all if None)."""
        pick = np.ones(self.hours.table.hours, dtype=bool) if inside is None else inside
        best = float(self.books["perfect_foresight"].profit_usd[pick].sum())
        return [_result(policy, self.books[policy], pick, best) for policy in POLICIES]

    def result(self, policy: str) -> Result:
        """One policy over all hours."""
        return self.results()[POLICIES.index(policy)]

    def uplift_usd(self, over: str, inside: Bools | None = None) -> float:
        """Profit of our policy above another's."""
        pick = slice(None) if inside is None else inside
        ours, other = self.books["ours"].profit_usd, self.books[over].profit_usd
        return float((ours[pick] - other[pick]).sum())

    @cached_property
    def months(self) -> Times:
        """Months of market local time, datetime64[M]."""
        return np.unique(self.hours.clock.month)

    @cached_property
    def years(self) -> list[int]:
        """Years of market local time."""
        return sorted({int(month.astype("datetime64[Y]").astype(int)) + 1970 for month in self.months})

    def in_year(self, year: int) -> Bools:
        """Which hours lie in a year of market local time."""
        return self.hours.clock.between(date(year, 1, 1), date(year, 12, 31))

    def in_month(self, month: np.datetime64) -> Bools:
        """Which hours lie in a month of market local time."""
        inside: Bools = self.hours.clock.month == month
        return inside

    @cached_property
    def in_uri(self) -> Bools:
        """Which hours lie in Winter Storm Uri."""
        return self.hours.clock.between(*URI)

    @cached_property
    def notes(self) -> list[str]:
        """What was switched off or filled in, in words."""
        filled = int(self.hours.table.filled.sum())
        notes = list(self.hours.notes)
        if filled:
            notes.append(f"{filled} hours of prices were not published hour by hour and are filled in")
        if self.gap > 0:
            notes.append(f"perfect foresight is proven to within {self.gap:.4%}")
        return notes

    def to_dict(self) -> dict[str, object]:
        """The backtest with stable keys; every number in dollars, hours or MWh."""
        by_month = [
            {"month": str(month), **_brief(result)}
            for month in self.months
            for result in self.results(self.in_month(month))
        ]
        by_year = [
            {"year": year, **_brief(result)}
            for year in self.years
            for result in self.results(self.in_year(year))
        ]
        return {
            "site": self.hours.site.name,
            "zone": self.hours.table.zone,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "regime": self.regime,
            "policies": [result.to_dict() for result in self.results()],
            "by_month": by_month,
            "by_year": by_year,
            "uri": [_brief(r) for r in self.results(self.in_uri)] if self.in_uri.any() else [],
            "uplift": {
                f"over_{policy}_usd": round(self.uplift_usd(policy), 2)
                for policy in ("always_on", "threshold", "threshold_day_ahead")
            },
            "tariff_avoided_usd": {p: round(self.tariff_avoided_usd(p), 2) for p in POLICIES},
            "shortfall_usd": {name: round(usd, 2) for name, usd in shortfall(self).items()},
            "foresight_gap": self.gap,
            "notes": self.notes,
        }

    def tariff_avoided_usd(self, policy: str) -> float:
        """Tariffs a policy pays less than always on."""
        return float((self.books[policy].usd["tariffs"] - self.books["always_on"].usd["tariffs"]).sum())


def backtest(
    site: Site,
    table: Table,
    start: date,
    end: date,
    *,
    regime: str = "live",
    make_forecaster: Callable[[], Forecaster] = BasisForecaster,
) -> Backtest:
    """Run every policy over local days `start` to `end`, both included.

    Args:
        site: The site.
        table: Prices; those before `start` are learned from.
        start: First day decided.
        end: Last day decided.
        regime: `live` (an hour's price is known when acting) or `lagged` (only the hour before's).
        make_forecaster: Makes the forecaster that is fitted anew each month on what came before; one that can
            be asked at many hours at once (`predict_all`) is asked anew each hour.

    Raises:
        InvalidInput: If the regime is unknown or the days are the wrong way round.
        InvalidPrices: If the table does not hold these days, or too little before them to learn from.
        InvalidSite: If a time on or off is longer than the period.
        Unsolvable: If no operation keeps all limits.
    """
    if regime not in REGIMES:
        raise InvalidInput(f"unknown regime {regime!r}", hint=f"regimes are {' and '.join(REGIMES)}")
    first, stop = span(site, table, start, end)
    view = knowledge(site, table)
    part = view.part(first, stop)
    outlook = Outlook(table, view.real.clock, first, stop, make_forecaster, hours_ahead(site))
    best, proof = perfect_foresight(part.real)
    signal = table.rt[first:stop] if regime == "live" else table.rt[first - 1 : stop - 1]
    operations = {
        "always_on": always_on(part),
        "threshold": threshold(part, signal),
        "threshold_day_ahead": threshold_day_ahead(part, signal, live=regime == "live"),
        "ours": Rolling(view, outlook, first, stop, regime).operation(),
        "perfect_foresight": best,
    }
    books = {policy: settle(part.real, done) for policy, done in operations.items()}
    return Backtest(part.real, start, end, regime, operations, books, part.peak_chance, proof.gap)


def span(site: Site, table: Table, start: date, end: date) -> tuple[int, int]:
    """Positions of the first hour of the days asked for and after the last.

    Raises:
        InvalidInput: If the days are the wrong way round.
        InvalidPrices: If the table does not hold them.
        InvalidSite: If a time on or off is longer than the period.
    """
    if end < start:
        raise InvalidInput(f"the period cannot end on {end} before it starts on {start}")
    clock = table.clock(site.zoneinfo)
    first = int(np.searchsorted(clock.local, np.datetime64(start)))
    stop = int(np.searchsorted(clock.local, np.datetime64(end + timedelta(days=1))))
    days = clock.day
    if days[0] > np.datetime64(start) or days[-1] < np.datetime64(end):
        raise InvalidPrices(
            f"prices do not cover {start} to {end}",
            where=table.zone,
            hint=f"they run from {days[0]} to {days[-1]}",
        )
    _check_times(site, stop - first)
    return first, stop


def _check_times(site: Site, hours: int) -> None:
    for group in site.machines:
        for key in ("min_on_hours", "min_off_hours"):
            if getattr(group, key) > hours:
                raise InvalidSite(
                    f"{key} is {getattr(group, key)}, longer than the {hours} hours asked for",
                    where=f"machines {group.name!r}",
                )


def _result(policy: str, books: Books, pick: Bools, best: float) -> Result:
    profit = float(books.profit_usd[pick].sum())
    capture = (
        profit / best if best > 0 else Missing("perfect foresight makes no profit here", "not_applicable")
    )
    off = float(books.off_share[pick].sum())
    return Result(
        policy=policy,
        profit_usd=profit,
        capture=capture,
        components={name: float(usd[pick].sum()) for name, usd in books.usd.items()},
        uptime=1 - off / max(int(pick.sum()), 1),
        starts=int(books.starts[pick].sum()),
        hours_off=off,
        drawn_mwh=float(books.drawn_mw[pick].sum()),
    )


def _brief(result: Result) -> dict[str, object]:
    kept = result.to_dict()
    return {
        key: value for key, value in kept.items() if key not in ("components", "drawn_mwh", "capture_missing")
    }

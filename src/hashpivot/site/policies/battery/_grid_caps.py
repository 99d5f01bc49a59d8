"""Up to where a battery may raise what a site draws, and from where it is to lower it, for its own peaks.

A charge on the site's own peak is a step in the cost of power from the grid. It lies at the highest demand of
the month so far, the battery left out, less what the battery is to shave (or more what it may add). What has
been drawn already, a contract bills at least, or a ratchet looks back on is free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ...economics import GridStep, HourlyEconomics, OwnPeakCharge
from ...model import Beginning, Bools, Clock, Floats, Whole
from ...solvers import SiteBus, StoragePath
from ._peak_shift import PastMonth

_LEARN_HOURS = 730  # a month of prices before the one decided
_AHEAD_HOURS = 48  # a month is planned before any forecast sees its first hour
_PASSES = 3  # judged: peaks that still move then lie within the last digits of a dollar
_FEWEST_HOURS = 48  # in which demand counts; with fewer nothing is known of what a shift is worth

Past = Callable[[int, int, Bools, int], PastMonth]
"""Makes what a month is planned by: hours from and to, where demand counts (C, T), the first hour planned."""


class GridCaps:
    """Steps in the cost of grid power by charges on own peaks. N hours decided, C charges.

    Args:
        hours: The hours as known, over the whole price history.
        first: Position of the first hour decided.
        base_mw: Power drawn from the grid in the hours decided with the battery at rest, shape (N,).
        begins: Where the site stands at first.
        past: Makes the past months are planned by.
    """

    def __init__(
        self, hours: HourlyEconomics, first: int, base_mw: Floats, begins: Beginning, past: Past
    ) -> None:
        self._hours, self._first, self._begins, self._past = hours, first, begins, past
        self._count, self._charges = len(base_mw), hours.own_peak_charges
        inside = slice(first, first + self._count)
        self._month = [charge.month[inside] for charge in self._charges]
        self._counts = [charge.counts[inside] for charge in self._charges]
        self._least = [self._least_mw(charge, inside) for charge in self._charges]
        self._base = [self._running(n, base_mw) for n in range(len(self._charges))]
        self._expected_mw, self._shift_mw = self._planned()
        self._freed = list(self._least)

    def steps(self) -> list[GridStep]:
        """Return the steps of the hours decided, shape (N,) each; an hour's own base counts for it."""
        return [
            GridStep(
                np.where(self._counts[n], self._cap_mw(n, self._base[n], self._freed[n]), np.inf),
                self._usd_per_mwh(charge)[self._first : self._first + self._count],
            )
            for n, charge in enumerate(self._charges)
        ]

    def ahead(self, positions: Whole) -> list[GridStep]:
        """Return the steps as seen at the first of some hours, (I, H) each: from the base expected on."""
        return [self._ahead(n, charge, positions) for n, charge in enumerate(self._charges)]

    def drawn(self, grid_mw: Floats) -> bool:
        """Take what is drawn from the grid in the hours decided, (N,), as free in later ones of its month.

        Returns:
            Whether this moves any step.
        """
        caps = [self._cap_mw(n, self._base[n], freed) for n, freed in enumerate(self._freed)]
        self._freed = [self._freed_mw(n, grid_mw) for n in range(len(self._charges))]
        moved = zip(self._counts, self._freed, caps, strict=True)
        return any(bool((counts & (freed > cap)).any()) for counts, freed, cap in moved)

    def _cap_mw(self, n: int, base_mw: Floats, freed_mw: Floats) -> Floats:
        """Return where a charge's step lies in the hours decided, given the base so far, shape (N,)."""
        expected, shift = self._expected_mw[self._row, n], self._shift_mw[self._row, n]
        level = np.where(shift > 0, np.maximum(base_mw, expected), base_mw) - shift
        return np.maximum(level, freed_mw)

    def _ahead(self, n: int, charge: OwnPeakCharge, positions: Whole) -> GridStep:
        at = np.clip(positions - self._first, 0, self._count - 1)
        row = self._row[at]
        seen = positions[:, :1] - self._first - 1  # the hour before the first: what it knows of the month
        last = np.clip(seen, 0, self._count - 1)
        same = (seen >= 0) & (self._month[n][last] == self._month[n][at])
        base = np.maximum(np.where(same, self._base[n][last], 0.0), self._expected_mw[row, n])
        freed = np.where(same, self._freed[n][np.clip(seen + 1, 0, self._count - 1)], self._least[n][at])
        cap = np.maximum(base - self._shift_mw[row, n], freed)
        usd = self._usd_per_mwh(charge)[positions]
        return GridStep(np.where(charge.counts[positions], cap, np.inf), usd)

    def _usd_per_mwh(self, charge: OwnPeakCharge) -> Floats:
        """Return what a MWh above a charge's step is taken to cost, shape (T,)."""
        spans = max(charge.tariff.interval_minutes // self._hours.clock.minutes, 1)
        per_mw = charge.whole_month_usd_per_mw[charge.month] / spans
        return np.where(charge.counts, per_mw, 0.0) / self._hours.interval_hours

    def _running(self, n: int, drawn_mw: Floats) -> Floats:
        """Return the highest demand of the month that counted, up to and with each hour, shape (N,)."""
        inside = slice(self._first, self._first + self._count)
        demand = np.where(self._counts[n], _mean_so_far(drawn_mw, self._charges[n].spans[inside]), 0.0)
        top = np.empty(self._count)
        for month in np.unique(self._month[n]):
            here = self._month[n] == month
            top[here] = np.maximum.accumulate(demand[here])
        return top

    def _least_mw(self, charge: OwnPeakCharge, inside: slice) -> Floats:
        """Return what is billed anyway in each hour decided: by contract or earlier peaks, shape (N,)."""
        clock = self._hours.clock
        decided = Clock(clock.ts_utc[inside], clock.zone, clock.minutes)
        months = charge.tariff.demand_months(decided, self._hours.site.limit_mw)
        least: Floats = months.least_mw[np.searchsorted(months.months, decided.month)]
        for month, mw in self._grid_so_far(charge).items():
            back = (decided.month - month).astype(int)
            ratchet = charge.by_month.ratchet_share * ((back > 0) & (back <= charge.by_month.ratchet_months))
            least = np.maximum(least, mw * np.where(back == 0, 1.0, ratchet))
        return least

    def _grid_so_far(self, charge: OwnPeakCharge) -> Mapping[np.datetime64, float]:
        so_far = self._begins.own_peaks.get(charge.tariff.name)
        return so_far.grid_by_month if so_far else {}

    def _freed_mw(self, n: int, grid_mw: Floats) -> Floats:
        """Return what is free in each hour given what was drawn before it, shape (N,)."""
        top, month, terms = self._running(n, grid_mw), self._month[n], self._charges[n].by_month
        free = self._least[n].copy()
        free[1:] = np.where(month[1:] == month[:-1], np.maximum(free[1:], top[:-1]), free[1:])
        if terms.ratchet_share:
            highest = {int(m): float(top[month == m].max()) for m in np.unique(month)}
            for m in highest:
                back = [mw for k, mw in highest.items() if 1 <= m - k <= terms.ratchet_months]
                free[month == m] = np.maximum(free[month == m], terms.ratchet_share * max(back, default=0.0))
        return free

    def _planned(self) -> tuple[Floats, Floats]:
        """Return the base demand expected and the shift in each of the months decided, both (months, C)."""
        month = self._hours.clock.month[self._first : self._first + self._count]
        _, begins, self._row = np.unique(month, return_index=True, return_inverse=True)
        plans = [self._plan(int(begin)) for begin in begins]
        return np.array([base for base, _ in plans]), np.array([shift for _, shift in plans])

    def _plan(self, begin: int) -> tuple[Floats, Floats]:
        """Return base and shift of the month of an hour decided, (C,), by what was known before the month."""
        hours, at, none = self._hours, self._first + begin, np.zeros(len(self._charges))
        begun = int((hours.clock.month == hours.clock.month[at]).argmax())
        known = min(begun - hours.prices.intervals(_AHEAD_HOURS), self._first)
        since = max(0, known - hours.prices.intervals(_LEARN_HOURS))
        if not self._charges or known - since < hours.prices.intervals(_FEWEST_HOURS):
            return none, none
        alike = [c.tariff.window.in_any_month().inside(hours.clock)[since:known] for c in self._charges]
        rates = np.array([c.whole_month_usd_per_mw[c.month[at]] for c in self._charges])
        counted: Bools = np.array(alike) & (rates > 0)[:, None]
        least = np.array([each[begin] for each in self._least])
        past = self._past(since, known, counted, at)
        usd = np.array([self._usd_per_mwh(c)[c.month == c.month[at]].max() for c in self._charges])
        fewest = counted.sum(axis=1) < hours.prices.intervals(_FEWEST_HOURS)
        ratchets = np.array([c.by_month.ratchet_share > 0 for c in self._charges])
        return past.base_mw, np.where(fewest, 0.0, past.shifts_mw(rates, least, usd, ratchets))


def within_caps(
    caps: GridCaps, machines_mwh: Floats, run: Callable[[GridCaps], tuple[SiteBus, StoragePath]]
) -> tuple[SiteBus, StoragePath]:
    """Return what a battery does beside machines, and its bus, once what it has drawn itself is free.

    Args:
        caps: The steps; what is drawn is noted in them.
        machines_mwh: Energy machines use, shape (N,).
        run: Runs the battery under them.
    """
    for _ in range(_PASSES):
        bus, path = run(caps)
        if not caps.drawn(bus.grid_mw(machines_mwh, path.taken_mwh)):
            break
    return bus, path


def _mean_so_far(values: Floats, spans: Whole) -> Floats:
    """Return the mean of each interval and those of its span before it, shape (N,)."""
    begins = np.flatnonzero(np.diff(spans, prepend=spans[:1] - 1))
    start = np.repeat(begins, np.diff(np.append(begins, len(spans))))
    total = np.concatenate([[0.0], np.cumsum(values)])
    mean: Floats = (total[1:] - total[start]) / (np.arange(len(values)) - start + 1)
    return mean

"""How high the rolling horizon lets the site's own peak of a month rise, by what it knew before the month.

Before a month begins each group is capped at the mode that is worth most: the hours in which demand counts,
times what the mode earned in such hours of the weeks before, less the month's charge. Running above the cap
costs the charge. What the group has drawn earlier in the month, or a ratchet bills anyway, is free.
"""

from __future__ import annotations

import numpy as np

from ..economics import HourlyEconomics, OwnPeakCharge, parts_mw
from ..model import DAY, MINUTE, MONTH, Beginning, Bools, Clock, Floats, OwnPeakSoFar, Whole

_LEARN_HOURS = 730  # a month of prices before the one decided
_AHEAD_HOURS = 48  # forecasts reach as far: a month is planned before any of them sees its first hour
_FEWEST_HOURS = 48  # in which demand counts; with fewer nothing is known of what they are worth


class OwnPeakCaps:
    """Costs of raising the site's own peak. T hours of the whole history, G groups, M modes.

    Args:
        hours: The hours as known.
        first: Position of the first hour decided.
        begins: Where the site stands at it.
    """

    def __init__(self, hours: HourlyEconomics, first: int, begins: Beginning) -> None:
        self._hours, self._first, self._begins = hours, first, begins
        self._decided = Clock(hours.clock.ts_utc[first:], hours.clock.zone, hours.clock.minutes)
        self._caps = [self._cap_mw(charge) for charge in hours.own_peak_charges]

    def usd(self) -> Floats:
        """Return what each mode costs above the caps of its month, shape (T, G, M)."""
        usd = np.zeros((self._hours.prices.hours, *self._hours.power_mw.shape))
        for charge, cap_mw in zip(self._hours.own_peak_charges, self._caps, strict=True):
            usd += self._rate(charge)[:, None, None] * self._above(cap_mw)
        return usd

    def relief_usd(self, modes: Whole) -> Floats:
        """Return how much less each mode costs given what was drawn before, shape (N, G, M).

        Args:
            modes: Mode of each group in the hours decided, shape (N, G); an hour's own counts for later ones.
        """
        inside = slice(self._first, self._first + len(modes))
        drawn = self._hours.drawn_mw(modes)
        usd = np.zeros((len(modes), *self._hours.power_mw.shape))
        for charge, cap_mw in zip(self._hours.own_peak_charges, self._caps, strict=True):
            reached = np.maximum(cap_mw[inside], self._reached_mw(charge, drawn))
            saved = self._above(cap_mw)[inside] - self._above(reached)
            usd += self._rate(charge)[inside][:, None, None] * saved
        return usd

    def within(self, power_mw: Floats) -> Floats:
        """Return powers of the groups cut to the caps where demand counts, shape (T, G)."""
        for charge, cap_mw in zip(self._hours.own_peak_charges, self._caps, strict=True):
            power_mw = _cut(power_mw, charge.counts, cap_mw)
        return power_mw

    def within_those_of(self, at: int, power_mw: Floats, counted: Bools) -> Floats:
        """Return powers of other hours, N of them, cut to the caps of an hour's month, shape (N, G).

        Args:
            at: Position of the hour whose month's caps count.
            power_mw: Power of each group, shape (N, G).
            counted: Where demand counts for each charge, shape (C, N).
        """
        for counts, cap_mw in zip(counted, self._caps, strict=True):
            power_mw = _cut(power_mw, counts, cap_mw[at])
        return power_mw

    def _above(self, cap_mw: Floats) -> Floats:
        """Return by how much each mode exceeds a cap of shape (N, G), shape (N, G, M)."""
        return np.maximum(self._hours.power_mw - cap_mw[:, :, None], 0.0)

    def _rate(self, charge: OwnPeakCharge) -> Floats:
        """Return what a MW in an interval costs if it sets the peak, 0 where it does not count, (T,)."""
        spans = np.maximum(charge.tariff.interval_minutes // self._hours.clock.minutes, 1)
        return np.where(charge.counts, charge.whole_month_usd_per_mw[charge.month] / spans, 0.0)

    def _cap_mw(self, charge: OwnPeakCharge) -> Floats:
        """Return the power each group is capped at, by what was known before the month, shape (T, G)."""
        clock, groups = self._hours.clock, len(self._hours.power_mw)
        caps = np.full((len(clock.ts_utc), groups), np.inf)
        for n in np.unique(charge.month[self._first :]):
            inside = charge.month == n
            known = int(inside.argmax()) - self._hours.prices.intervals(_AHEAD_HOURS)
            worth = self._worth_usd(charge, min(known, self._first))
            if worth is not None and charge.whole_month_usd_per_mw[n] > 0:
                caps[inside] = self._month_caps_mw(charge, int(n), worth)
        return caps

    def _month_caps_mw(self, charge: OwnPeakCharge, n: int, worth: Floats) -> Floats:
        """Return the power each group is capped at in a month, given what an hour of a mode is worth."""
        power, rate = self._hours.power_mw, charge.whole_month_usd_per_mw[n]
        most = power.max(axis=1)
        free = self._billed_anyway_mw(charge, n, worth.max(axis=1) / most)
        gain = _counted_intervals(charge, n, self._hours.clock) * worth
        gain = gain - rate * np.maximum(power - free[:, None], 0.0)
        chosen = np.where(self._hours.possible, gain, -np.inf).argmax(axis=1)
        return np.maximum(np.take_along_axis(power, chosen[:, None], 1)[:, 0], free)

    def _billed_anyway_mw(self, charge: OwnPeakCharge, n: int, worth: Floats) -> Floats:
        """Return each group's part of what is billed at least, shape (G,)."""
        decided = charge.tariff.demand_months(self._decided, self._hours.site.limit_mw)
        month = np.searchsorted(decided.months, charge.by_month.months[n])
        least = np.array([max(decided.least_mw[month] - self._hours.site.ai_mw, 0.0)])
        power = self._hours.power_mw
        return parts_mw(least, worth[None], power[:, 1], power.max(axis=1))[0]

    def _worth_usd(self, charge: OwnPeakCharge, known: int) -> Floats | None:
        """Return what an interval of each mode or one below it was worth before hour `known`, (G, M)."""
        since = max(0, known - self._hours.prices.intervals(_LEARN_HOURS))
        alike = charge.tariff.window.in_any_month().inside(self._hours.clock)[since : max(known, 0)]
        past = since + np.flatnonzero(alike)
        if len(past) < self._hours.prices.intervals(_FEWEST_HOURS):
            return None
        rewards = self._hours.rewards(past, self._hours.prices.rt[past], np.zeros(len(past)))
        best = np.maximum.accumulate(rewards - rewards[:, :, :1], axis=2)
        worth: Floats = np.where(self._hours.possible, best, 0.0).mean(axis=0)
        return worth

    def _reached_mw(self, charge: OwnPeakCharge, drawn_mw: Floats) -> Floats:
        """Return what each group has drawn in spans before of the month, or is billed for since, (N, G)."""
        inside = slice(self._first, self._first + len(drawn_mw))
        month, spans = charge.month[inside], charge.spans[inside] - charge.spans[self._first]
        so_far = self._begins.own_peaks.get(charge.tariff.name)
        demand = self._span_mw(spans, drawn_mw, so_far) * charge.counts[inside, None]
        reached, highest, none = np.zeros(drawn_mw.shape), dict[int, Floats](), np.zeros(drawn_mw.shape[1])
        if so_far is not None:
            first = charge.by_month.months[0]
            highest = {int((m - first).astype(int)): mw for m, mw in so_far.by_month.items()}
        for n in np.unique(month).tolist():
            here = np.flatnonzero(month == n)
            before = np.maximum(self._ratchet_mw(charge, n, highest, len(none)), highest.get(n, none))
            run = np.maximum.accumulate(np.vstack([before, demand[here]]), axis=0)
            reached[here] = run[np.searchsorted(spans[here], spans[here])]
            highest[n] = np.maximum(demand[here].max(axis=0), highest.get(n, none))
        return reached

    def _span_mw(self, spans: Whole, drawn_mw: Floats, so_far: OwnPeakSoFar | None) -> Floats:
        """Return the mean power of each group in the span each interval lies in, shape (N, G)."""
        minutes = self._hours.clock.minutes
        total, count = np.zeros((spans[-1] + 1, drawn_mw.shape[1])), np.bincount(spans) * minutes
        np.add.at(total, spans, drawn_mw * minutes)
        if so_far is not None:
            total[0] += so_far.span_mw_minutes
            count[0] += so_far.span_minutes
        mean: Floats = (total / count[:, None])[spans]
        return mean

    def _ratchet_mw(self, charge: OwnPeakCharge, n: int, highest: dict[int, Floats], groups: int) -> Floats:
        """Return the share of each group's highest month before that a ratchet bills anyway, shape (G,)."""
        terms = charge.by_month
        back = [mw for m, mw in highest.items() if 0 < n - m <= terms.ratchet_months and terms.ratchet_share]
        return terms.ratchet_share * np.max([np.zeros(groups), *back], axis=0)


def _counted_intervals(charge: OwnPeakCharge, n: int, clock: Clock) -> int:
    """Return in how many intervals of a whole month demand counts, known from the calendar."""
    month = charge.by_month.months[n]
    begin, end = (day.astype("datetime64[D]") for day in (month, month + MONTH))
    step = clock.minutes * MINUTE
    every = np.arange((begin - DAY).astype("datetime64[m]"), (end + DAY).astype("datetime64[m]"), step)
    whole = Clock(every, clock.zone, clock.minutes)
    counted: Bools = charge.tariff.measured(whole) & (whole.month == month)
    return int(counted.sum())


def _cut(power_mw: Floats, counts: Bools, cap_mw: Floats) -> Floats:
    """Return powers (N, G) cut to a cap, (N, G) or (G,), in hours that count, shape (N,)."""
    return np.where(counts[:, None], np.minimum(power_mw, cap_mw), power_mw)

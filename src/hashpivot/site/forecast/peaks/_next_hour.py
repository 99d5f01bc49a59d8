"""How likely each hour sets the highest load of its month, as it begins: what a site decides by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import numpy as np

from ...model import Bools, Floats, Times
from ..hours import MARKET, ForecastFrame
from ._expected_load import ExpectedLoad, LoadMoments
from ._load_history import AHEAD, LoadHistory
from ._logistic import logistic, sigmoid

FEWEST_MONTHS = 4
"""Months `next_hours_peaks` learns from at least."""
_RIDGE = 0.2  # chosen with the features on 2017 to 2020, each year left out in turn


def next_hours_peaks(
    table: ForecastFrame,
    months: tuple[int, ...],
    zone: ZoneInfo = MARKET,
    *,
    wanted: Bools | None = None,
    others: ForecastFrame | None = None,
) -> Floats:
    """Return, as each hour begins, the probability that it and the two after it set the peak, (hours, 3).

    A logistic model of the load expected in the hour against the month's highest so far and against the hours
    after it; of its growth; of the days left; and of the weekend; each lead has weights of its own. It is
    refitted each month on the whole months before, and on months begun ten and twenty days late. 0 outside
    `months`, until four months are known (`whole_months`), and before eight days of loads are; an hour of the
    next month is given none.

    Args:
        table: Loads.
        months: Months whose peak counts.
        zone: Local time days and months are counted in.
        wanted: Hours whose probability is needed, (hours,), 0 in others; all if None. Nothing is fitted for a
            month without one.
        others: Loads of earlier months, which are learned from too: those before the first of `table`.

    Raises:
        InvalidInput: If there is no column `load_mw`.
    """
    own = LoadHistory.of(table, months, zone)
    more = [] if others is None else [LoadHistory.of(others, months, zone, own.inputs.local[0])]
    counted, month = own.calendar.counted, own.calendar.month
    asked = counted if wanted is None else counted & wanted
    chance = np.zeros((len(asked), AHEAD + 1))
    for each, expected, weights in _fits(own, more, np.unique(month[asked])):
        hours = np.flatnonzero(asked & (month == each))
        for lead, (rows, reached) in enumerate(own.features(expected, own.calendar, hours)):
            chance[hours[reached], lead] = sigmoid(rows, weights[lead])
    return chance


def _fits(
    own: LoadHistory, more: Sequence[LoadHistory], months: Times
) -> Iterator[tuple[np.datetime64, ExpectedLoad, list[Floats]]]:
    """Yield each of rising months with what was learned from all before it, once there is enough."""
    moments = sum((part for history in more for _, part in history.moments()), LoadMoments())
    wanted = set(months.tolist())
    for month, own_moments in own.moments():
        end = month.astype("datetime64[h]")
        known = sum(history.calendar.peaks_before(end) for history in (*more, own))
        if month.item() in wanted and known >= FEWEST_MONTHS:
            expected = moments.fit()
            parts = [part for history in (*more, own) for part in history.examples(expected, end)]
            yield month, expected, [_weights(parts, lead) for lead in range(AHEAD + 1)]
        moments = moments + own_moments


def _weights(parts: list[tuple[list[Floats], list[Bools]]], lead: int) -> Floats:
    rows, peak = (np.concatenate([part[n][lead] for part in parts]) for n in (0, 1))
    return logistic(rows, peak, _RIDGE)

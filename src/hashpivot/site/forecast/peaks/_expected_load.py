"""The load expected in an hour and in those after it, as the hour begins: a regression by hour of the day.

Everything is in logarithms of loads, so that loads of any size may be learned from together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...model import Bools, Floats, Times, Whole
from ..hours import value_at

LEADS = 6
"""Hours whose load is expected: the one that begins, and five after it."""
_WEEK = 168
_DAYS_BACK = (1, 2, 7)
_RIDGE = 1e-3  # share of an input's variance: alike from 0 to 1e-2 on 2017 to 2020
_FEWEST_HOURS = 60  # judged: two months of an hour of the day, several for each weight
_SHARED = 17  # inputs that are the same whatever hour is expected
_INPUTS = _SHARED + 2 * LEADS
_COLUMNS = _INPUTS + LEADS


@dataclass(frozen=True, eq=False)
class LoadMoments:
    """Sums of products of inputs and targets by hour of the day: all that a fit needs. C columns.

    Args:
        products: Shape (24, C, C).
    """

    products: Floats = field(default_factory=lambda: np.zeros((24, _COLUMNS, _COLUMNS)))

    def __add__(self, other: LoadMoments) -> LoadMoments:
        return LoadMoments(self.products + other.products)

    def fit(self) -> ExpectedLoad:
        """Fit all hours of the day and all leads; not a number where too few hours are known."""
        weights = np.full((24, LEADS, _INPUTS), np.nan)
        error = np.full((24, LEADS, LEADS), np.nan)
        for hour, products in enumerate(self.products):
            if products[0, 0] >= _FEWEST_HOURS:
                weights[hour], error[hour] = _fitted(products)
        return ExpectedLoad(weights, error)


@dataclass(frozen=True, eq=False)
class ExpectedLoad:
    """A fitted regression.

    Args:
        weights: By hour of the day and lead, shape (24, LEADS, inputs).
        error: Spread of the difference between the errors of two leads, of the error itself on the diagonal,
            shape (24, LEADS, LEADS).
    """

    weights: Floats
    error: Floats

    def path(self, inputs: LoadInputs, hours: Whole) -> Floats:
        """Return the logarithm of the load expected at each lead, as each of N hours begins, (N, LEADS)."""
        path = np.empty((len(hours), LEADS))
        for hour in np.unique(inputs.hour[hours]):
            here = inputs.hour[hours] == hour
            path[here] = inputs.columns[hours[here]] @ self.weights[hour].T
        return path + inputs.load[hours - 1][:, None]


@dataclass(frozen=True, eq=False)
class LoadInputs:
    """What is known of the loads as each of consecutive hours begins. T hours.

    Args:
        load: Logarithm of each hour's load, with stand-ins for gaps, shape (T,).
        gap: Hours whose load is unknown, shape (T,).
        local: Local wall time, datetime64[h], shape (T,).
    """

    load: Floats
    gap: Bools
    local: Times

    @classmethod
    def of(cls, load_mw: Floats, local: Times) -> LoadInputs:
        """Return the inputs of loads in MW; those that are not above zero count as unknown.

        In place of an unknown load stands that of a day before, moved by how the last hour differed from its
        own day before: a gap makes the hours after it less certain, not unknown.
        """
        gap = ~(load_mw > 0)
        load = np.log(np.where(gap, 1.0, load_mw))
        load[gap] = np.nan
        for t in np.flatnonzero(gap).tolist():
            if t > 24:
                load[t] = load[t - 24] + load[t - 1] - load[t - 25]
        return cls(load, gap, local)

    @cached_property
    def hour(self) -> Whole:
        """Hour of the day, shape (T,)."""
        hours: Whole = (self.local - self.local.astype("datetime64[D]")).astype(np.int64)
        return hours

    @cached_property
    def weekday(self) -> Whole:
        """0 on Mondays, shape (T,)."""
        weekday: Whole = (self.local.astype("datetime64[D]").astype(np.int64) + 3) % 7
        return weekday

    @cached_property
    def columns(self) -> Floats:
        """Inputs of the regression, shape (T, inputs).

        A constant; the last load against those of earlier days and the week's mean; how it changed lately and
        in the same hours of earlier days; the weekday; and, for each lead, how much the load grew from the
        same hour to that one a day and a week before.
        """
        last = self._back(1)
        columns = [np.ones(len(last)), *(last - self._back(1 + 24 * days) for days in _DAYS_BACK)]
        columns += [self._back(n) - self._back(n + 1) for n in (1, 2, 3, 4, 25, 26, 27, 1 + _WEEK)]
        columns += [(self.weekday == day).astype(np.float64) for day in (5, 6, 0)]
        level = last - self._week_mean
        columns += [level, level**2]
        for lead in range(LEADS):
            columns += [self._back(n - lead) - self._back(n + 1) for n in (24, _WEEK)]
        return np.stack(columns, axis=1)

    def moments(self, first: int, end: int, counted: Bools) -> LoadMoments:
        """Sum up the hours `first` to `end` that are `counted`, shape (T,), and known with all leads."""
        hours = np.arange(first, max(first, end - LEADS + 1))
        hours = hours[counted[hours] & ~self.gap[hours]]
        ahead = [self._back(-lead)[hours] - self._back(1)[hours] for lead in range(LEADS)]
        table = np.concatenate([self.columns[hours], np.stack(ahead, axis=1)], axis=1)
        known = np.isfinite(table).all(axis=1)
        table, hour = table[known], self.hour[hours][known]
        by_hour = (table[hour == n] for n in range(24))
        # a copy of the transpose, as an array times its own is given to many threads for little work
        return LoadMoments(np.stack([np.ascontiguousarray(rows.T) @ rows for rows in by_hour]))

    def _back(self, hours: int) -> Floats:
        """Return the load so many hours before each, shape (T,)."""
        count = len(self.load)
        positions = np.arange(count) - hours
        return np.where(positions < count, value_at(self.load, np.minimum(positions, count - 1)), np.nan)

    @cached_property
    def _week_mean(self) -> Floats:
        """Mean load of the week before each hour, shape (T,)."""
        known = np.isfinite(self.load)
        total = np.concatenate([[0.0], np.cumsum(np.where(known, self.load, 0.0))])
        count = np.concatenate([[0], np.cumsum(known)])
        end = np.arange(len(known))
        begin = np.maximum(end - _WEEK, 0)
        days = np.maximum(count[end] - count[begin], 1)
        return np.where(count[end] > count[begin], (total[end] - total[begin]) / days, np.nan)


def _fitted(products: Floats) -> tuple[Floats, Floats]:
    """Return weights of one hour of the day, (LEADS, inputs), and `ExpectedLoad.error`, (LEADS, LEADS)."""
    hours = products[0, 0]
    weights, residual = np.zeros((LEADS, _INPUTS)), np.zeros((LEADS, _COLUMNS))
    variance = np.diag(products) / hours - (products[0] / hours) ** 2
    for lead in range(LEADS):
        used = np.append(np.arange(_SHARED), [_SHARED + 2 * lead, _SHARED + 2 * lead + 1])
        penalty = np.diag(_RIDGE * hours * np.maximum(variance[used], 0.0) + 1e-9)
        weights[lead, used] = np.linalg.solve(
            products[np.ix_(used, used)] + penalty, products[used, _INPUTS + lead]
        )
        residual[lead, :_INPUTS], residual[lead, _INPUTS + lead] = -weights[lead], 1.0
    covariance = residual @ products @ residual.T / hours
    own = np.diag(covariance)
    apart = own[:, None] + own - 2 * covariance + np.diag(own)
    return weights, np.sqrt(np.maximum(apart, 1e-12))

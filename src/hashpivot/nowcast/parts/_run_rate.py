"""Run rates of lines other than mining: the last known quarter and the growth of such lines.

Growth is pooled over companies, line by line, from what was known on the day: the mean drawn toward no
change as if ten more changes of nothing had been seen, the scatter toward 40% as if five had. Machines sold
follow hashprice on top. Before widening, no draw leaves the mean by more than a factor of 4.5 in one
quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import View

from ..network import Floats

NO_CHANGES = 10
SCATTER, SCATTER_CHANGES = 0.4, 5
LARGEST = 1.5
"""Largest log change that counts as it is; greater ones count as this."""
LONGEST_GAP = 2
"""Quarters apart up to which two amounts count as a change."""

Series = Mapping[Quarter, Figure]


@dataclass(frozen=True, slots=True)
class Growth:
    """How lines of one kind change from quarter to quarter.

    Args:
        mean: Mean log change.
        scatter: Standard deviation of a log change.
        changes: How many were seen.
    """

    mean: float
    scatter: float
    changes: int


def growth_of(series: Iterable[Series]) -> Growth:
    """The growth of many companies' series of one line."""
    changes = np.array([change for each in series for change in _changes(each)])
    mean = float(changes.sum()) / (len(changes) + NO_CHANGES)
    squares = float(((changes - mean) ** 2).sum()) + SCATTER_CHANGES * SCATTER**2
    return Growth(mean, sqrt(squares / (len(changes) + SCATTER_CHANGES)), len(changes))


def line_series(view: View, ticker: str) -> dict[Line | None, dict[Quarter, Figure]]:
    """A company's positive quarterly revenue by line, and its total under None."""
    found: dict[Line | None, dict[Quarter, Figure]] = defaultdict(dict)
    for quarter in view.quarters(ticker):
        lines = view.quarter_lines(ticker, quarter)
        for line, figure in lines.revenue.items():
            if figure.value > 0:
                found[line][quarter] = figure
        if isinstance(lines.total_revenue, Figure) and lines.total_revenue.value > 0:
            found[None][quarter] = lines.total_revenue
    return dict(found)


def run_rate_draws(
    last_usd: float, ahead: int, growth: Growth, draws: int, seed: int, variance: float = 0.0
) -> Floats:
    """Draws of a line `ahead` quarters after it was `last_usd`, known with a variance of its log."""
    shocks = np.random.default_rng(seed).standard_normal(draws)
    scatter = sqrt(growth.scatter**2 + variance / max(1, ahead))
    moved = np.clip(scatter * shocks, -LARGEST, LARGEST) * sqrt(ahead)
    return np.asarray(last_usd * np.exp(ahead * growth.mean + moved))


def _changes(series: Series) -> list[float]:
    quarters = sorted(series)
    found = []
    for before, after in pairwise(quarters):
        gap = after.since(before)
        if gap <= LONGEST_GAP:
            change = log(float(series[after].value) / float(series[before].value)) / gap
            found.append(max(-LARGEST, min(LARGEST, change)))
    return found

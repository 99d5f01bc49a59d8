"""Run rates of lines other than mining: the last known quarter and how such lines changed before.

What a line may do over some quarters is what lines did over as many quarters, all companies' as known on the
day: those of the same line and of like size count most. Their spread around their median is the draws'
spread, so that no draw leaves what lines ever did. The middle is the mean change of the line, drawn toward no
change as if ten more changes of nothing had been seen. Where little is known, the spread is drawn toward 40%
a quarter as if five changes had been seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import View

from ..network import Floats

NO_CHANGES = 10
SCATTER, SCATTER_CHANGES = 0.4, 5
_PRIOR = np.array([NormalDist().inv_cdf((i + 0.5) / 9) for i in range(9)])
LARGEST = 1.5
"""Largest log change that counts as it is in a mean; greater ones count as this."""
LONGEST_GAP = 2
"""Quarters apart up to which two amounts count as a change in a mean."""
FARTHEST = 4
"""Quarters over which changes are collected; what lies farther ahead spreads with the root of time."""
AI_LINES = (Line.AI_CLOUD, Line.AI_COLOCATION)
OTHER_LINE, OTHER_GROUP = 0.2, 0.02
"""What a change of another line counts, and of one of the other group (AI lines or the rest)."""
SIZE = 1.0
"""Log distance of revenues at which a change counts by a factor 0.6 less."""
LEAST_WEIGHT = 0.01
"""Changes that count less than this share of the most alike say nothing of what such a line can do."""

Series = Mapping[Quarter, Figure]


@dataclass(frozen=True, eq=False, slots=True)
class RunRate:
    """What a line may do over some quarters: log changes, the middle and the distribution around it.

    Args:
        mean: Middle of the log change.
        deviations: Log changes seen, less their median; ascending.
        places: Share of the weight below each, 0 to 1.
        variance: Of the deviations.
        changes: How many changes of this line were seen.
    """

    mean: float
    deviations: Floats
    places: Floats
    variance: float
    changes: int

    def draws(self, usd: float, draws: int, seed: int, variance: float = 0.0) -> Floats:
        """Draws of a line that was `usd`, known with a variance of its log; shape (draws,)."""
        chance = np.random.default_rng(seed)
        spread = np.interp((chance.permutation(draws) + 0.5) / draws, self.places, self.deviations)
        return np.asarray(usd * np.exp(self.mean + self._scale(variance) * spread))

    def bounds(self, usd: float, variance: float = 0.0) -> tuple[float, float]:
        """The least and the most that the changes seen would make of it, in US dollars."""
        ends = self._scale(variance) * self.deviations[[0, -1]]
        low, high = usd * np.exp(self.mean + ends)
        return float(low), float(high)

    def _scale(self, variance: float) -> float:
        return sqrt(1 + variance / self.variance)


class LineChanges:
    """Changes of lines from quarter to quarter, all companies'.

    Args:
        series: Positive quarterly revenue of companies' lines; totals under None.
    """

    def __init__(self, series: Iterable[tuple[Line | None, Series]]) -> None:
        self._means: dict[Line | None, list[float]] = defaultdict(list)
        rows: list[tuple[Line | None, int, float, float]] = []
        for line, amounts in series:
            self._means[line] += _steps(amounts)
            rows += [(line, *change) for change in _changes(amounts)]
        self._lines = np.array([line or "" for line, *_ in rows], dtype=object)
        self._gaps = np.array([gap for _, gap, _, _ in rows], dtype=np.int64)
        self._sizes, self._moves = (np.array([row[i] for row in rows], dtype=float) for i in (2, 3))

    def growth(self, line: Line | None) -> float:
        """Mean log change of a line in a quarter, drawn toward none."""
        steps = self._means.get(line, [])
        return sum(steps) / (len(steps) + NO_CHANGES)

    def of(self, line: Line | None, usd: float, ahead: int) -> RunRate:
        """What a line of `usd` a quarter may do in `ahead` quarters; None stands for totals."""
        gap = min(ahead, FARTHEST)
        inside = (self._gaps == gap) & (self._counted(line))
        weights = self._weights(line, usd)[inside]
        keep = weights >= LEAST_WEIGHT * weights.max(initial=0.0)
        moves, weights = self._moves[inside][keep], weights[keep]
        prior = SCATTER * sqrt(gap) * _PRIOR
        middle = _weighted_median(moves, weights)
        deviations = np.concatenate([moves - middle, prior])
        weights = np.concatenate([weights, np.full(len(prior), SCATTER_CHANGES / len(prior))])
        order = np.argsort(deviations, kind="stable")
        deviations, weights = deviations[order] * sqrt(ahead / gap), weights[order]
        places = (np.cumsum(weights) - weights / 2) / weights.sum()
        variance = float(weights @ deviations**2 / weights.sum())
        return RunRate(
            ahead * self.growth(line), deviations, places, variance, len(self._means.get(line, []))
        )

    def _counted(self, line: Line | None) -> NDArray[np.bool_]:
        """Totals say what totals do, lines what lines do; mining goes by its hash rate."""
        if line is None:
            return np.asarray(self._lines == "")
        return np.asarray((self._lines != "") & (self._lines != Line.SELF_MINING))

    def _weights(self, line: Line | None, usd: float) -> Floats:
        same_group = np.isin(self._lines, AI_LINES) == (line in AI_LINES)
        alike = np.where(self._lines == (line or ""), 1.0, np.where(same_group, OTHER_LINE, OTHER_GROUP))
        return np.asarray(alike * np.exp(-0.5 * ((self._sizes - log(max(usd, 1.0))) / SIZE) ** 2))


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


def _steps(series: Series) -> list[float]:
    """Log changes a quarter from each known quarter to the next."""
    found = []
    for before, after in pairwise(sorted(series)):
        gap = after.since(before)
        if gap <= LONGEST_GAP:
            change = log(float(series[after].value) / float(series[before].value)) / gap
            found.append(max(-LARGEST, min(LARGEST, change)))
    return found


def _changes(series: Series) -> list[tuple[int, float, float]]:
    """Quarters apart, log of the first amount, and log change, of all pairs not too far apart."""
    logs = [(quarter, log(float(series[quarter].value))) for quarter in sorted(series)]
    return [
        (after.since(before), low, high - low)
        for place, (before, low) in enumerate(logs)
        for after, high in logs[place + 1 :]
        if after.since(before) <= FARTHEST
    ]


def _weighted_median(values: Floats, weights: Floats) -> float:
    if not len(values):
        return 0.0
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])

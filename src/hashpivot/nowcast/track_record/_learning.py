"""What past nowcasts teach the next ones: how far to trust the model, and how wide intervals must be.

Only outcomes known before the day count, so the record can be walked forward. A case counts half
after a year.

1. **Median.** Model and simple baseline are averaged in logarithms, with the weight of least mean absolute
   error on past cases of the same kind (mining and totals by level of information, other lines by line). The
   baseline is the last quarter, what is mined scaled by the network. Few cases leave the weight near
   three quarters, or near the model where bitcoin mined is known.
2. **Interval.** The quantile of past errors over their own half-intervals that would have held 80% widens or
   narrows the next one (weighted split conformal). Cases count fully if kind and age of the last report are
   the same, less if one of them differs; the looks at one quarter count as one case together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from ._cases import OLDEST_AGE, NowcastCase, Subject

Floats = NDArray[np.float64]
COVERAGE = 0.8
PRIOR_CASES = 10
"""Artificial cases that err exactly as the interval says."""
PRIOR_WEIGHT = 200.0
"""Cases that speak for the weight expected without any: a few hundred cases hardly beat a fixed weight."""
MEASURED = "updates"
"""Level at which the model is a measurement: without cases it is trusted whole, elsewhere by `TRUSTED`."""
TRUSTED = 0.75
"""Weight of the model without cases. Judged with the record in view, of 0.5, 0.75 and 1: at 0.5 totals before
a quarter starts came out 14% too low, at 1 fleets that shrink too high."""
HALF_LIFE_DAYS = 365
OTHER_AGE, OTHER_KIND = 0.5, 0.1
"""What cases whose last report was of another age, and cases of another kind, count for intervals: judged."""
WEIGHTS = np.linspace(0.0, 1.0, 11)
NARROWEST, WIDEST, WIDEST_OTHER = 0.4, 2.5, 1.2
"""Limits of the factor. Other lines already spread as such lines did: of 1, 1.2, 1.4, 1.6 and 2.5 the second
had the best interval score on outcomes to the end of 2024."""
_NORMAL = NormalDist()
_EDGE = _NORMAL.inv_cdf(0.5 + COVERAGE / 2)
_PRIOR = np.array([_NORMAL.inv_cdf(0.5 + (i + 0.5) / PRIOR_CASES / 2) / _EDGE for i in range(PRIOR_CASES)])


@dataclass(frozen=True, slots=True)
class Correction:
    """What the record does to one nowcast.

    Args:
        weight: Of the model against the baseline, 0 to 1.
        factor: Of the interval's width in logarithms.
        cases: Past cases of the same kind.
    """

    weight: float = 1.0
    factor: float = 1.0
    cases: int = 0

    @property
    def trusting(self) -> Correction:
        """The same, with the model trusted whole: it knows what no baseline does."""
        return replace(self, weight=1.0)

    def median(self, model_usd: float, baseline_usd: float | None) -> float:
        """The corrected median, in US dollars."""
        toward = baseline_usd if baseline_usd and baseline_usd > 0 else model_usd
        return float(model_usd**self.weight * toward ** (1 - self.weight))

    def applied(self, draws: Floats, baseline_usd: float | None) -> Floats:
        """Positive draws around the corrected median, shape `(draws,)`."""
        middle = float(np.median(draws))
        return np.asarray(self.median(middle, baseline_usd) * (draws / middle) ** self.factor)


Learned = Callable[[Subject, str, str, "int | None"], Correction]
"""From subject, level, line and quarters since the last report to what the record does to such a nowcast."""


def nothing_learned(subject: Subject, level: str, line: str, age: int | None) -> Correction:
    """Leave a nowcast as the model gives it."""
    del subject, level, line, age
    return Correction()


def age_of(quarters_since: int | None) -> int:
    """Age class of the last report, in quarters; unknown counts as old."""
    return min(quarters_since or OLDEST_AGE, OLDEST_AGE)


def learned_on(cases: Sequence[NowcastCase], as_of: date) -> Learned:
    """What the outcomes known before a day teach nowcasts made on it.

    Args:
        cases: Past nowcasts as the model gave them, not corrected.
        as_of: Only outcomes known before this day count.
    """
    by_subject: dict[Subject, _Past] = {}

    @cache
    def learned(subject: Subject, level: str, line: str, age: int) -> Correction:
        if subject not in by_subject:
            past = [case for case in cases if case.subject is subject and case.actual_known < as_of]
            by_subject[subject] = _Past(past, as_of)
        kind = _kind(subject, level, line)
        return by_subject[subject].correction(kind, 1.0 if kind == MEASURED else TRUSTED, age)

    return lambda subject, level, line, age: learned(subject, level, line, age_of(age))


def _kind(subject: Subject, level: str, line: str) -> str:
    """What makes nowcasts of one subject alike: the line of other lines, else the level of information."""
    return line if subject is Subject.OTHER else level


class _Past:
    """Past cases of one subject as arrays."""

    def __init__(self, cases: Sequence[NowcastCase], as_of: date) -> None:
        self._widest = WIDEST_OTHER if cases and cases[0].subject is Subject.OTHER else WIDEST
        self._kinds = np.array([_kind(c.subject, c.level, c.line) for c in cases], dtype=object)
        self._ages = np.array([age_of(case.quarters_since) for case in cases])
        days = np.array([(as_of - case.actual_known).days for case in cases], dtype=float)
        self._recency = 0.5 ** (days / HALF_LIFE_DAYS)
        looks = Counter((case.ticker, case.quarter, case.line) for case in cases)
        self._looks = np.array([looks[case.ticker, case.quarter, case.line] for case in cases])
        self._model = np.log([case.median_usd for case in cases])
        self._actual = np.log([case.actual_usd for case in cases])
        baselines = [case.toward_usd or case.median_usd for case in cases]
        self._baseline = np.log(np.maximum(1.0, baselines))
        self._up = np.log([case.p90_usd for case in cases]) - self._model
        self._down = self._model - np.log([case.p10_usd for case in cases])

    def correction(self, kind: str, expected: float, age: int) -> Correction:
        """The correction of one kind of nowcast, whose weight is expected without any case."""
        alike = self._kinds == kind
        weight = self._weight(alike * self._recency, expected)
        error = self._actual - weight * self._model - (1 - weight) * self._baseline
        likeness = np.where(alike, 1.0, OTHER_KIND) * np.where(self._ages == age, 1.0, OTHER_AGE)
        counts = likeness * self._recency / self._looks
        return Correction(weight, self._factor(error, counts), int(alike.sum()))

    def _weight(self, counts: Floats, expected: float) -> float:
        gap = self._model - self._baseline
        if not (counts * gap).any():
            return expected
        errors = np.abs(self._actual - self._baseline - WEIGHTS[:, None] * gap)
        usual = float(counts @ np.abs(gap) / counts.sum())
        prior = PRIOR_WEIGHT * usual * (WEIGHTS - expected) ** 2
        return float(WEIGHTS[int(np.argmin(errors @ counts + prior))])

    def _factor(self, error: Floats, counts: Floats) -> float:
        half = np.maximum(1e-6, np.where(error > 0, self._up, self._down))
        relative = np.concatenate([_PRIOR, np.abs(error) / half])
        weights = np.concatenate([np.full(PRIOR_CASES, 1.0), counts])
        order = np.argsort(relative)
        reached = np.cumsum(weights[order]) / (weights.sum() + 1)
        place = min(len(relative) - 1, int(np.searchsorted(reached, COVERAGE)))
        return float(np.clip(relative[order][place], NARROWEST, self._widest))

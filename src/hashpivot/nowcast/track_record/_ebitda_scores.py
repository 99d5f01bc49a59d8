"""How nowcasts of adjusted EBITDA did; errors are shares of the quarter's revenue, as it may be near zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any

from hashpivot.core import Quarter

from ._cases import Horizon, NowcastCase, Subject


@dataclass(frozen=True, slots=True)
class EbitdaScore:
    """Accuracy of adjusted EBITDA at one moment; errors are shares of the quarter's reported revenue.

    Args:
        horizon: The moment.
        n: Cases.
        mean_error: Mean absolute error.
        median_error: Median absolute error.
        bias: Mean error.
        coverage80: Share of outcomes inside the 80% interval.
        last_quarter_mean_error: Mean absolute error of the last quarter known.
        last_quarter_median_error: Its median.
    """

    horizon: str
    n: int
    mean_error: float
    median_error: float
    bias: float
    coverage80: float
    last_quarter_mean_error: float
    last_quarter_median_error: float

    def to_dict(self) -> dict[str, Any]:
        """Return its fields."""
        return asdict(self)


def ebitda_scores(cases: Iterable[NowcastCase]) -> tuple[EbitdaScore, ...]:
    """Return the scores of adjusted EBITDA, one for each moment that has a case.

    Args:
        cases: All cases: those of totals hold the revenue that errors are shares of.
    """
    known = list(cases)
    revenue = {_look(case): case.actual_usd for case in known if case.subject is Subject.TOTAL}
    ebitda = [case for case in known if case.subject is Subject.EBITDA and _look(case) in revenue]
    found = []
    for horizon in Horizon:
        group = [case for case in ebitda if case.horizon is horizon]
        if group:
            found.append(_score(horizon, group, [revenue[_look(case)] for case in group]))
    return tuple(found)


def _look(case: NowcastCase) -> tuple[str, Quarter, Horizon]:
    return case.ticker, case.quarter, case.horizon


def _score(horizon: Horizon, cases: list[NowcastCase], revenue: list[float]) -> EbitdaScore:
    errors = [(c.median_usd - c.actual_usd) / usd for c, usd in zip(cases, revenue, strict=True)]
    last = [((c.last_usd or 0.0) - c.actual_usd) / usd for c, usd in zip(cases, revenue, strict=True)]
    return EbitdaScore(
        str(horizon),
        len(cases),
        fmean(map(abs, errors)),
        median(map(abs, errors)),
        fmean(errors),
        fmean(c.p10_usd <= c.actual_usd <= c.p90_usd for c in cases),
        fmean(map(abs, last)),
        median(map(abs, last)),
    )

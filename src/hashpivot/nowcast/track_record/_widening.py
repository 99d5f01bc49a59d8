"""Widening of intervals by past errors (split conformal, by kind of nowcast).

Of every past nowcast whose outcome was known on the day, the error is compared with its own half-interval
in logarithms. The factor that would have held 80% of them widens (or narrows) the next ones. So that few
cases do not speak too loudly, ten more are added that err exactly as the interval says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from math import ceil, log
from statistics import NormalDist

from ._cases import NowcastCase, Subject

COVERAGE = 0.8
PRIOR_CASES = 10
_NORMAL = NormalDist()
_EDGE = _NORMAL.inv_cdf(0.5 + COVERAGE / 2)
_PRIOR = tuple(_NORMAL.inv_cdf(0.5 + (i + 0.5) / PRIOR_CASES / 2) / _EDGE for i in range(PRIOR_CASES))
WIDEST = 2.5
Widening = Callable[[Subject, str, str], float]


def widening(cases: Iterable[NowcastCase], as_of: date) -> float:
    """The factor for intervals of a kind, given past cases of that kind.

    Args:
        cases: Past nowcasts as they were before any widening.
        as_of: Only outcomes known before this day count.
    """
    errors = sorted([*_PRIOR, *(relative_error(case) for case in cases if case.actual_known < as_of)])
    place = min(len(errors), ceil(COVERAGE * (len(errors) + 1)))
    return min(WIDEST, errors[place - 1])


def relative_error(case: NowcastCase) -> float:
    """The error over the half-interval on its side, both in logarithms; 1 at its edge."""
    error = log(case.actual_usd / case.median_usd)
    edge = case.p90_usd if error > 0 else case.p10_usd
    return error / log(edge / case.median_usd) if error else 0.0


def kind_of(subject: Subject, level: str, line: str) -> tuple[Subject, str]:
    """The kind of a nowcast whose past errors count together: mining by level, others by line, the total."""
    return subject, {Subject.MINING: level, Subject.OTHER: line}.get(subject, "")


def widening_on(cases: Sequence[NowcastCase], as_of: date) -> Widening:
    """How much wider intervals are made on a day, as a function of subject, level and line."""
    alike: dict[tuple[Subject, str], list[NowcastCase]] = defaultdict(list)
    for case in cases:
        alike[kind_of(case.subject, case.level, case.line)].append(case)

    @cache
    def factor_of(kind: tuple[Subject, str]) -> float:
        return widening(alike.get(kind, ()), as_of)

    def factor(subject: Subject, level: str, line: str) -> float:
        return factor_of(kind_of(subject, level, line))

    return factor

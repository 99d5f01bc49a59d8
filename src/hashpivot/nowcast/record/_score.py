"""The track record in numbers: errors, bias, coverage and width, against three baselines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Any

from ._calibrate import Widening, widening_by
from ._record import Case, Horizon, Subject

BASELINES = ("last_usd", "seasonal_usd", "scaled_usd")
MEANING = {"last_usd": "last_quarter", "seasonal_usd": "seasonal", "scaled_usd": "network_scaled"}
FIRST_TEST_YEAR = 2024
"""Constants were fitted on periods before this year; the record proper begins with it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with the interval it would have been shown with.

    Args:
        case: The case.
        low_usd: Lower end of the widened 80% interval.
        high_usd: Upper end.
    """

    case: Case
    low_usd: float
    high_usd: float

    @property
    def error(self) -> float:
        """Median over outcome, less one."""
        return self.case.median_usd / self.case.actual_usd - 1

    @property
    def inside(self) -> bool:
        """True if the outcome lay in the interval."""
        return self.low_usd <= self.case.actual_usd <= self.high_usd

    @property
    def width(self) -> float:
        """Width of the interval over the median."""
        return (self.high_usd - self.low_usd) / self.case.median_usd


@dataclass(frozen=True, slots=True)
class Score:
    """What a group of cases comes to; errors are shares of the outcome.

    Args:
        n: Cases.
        mape: Mean absolute error.
        median_ape: Median absolute error.
        bias: Mean error.
        coverage80: Share of outcomes inside the 80% interval.
        width80: Mean width of it over the median.
        baseline_mape: By baseline, its mean absolute error, ours on the cases that have it, and their number.
    """

    n: int
    mape: float
    median_ape: float
    bias: float
    coverage80: float
    width80: float
    baseline_mape: dict[str, dict[str, float]]

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        return {
            "n": self.n,
            "mape": self.mape,
            "median_ape": self.median_ape,
            "bias": self.bias,
            "coverage80": self.coverage80,
            "width80": self.width80,
            "baseline_mape": {name: each["mape"] for name, each in self.baseline_mape.items()},
            "baseline_cases": {name: int(each["n"]) for name, each in self.baseline_mape.items()},
            "ours_on_baseline_cases": {name: each["ours"] for name, each in self.baseline_mape.items()},
        }


def scored(cases: Sequence[Case]) -> list[Scored]:
    """Cases with intervals widened by the outcomes known on their day, as the nowcast would have."""
    by_day: dict[date, Widening] = {}
    found = []
    for case in cases:
        if case.as_of not in by_day:
            by_day[case.as_of] = widening_by(cases, case.as_of)
        factor = by_day[case.as_of](case.subject, case.level, case.line)
        middle = case.median_usd
        low, high = (middle * (edge / middle) ** factor for edge in (case.p10_usd, case.p90_usd))
        found.append(Scored(case, low, high))
    return found


def score(cases: Sequence[Scored]) -> Score:
    """The numbers of a group of at least one case."""
    errors = [each.error for each in cases]
    return Score(
        len(cases),
        fmean(map(abs, errors)),
        median(map(abs, errors)),
        fmean(errors),
        fmean(each.inside for each in cases),
        fmean(each.width for each in cases),
        {MEANING[name]: found for name in BASELINES if (found := _baseline(cases, name))},
    )


def grouped(
    cases: Iterable[Scored], key: Callable[[Scored], tuple[str, ...]]
) -> dict[tuple[str, ...], Score]:
    """The score of every group, in the order of the groups' first cases."""
    groups: dict[tuple[str, ...], list[Scored]] = {}
    for each in cases:
        groups.setdefault(key(each), []).append(each)
    return {name: score(group) for name, group in groups.items()}


def summary(cases: Sequence[Case]) -> dict[str, Any]:
    """The JSON contract of `hashpivot nowcast --backtest`.

    `by_level` and `overall` count mining revenue of quarters from 2024 on; the rest is as its name says.
    """
    every = scored(cases)
    test = [each for each in every if each.case.quarter.year >= FIRST_TEST_YEAR]
    early = [each for each in every if each.case.quarter.year < FIRST_TEST_YEAR]
    mining = [each for each in test if each.case.subject is Subject.MINING]
    return {
        "cases": len(cases),
        "test_cases": len(test),
        "from": f"{FIRST_TEST_YEAR}Q1",
        "overall": score(mining).to_dict() if mining else None,
        "by_level": _rows(_ordered(mining), "level", "horizon"),
        "by_company": _rows(mining, "ticker", "horizon"),
        "by_year": _rows(mining, "year", "horizon"),
        "other_lines": _rows(_of(test, Subject.OTHER), "line", "horizon"),
        "total": _rows(_of(test, Subject.TOTAL), "horizon"),
        "before_test": _rows(_of(early, Subject.MINING), "level", "horizon"),
    }


def _of(cases: Iterable[Scored], subject: Subject) -> list[Scored]:
    return [each for each in cases if each.case.subject is subject]


def _ordered(cases: Iterable[Scored]) -> list[Scored]:
    levels, horizons = ("updates", "hashrate", "network"), list(Horizon)
    return sorted(cases, key=lambda s: (levels.index(s.case.level), horizons.index(s.case.horizon)))


def _rows(cases: Iterable[Scored], *names: str) -> list[dict[str, Any]]:
    groups = grouped(cases, lambda s: tuple(_name(s.case, name) for name in names))
    return [dict(zip(names, key, strict=True)) | found.to_dict() for key, found in groups.items()]


def _name(case: Case, name: str) -> str:
    return str(case.quarter.year) if name == "year" else str(getattr(case, name))


def _baseline(cases: Sequence[Scored], name: str) -> dict[str, float] | None:
    having = [(each, value) for each in cases if (value := getattr(each.case, name)) is not None]
    if not having:
        return None
    theirs = fmean(abs(value / each.case.actual_usd - 1) for each, value in having)
    return {"mape": theirs, "ours": fmean(abs(each.error) for each, _ in having), "n": len(having)}

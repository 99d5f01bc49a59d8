"""The track record in numbers: errors, bias, coverage and width, against three baselines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from statistics import fmean, median
from typing import Any

from ._cases import Horizon, NowcastCase, Subject
from ._ebitda_scores import EbitdaScore, ebitda_scores
from ._learning import COVERAGE, Correction, Learned, learned_on

BASELINES = ("last_usd", "seasonal_usd", "scaled_usd")
MEANING = {"last_usd": "last_quarter", "seasonal_usd": "seasonal", "scaled_usd": "network_scaled"}
_OUTSIDE = 2 / (1 - COVERAGE)
FIRST_TEST_YEAR = 2024
"""Constants were fitted on periods before this year; the record proper begins with it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A case as it would have been shown, corrected by the outcomes known on its day.

    Args:
        case: The case.
        median_usd: Its median.
        low_usd: Lower end of its 80% interval.
        high_usd: Upper end.
    """

    case: NowcastCase
    median_usd: float
    low_usd: float
    high_usd: float

    @property
    def error(self) -> float:
        """Median over outcome, less one."""
        return self.median_usd / self.case.actual_usd - 1

    @property
    def inside(self) -> bool:
        """True if the outcome lay in the interval."""
        return self.low_usd <= self.case.actual_usd <= self.high_usd

    @property
    def interval_score(self) -> float:
        """Score of the interval of log revenue: its width, and ten times how far the outcome lay outside.

        Gneiting and Raftery (2007), for a probability of 80%; less is better.
        """
        low, high, actual = (
            log(max(1.0, usd)) for usd in (self.low_usd, self.high_usd, self.case.actual_usd)
        )
        return high - low + _OUTSIDE * (max(0.0, low - actual) + max(0.0, actual - high))

    @property
    def width(self) -> float:
        """Width of the interval over the median."""
        return (self.high_usd - self.low_usd) / self.median_usd


@dataclass(frozen=True, slots=True)
class BaselineScore:
    """How a baseline does on the cases that have one, and the model on the same cases.

    Args:
        mape: Mean absolute error of the baseline, a share of the outcome.
        model_mape: That of the model.
        n: Cases.
    """

    mape: float
    model_mape: float
    n: int


@dataclass(frozen=True, slots=True)
class Score:
    """Accuracy of a group of cases; errors are shares of the outcome.

    Args:
        n: Cases.
        mape: Mean absolute error.
        median_ape: Median absolute error.
        bias: Mean error.
        coverage80: Share of outcomes inside the 80% interval.
        width80: Mean width of it over the median.
        interval_score80: Mean interval score of log revenue: width, and ten times the distance outside.
        baselines: By name: `last_quarter`, `seasonal`, `network_scaled`; those that any case has.
    """

    n: int
    mape: float
    median_ape: float
    bias: float
    coverage80: float
    width80: float
    interval_score80: float
    baselines: Mapping[str, BaselineScore]

    def to_dict(self) -> dict[str, Any]:
        """Return its fields; a baseline's three numbers under three keys."""
        return {
            "n": self.n,
            "mape": self.mape,
            "median_ape": self.median_ape,
            "bias": self.bias,
            "coverage80": self.coverage80,
            "width80": self.width80,
            "interval_score80": self.interval_score80,
            "baseline_mape": {name: baseline.mape for name, baseline in self.baselines.items()},
            "baseline_cases": {name: baseline.n for name, baseline in self.baselines.items()},
            "model_on_baseline_cases": {
                name: baseline.model_mape for name, baseline in self.baselines.items()
            },
        }


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The score of one group of cases.

    Args:
        group: What its cases share, such as `{"level": "updates", "horizon": "report_eve"}`.
        score: Its score.
    """

    group: Mapping[str, str]
    score: Score

    def to_dict(self) -> dict[str, Any]:
        """Return group and score as one flat mapping."""
        return {**self.group, **self.score.to_dict()}


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """The track record in numbers; all but `cases` and `before_test` count quarters from 2024 on.

    Args:
        cases: Nowcasts in all.
        test_cases: Those of quarters from `FIRST_TEST_YEAR` on.
        overall: Mining revenue; None without a case.
        by_level: Mining revenue by level of information and horizon, in that order.
        by_company: Mining revenue by company and horizon.
        by_year: Mining revenue by year and horizon.
        other_lines: Other lines by line and horizon.
        total: Total revenue by horizon.
        by_group_level: Lines of one group, and totals, by level of information, at the quarter's end.
        by_group_age: The same by quarters since the last report.
        before_test: Mining revenue before `FIRST_TEST_YEAR`, on which the constants were fitted.
        adjusted_ebitda: Adjusted EBITDA by horizon.
    """

    cases: int
    test_cases: int
    overall: Score | None
    by_level: tuple[ScoreRow, ...]
    by_company: tuple[ScoreRow, ...]
    by_year: tuple[ScoreRow, ...]
    other_lines: tuple[ScoreRow, ...]
    total: tuple[ScoreRow, ...]
    by_group_level: tuple[ScoreRow, ...]
    by_group_age: tuple[ScoreRow, ...]
    before_test: tuple[ScoreRow, ...]
    adjusted_ebitda: tuple[EbitdaScore, ...]

    @property
    def first_quarter(self) -> str:
        """The quarter from which cases count as tests."""
        return f"{FIRST_TEST_YEAR}Q1"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON contract of `hashpivot nowcast --backtest`."""
        tables = (
            "by_level",
            "by_company",
            "by_year",
            "other_lines",
            "total",
            "by_group_level",
            "by_group_age",
            "before_test",
        )
        return {
            "cases": self.cases,
            "test_cases": self.test_cases,
            "from": self.first_quarter,
            "overall": self.overall.to_dict() if self.overall else None,
            **{name: [row.to_dict() for row in getattr(self, name)] for name in tables},
            "adjusted_ebitda": [row.to_dict() for row in self.adjusted_ebitda],
        }


def scored(cases: Sequence[NowcastCase], past: Sequence[NowcastCase] | None = None) -> list[Scored]:
    """Return cases of revenue as they would have been shown, corrected by the outcomes known on their day.

    Args:
        cases: The cases.
        past: Cases whose outcomes are learned from; the same if not given.
    """
    by_day: dict[date, Learned] = {}
    found = []
    for case in cases:
        if case.subject is Subject.EBITDA:
            continue
        if case.as_of not in by_day:
            by_day[case.as_of] = learned_on(cases if past is None else past, case.as_of)
        found.append(
            _shown(case, by_day[case.as_of](case.subject, case.level, case.line, case.quarters_since))
        )
    return found


def _shown(case: NowcastCase, correction: Correction) -> Scored:
    middle = correction.median(case.median_usd, case.toward_usd)
    low, high = (
        middle * (edge / case.median_usd) ** correction.factor for edge in (case.p10_usd, case.p90_usd)
    )
    return Scored(case, middle, low, high)


def score(cases: Sequence[Scored]) -> Score:
    """Return the score of a group of at least one case."""
    errors = [each.error for each in cases]
    return Score(
        len(cases),
        fmean(map(abs, errors)),
        median(map(abs, errors)),
        fmean(errors),
        fmean(each.inside for each in cases),
        fmean(each.width for each in cases),
        fmean(each.interval_score for each in cases),
        {MEANING[name]: baseline for name in BASELINES if (baseline := _baseline(cases, name))},
    )


def grouped(
    cases: Iterable[Scored], key: Callable[[Scored], tuple[str, ...]]
) -> dict[tuple[str, ...], Score]:
    """Return the score of every group, in the order of the groups' first cases."""
    groups: dict[tuple[str, ...], list[Scored]] = {}
    for each in cases:
        groups.setdefault(key(each), []).append(each)
    return {name: score(group) for name, group in groups.items()}


def summary(cases: Sequence[NowcastCase]) -> ScoreSummary:
    """Return the track record in numbers.

    Args:
        cases: Past nowcasts with their outcomes, intervals not widened.
    """
    every = scored(cases)
    test = [each for each in every if each.case.quarter.year >= FIRST_TEST_YEAR]
    early = [each for each in every if each.case.quarter.year < FIRST_TEST_YEAR]
    mining = _of(test, Subject.MINING)
    ends = [each for each in test if each.case.horizon is Horizon.END]
    return ScoreSummary(
        cases=len(every),
        test_cases=len(test),
        overall=score(mining) if mining else None,
        by_level=_rows(_ordered(mining), "level", "horizon"),
        by_company=_rows(mining, "ticker", "horizon"),
        by_year=_rows(mining, "year", "horizon"),
        other_lines=_rows(_of(test, Subject.OTHER), "line", "horizon"),
        total=_rows(_of(test, Subject.TOTAL), "horizon"),
        by_group_level=_sorted_rows(ends, "group", "level"),
        by_group_age=_sorted_rows(ends, "group", "age"),
        before_test=_rows(_of(early, Subject.MINING), "level", "horizon"),
        adjusted_ebitda=ebitda_scores(c for c in cases if c.quarter.year >= FIRST_TEST_YEAR),
    )


def _of(cases: Iterable[Scored], subject: Subject) -> list[Scored]:
    return [each for each in cases if each.case.subject is subject]


def _ordered(cases: Iterable[Scored]) -> list[Scored]:
    levels, horizons = ("updates", "hashrate", "network"), list(Horizon)
    return sorted(cases, key=lambda s: (levels.index(s.case.level), horizons.index(s.case.horizon)))


def _rows(cases: Iterable[Scored], *names: str) -> tuple[ScoreRow, ...]:
    groups = grouped(cases, lambda s: tuple(_name(s.case, name) for name in names))
    return tuple(ScoreRow(dict(zip(names, key, strict=True)), found) for key, found in groups.items())


def _sorted_rows(cases: Iterable[Scored], *names: str) -> tuple[ScoreRow, ...]:
    return tuple(sorted(_rows(cases, *names), key=lambda row: tuple(row.group.values())))


def _name(case: NowcastCase, name: str) -> str:
    return str(case.quarter.year) if name == "year" else str(getattr(case, name))


def _baseline(cases: Sequence[Scored], name: str) -> BaselineScore | None:
    having = [(each, value) for each in cases if (value := getattr(each.case, name)) is not None]
    if not having:
        return None
    mape = fmean(abs(value / each.case.actual_usd - 1) for each, value in having)
    return BaselineScore(mape, fmean(abs(each.error) for each, _ in having), len(having))

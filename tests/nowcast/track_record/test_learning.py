from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.core import Quarter
from hashpivot.nowcast import PRIOR_CASES, Correction, Horizon, NowcastCase, Subject, learned_on
from hashpivot.nowcast.track_record._learning import WIDEST_OTHER

DAY = date(2025, 1, 1)
CASE = NowcastCase(
    "TEST",
    Quarter(2024, 3),
    Horizon.END,
    date(2024, 9, 30),
    Subject.MINING,
    "self_mining",
    "updates",
    100e6,
    90e6,
    110e6,
    100e6,
    date(2024, 11, 14),
    95e6,
    None,
    98e6,
    1,
    98e6,
)


def missed(times: float) -> NowcastCase:
    """A case whose outcome lay `times` half-intervals above the median."""
    return replace(CASE, actual_usd=100e6 * 1.1**times, toward_usd=100e6)


def many(case: NowcastCase, count: int) -> list[NowcastCase]:
    """Cases of as many companies."""
    return [replace(case, ticker=f"T{number}") for number in range(count)]


def correction(cases: Sequence[NowcastCase], level: str = "updates", age: int | None = 1) -> Correction:
    return learned_on(cases, DAY)(Subject.MINING, level, "self_mining", age)


def test_without_cases_a_measurement_is_trusted_and_a_guess_by_three_quarters() -> None:
    assert correction([]).weight == 1.0
    assert correction([], "network").weight == 0.75
    assert correction([]).factor == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize(("actual", "weight"), [(100e6, 1.0), (50e6, 0.0)])
def test_the_weight_goes_to_what_was_right(actual: float, weight: float) -> None:
    case = replace(CASE, level="network", actual_usd=actual, toward_usd=50e6)
    assert abs(correction([case] * 2000, "network").weight - weight) < 0.2
    assert abs(correction([case], "network").weight - 0.75) < 0.11


def test_the_median_lies_between_model_and_baseline_in_logarithms() -> None:
    half = Correction(weight=0.5)
    assert half.median(100e6, 25e6) == pytest.approx(50e6)
    assert half.median(100e6, None) == pytest.approx(100e6)
    draws = np.array([80e6, 100e6, 125e6])
    assert half.applied(draws, 25e6) == pytest.approx([40e6, 50e6, 62.5e6])
    assert Correction(factor=2.0).applied(draws, None) == pytest.approx([64e6, 100e6, 156.25e6])


def test_many_large_errors_widen_and_many_small_ones_narrow() -> None:
    assert correction(many(missed(2.0), 200)).factor == pytest.approx(2.0)
    assert correction(many(missed(0.5), 400)).factor == pytest.approx(0.5)
    assert correction(many(missed(9.0), 200)).factor == 2.5


def test_looks_at_one_quarter_count_as_one_case() -> None:
    assert correction([missed(2.0)] * 200).factor == pytest.approx(correction([missed(2.0)]).factor, abs=0.01)


def test_other_lines_are_hardly_widened() -> None:
    cases = [replace(case, subject=Subject.OTHER, line="hosting") for case in many(missed(9.0), 200)]
    assert learned_on(cases, DAY)(Subject.OTHER, "updates", "hosting", 1).factor == WIDEST_OTHER


def test_what_is_not_known_yet_does_not_count() -> None:
    assert correction(many(replace(missed(2.0), actual_known=DAY), 60)) == correction([])


def test_errors_of_reports_of_the_same_age_count_most() -> None:
    young = many(missed(0.5), 80)
    old = [replace(case, quarter=Quarter(2024, 2), quarters_since=3) for case in many(missed(2.0), 30)]
    assert correction([*young, *old], age=1).factor < correction([*young, *old], age=3).factor
    assert correction(old, age=None).factor == correction(old, age=7).factor == correction(old, age=3).factor


def test_errors_of_past_years_count_less() -> None:
    large = many(missed(2.0), 60)
    early = [replace(case, actual_known=date(2021, 11, 14)) for case in large]
    small = [replace(case, quarter=Quarter(2024, 2)) for case in many(missed(0.5), 60)]
    assert correction(small + early).factor < correction(small + large).factor


def test_a_few_cases_speak_softly() -> None:
    assert correction([missed(2.4)]).factor < 1.6 < correction(many(missed(2.4), 3 * PRIOR_CASES)).factor

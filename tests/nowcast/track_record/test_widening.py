from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hashpivot.core import Quarter
from hashpivot.nowcast import PRIOR_CASES, Horizon, NowcastCase, Subject, widening
from hashpivot.nowcast.track_record._widening import relative_error

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
)


def missed(times: float) -> NowcastCase:
    """A case whose outcome lay `times` half-intervals above the median."""
    return replace(CASE, actual_usd=100e6 * 1.1**times)


def test_without_cases_the_interval_stands_nearly_as_it_is() -> None:
    assert widening([], DAY) == pytest.approx(1.0, abs=0.2)


def test_an_error_counts_in_half_intervals_of_its_own_side() -> None:
    assert relative_error(missed(1.5)) == pytest.approx(1.5)
    assert relative_error(replace(CASE, actual_usd=90e6)) == pytest.approx(1.0)
    assert relative_error(CASE) == 0


def test_many_large_errors_widen_and_many_small_ones_narrow() -> None:
    assert widening([missed(2.0)] * 60, DAY) == pytest.approx(2.0)
    assert widening([missed(0.3)] * 200, DAY) == pytest.approx(0.3)


def test_what_is_not_known_yet_does_not_count() -> None:
    cases = [replace(missed(2.0), actual_known=DAY)] * 60
    assert widening(cases, DAY) == widening([], DAY)


def test_the_factor_would_have_held_the_share_asked_for() -> None:
    cases = [missed(0.002 * n) for n in range(1, 1001)]
    factor = widening(cases, DAY)
    held = sum(relative_error(case) <= factor for case in cases) / len(cases)
    assert held == pytest.approx(0.8, abs=0.01)
    assert widening([missed(9.0)] * 100, DAY) == 2.5


def test_a_few_cases_speak_softly() -> None:
    assert widening([missed(2.4)], DAY) < 1.6 < widening([missed(2.4)] * PRIOR_CASES, DAY)

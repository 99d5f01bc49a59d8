"""Verdicts at and around their thresholds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import Missing, not_in_ledger
from hashpivot.season import CHECKS, THRESHOLDS, Metric
from hashpivot.season.answers._execution import execution_verdict
from hashpivot.season.answers._growth import growth_verdict
from hashpivot.season.answers._profitability import profitability_verdict
from hashpivot.season.answers._revenue import revenue_verdict
from hashpivot.season.answers.base._thresholds import judge

NONE = not_in_ledger("nothing")


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        (0.5, "meaningful"),
        (0.10, "meaningful"),
        (0.0999, "emerging"),
        (0.02, "emerging"),
        (0.019, "trace"),
        (0, "none"),
        (NONE, "not_judged"),
    ],
)
def test_revenue(share: object, verdict: str) -> None:
    assert revenue_verdict(share) == verdict


@pytest.mark.parametrize(
    ("mining", "offset", "verdict"),
    [
        (5.0, NONE, "not_squeezed"),
        (-5.0, 1.0, "offset"),
        (-5.0, 0.99, "partly_offset"),
        (-5.0, 0.1, "not_offset"),
        (-5.0, -2.0, "not_offset"),
        (NONE, NONE, "not_judged"),
    ],
)
def test_profitability(mining: float | Missing, offset: float | Missing, verdict: str) -> None:
    assert profitability_verdict(Metric("m", mining), Metric("o", offset)) == verdict


@pytest.mark.parametrize(
    ("cover", "backlog", "verdict"),
    [
        (1.0, NONE, "transforming"),
        (0.25, NONE, "substantial"),
        (0.1, NONE, "modest"),
        (NONE, 0.5, "modest"),
        (NONE, NONE, "not_judged"),
    ],
)
def test_growth(cover: float | Missing, backlog: float | Missing, verdict: str) -> None:
    assert growth_verdict(Metric("c", cover), Metric("b", backlog)) == verdict


@pytest.mark.parametrize(
    ("cover", "verdict"), [(1.2, "transforming"), (0.3, "substantial"), (0.1, "not_judged")]
)
def test_a_lower_bound_of_growth_decides_only_what_it_reaches(cover: float, verdict: str) -> None:
    assert growth_verdict(Metric("c", cover, at_least=True), Metric("b", NONE)) == verdict


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        (["pass"] * 5, "steady"),
        (["pass"] * 4 + ["watch"], "watch"),
        (["pass"] * 3 + ["watch", "fail"], "strained"),
        (["fail"] * 4 + ["not_judged"] * 8, "not_judged"),
    ],
)
def test_execution(states: list[str], verdict: str) -> None:
    assert execution_verdict(states) == verdict


@given(st.floats(-1e6, 1e6))
def test_judge_is_monotone(value: float) -> None:
    for question in {t.question for t in THRESHOLDS}:
        ranks = [t.verdict for t in THRESHOLDS if t.question == question] + ["else"]
        assert ranks.index(judge(question, value + 1, "else")) <= ranks.index(judge(question, value, "else"))


@given(st.sampled_from(CHECKS), st.floats(-1e6, 1e6))
def test_checks_get_worse_in_their_direction(check, value: float) -> None:  # type: ignore[no-untyped-def]
    order = ["pass", "watch", "fail"]
    worse = value + 1 if check.rising else value - 1
    assert order.index(check.state(worse)) >= order.index(check.state(value))
    assert check.state(NONE) == "not_judged"

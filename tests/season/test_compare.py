from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot import Desk
from hashpivot.core import InvalidInput, Missing, Quarter
from hashpivot.season import (
    CHECKS,
    KEY_METRICS,
    LADDERS,
    MOVES,
    NOT_JUDGED,
    Comparison,
    Metric,
    Season,
    Standing,
    compare,
)
from hashpivot.season._compare import _since, move

QUARTERS = ("2023Q4", "2024Q4", "2025Q4")

questions = st.sampled_from(list(LADDERS))
verdicts = st.sampled_from(
    ["", NOT_JUDGED, "before_halving", *(word for ladder in LADDERS.values() for word in ladder)]
)


@pytest.fixture(scope="module")
def seasons(desk: Desk) -> list[Season]:
    return [desk.season(quarter) for quarter in QUARTERS]


@pytest.fixture(scope="module")
def compared(seasons: list[Season]) -> Comparison:
    return compare(seasons)


def test_every_company_of_any_quarter_once(compared: Comparison, seasons: list[Season]) -> None:
    tickers = [course.ticker for course in compared.companies]
    assert sorted(tickers) == sorted({c.ticker for season in seasons for c in season.companies})
    latest = [company.ticker for company in seasons[-1].companies]
    assert tickers[: len(latest)] == latest


def test_standings_are_the_seasons_own_answers(compared: Comparison, seasons: list[Season]) -> None:
    for course in compared.companies:
        for question, standings in course.answers.items():
            for standing, season in zip(standings, seasons, strict=True):
                held = {company.ticker: company for company in season.companies}
                assert standing.present == (course.ticker in held)
                if standing.present:
                    answer = held[course.ticker][question]
                    assert standing.verdict == answer.verdict
                    name = KEY_METRICS[question]
                    if name != "failing_checks":
                        assert standing.metric == next(m for m in answer.metrics if m.name == name)


def test_failing_checks_are_counted(compared: Comparison, seasons: list[Season]) -> None:
    numeric = {f"check_{check.metric}" for check in CHECKS}
    for course in compared.companies:
        for standing, season in zip(course.answers["execution"], seasons, strict=True):
            if not standing.present:
                continue
            states = [
                metric.value
                for metric in season[course.ticker]["execution"].metrics
                if metric.name in numeric and metric.value != NOT_JUDGED
            ]
            if states:
                assert standing.metric.value == sum(state == "fail" for state in states)
            else:
                assert isinstance(standing.metric.value, Missing)


def test_core_scientific_moves_up(compared: Comparison) -> None:
    """AI colocation: 8.5 of 94.9 million in 2024Q4, 31.3 of 79.8 in 2025Q4."""
    course = compared["CORZ"]
    first, second, third = course.answers["revenue"]
    assert isinstance(first.metric.value, Missing)
    assert (second.move, third.move) == ("not_comparable", "up")
    assert second.metric.value == pytest.approx(0.0898, abs=5e-4)
    assert third.change is not None
    assert third.change == pytest.approx(float(third.metric.value) - float(second.metric.value))  # type: ignore[arg-type]
    assert course.overall["revenue"] == "up"


def test_gone_and_new(compared: Comparison) -> None:
    left = [c for c in compared.companies if c.answers["revenue"][0].present]
    left = [c for c in left if not c.answers["revenue"][-1].present]
    assert left
    for course in left:
        assert course.answers["revenue"][-1].move == "gone" or course.answers["revenue"][-2].move == "gone"
        assert course.overall["revenue"] == "gone"
    came = [
        c for c in compared.companies if [s.present for s in c.answers["revenue"]] == [False, False, True]
    ]
    assert came and {course.overall["revenue"] for course in came} == {"new"}


def test_order_of_seasons_does_not_matter(seasons: list[Season], compared: Comparison) -> None:
    assert compare(seasons[::-1]).to_dict() == compared.to_dict()


def test_every_known_verdict_has_its_place(compared: Comparison) -> None:
    """A new verdict word must be put on its ladder, or here among those that cannot be compared."""
    for course in compared.companies:
        for question, standings in course.answers.items():
            known = {*LADDERS[question], NOT_JUDGED, "before_halving", ""}
            assert {standing.verdict for standing in standings} <= known


@pytest.mark.parametrize("count", [0, 1])
def test_needs_two(seasons: list[Season], count: int) -> None:
    with pytest.raises(InvalidInput, match="two or more"):
        compare(seasons[:count])


def test_needs_different_quarters(seasons: list[Season]) -> None:
    with pytest.raises(InvalidInput, match="different"):
        compare([seasons[0], seasons[1], seasons[0]])


@given(verdicts, verdicts, questions)
def test_moves_mirror_each_other(before: str, now: str, question: str) -> None:
    mirror = {"up": "down", "down": "up", "new": "gone", "gone": "new"}
    moved = move(before, now, question)
    assert moved in MOVES
    assert move(now, before, question) == mirror.get(moved, moved)


@given(questions, st.lists(st.integers(0, 3), min_size=2))
def test_steps_never_contradict_the_whole(question: str, rungs: list[int]) -> None:
    """Ups less downs, each by as many rungs as it goes, lead from the first verdict to the last."""
    ladder = LADDERS[question]
    words = [ladder[rung % len(ladder)] for rung in rungs]
    steps = [move(a, b, question) for a, b in pairwise(words)]
    assert set(steps) <= {"up", "down", "unchanged"}
    if "down" not in steps:
        assert move(words[0], words[-1], question) == ("up" if "up" in steps else "unchanged")


def test_json_has_stable_keys_and_moves_add_up(compared: Comparison) -> None:
    answer = json.loads(json.dumps(compared.to_dict(), allow_nan=False))
    assert list(answer) == ["quarters", "moves", "companies"]
    assert answer["quarters"] == list(QUARTERS)
    for question in LADDERS:
        assert sum(answer["moves"][question].values()) == len(answer["companies"])
        assert list(answer["moves"][question]) == list(MOVES)
    keys = ["quarter", "present", "verdict", "value", "move", "change", "crossing"]
    for company in answer["companies"]:
        assert list(company) == ["ticker", "name", "answers"]
        for question, found in company["answers"].items():
            assert list(found) == ["metric", "overall", "since", "crossing", "quarters"]
            assert found["metric"] == KEY_METRICS[question]
            for standing in found["quarters"]:
                assert list(standing) == keys
                assert standing["present"] or standing["verdict"] is standing["value"] is None


def _judged(verdict: str, value: float, name: str = "ai_chips_share") -> Standing:
    metric = Metric(name, value)
    return Standing(Quarter(2025, 1), verdict, metric, judged=metric)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (("meaningful", 0.108), ("emerging", 0.09), "10.8% to 9.0%, below the 10% threshold"),
        (("emerging", 0.09), ("meaningful", 0.10), "9.0% to 10.0%, above the 10% threshold"),
        (("trace", 0.01), ("meaningful", 0.5), "1.0% to 50.0%, above the 10% and 2% thresholds"),
        (("none", 0.0), ("trace", 0.005), "0.0% to 0.5%"),
        (("emerging", 0.03), ("emerging", 0.09), ""),
    ],
)
def test_a_move_over_a_threshold_is_told_with_both_values(
    before: tuple[str, float], now: tuple[str, float], words: str
) -> None:
    assert _since(_judged(*before), _judged(*now), "revenue").crossing == words


def test_verdicts_judged_by_different_metrics_are_not_compared() -> None:
    now = _since(
        _judged("meaningful", 0.67), _judged("emerging", 0.095, "ai_chips_recurring_share"), "revenue"
    )
    assert now.move == "not_comparable" and not now.crossing


def test_core_scientific_crosses_the_threshold(compared: Comparison) -> None:
    course = compared["CORZ"]
    assert course.crossings["revenue"] == "9.0% to 39.3%, above the 10% threshold"
    assert course.answers["revenue"][-1].crossing == course.crossings["revenue"]

"""What verdicts are judged on, in every season of the bundled figures."""

from __future__ import annotations

import pytest

from hashpivot import Desk
from hashpivot.core import Missing, Quarter, not_disclosed, not_in_ledger
from hashpivot.season import CHECKS, MINIMUM_INPUTS, NOT_JUDGED, Answer, Season
from hashpivot.season.answers.base._answer import not_judged_headline
from hashpivot.season.answers.base._inputs import Input, Inputs, inputs_of

LACKING = (not_in_ledger("one"), not_in_ledger("two"), not_disclosed("three"))


@pytest.fixture(scope="module")
def seasons(desk: Desk) -> list[Season]:
    view = desk.view
    quarters: set[Quarter] = {quarter for ticker in view.tickers() for quarter in view.quarters(ticker)}
    return [desk.season(quarter) for quarter in sorted(quarters)]


@pytest.fixture(scope="module")
def answers(seasons: list[Season]) -> list[Answer]:
    return [answer for season in seasons for company in season.companies for answer in company.answers]


def test_fewer_inputs_than_needed_give_no_verdict(answers: list[Answer]) -> None:
    assert len(answers) > 200
    for answer in answers:
        assert answer.inputs_held <= answer.inputs_total
        if answer.inputs_held < answer.inputs_needed:
            assert answer.verdict == NOT_JUDGED, answer.headline
        if answer.verdict == NOT_JUDGED:
            assert answer.headline.startswith("Not judged: "), answer.headline


def test_what_is_absent_and_what_is_held_are_all_inputs(answers: list[Answer]) -> None:
    for answer in answers:
        assert answer.inputs_held + len(answer.inputs.lacking) == answer.inputs_total
        assert set(answer.absent) == set(answer.inputs.lacking)
        assert len(set(answer.absent)) == len(answer.absent)
        assert bool(answer.grade) == (answer.inputs_held > 0) or answer.question == "execution"


def test_a_headline_says_not_disclosed_only_of_what_a_filing_does_not_disclose(answers: list[Answer]) -> None:
    for answer in answers:
        if "not disclosed" in answer.headline.lower():
            assert "not_disclosed" in {missing.code for missing in answer.absent}, answer.headline


def test_the_kinds_are_counted_apart() -> None:
    inputs = Inputs(held=2, needed=4, total=5, lacking=LACKING)
    assert not inputs.enough
    headline = not_judged_headline(inputs)
    assert headline == "Not judged: 2 of 5 inputs; 2 not in the ledger, 1 not disclosed."


def test_one_absence_behind_two_inputs_counts_twice_and_is_listed_once(desk: Desk) -> None:
    inputs = inputs_of(desk.view, "revenue", [Input(LACKING[0]), Input(LACKING[0])])
    assert inputs.lacking == LACKING[:1] * 2 and inputs.absent == LACKING[:1]
    assert inputs.words == "0 of 2 inputs; 2 not in the ledger" and not inputs.grade


def test_the_grade_is_the_worst_behind_the_verdict(desk: Desk) -> None:
    quarter = Quarter(2024, 4)
    figures = [desk.view.company_measure(ticker, quarter, "total_revenue") for ticker in ("RIOT", "CORZ")]
    known = [figure for figure in figures if not isinstance(figure, Missing)]
    grades = [inputs_of(desk.view, "revenue", [Input(1, (figure,))]).grade for figure in known]
    assert inputs_of(desk.view, "revenue", [Input(1, tuple(known))]).grade == max(grades)


def test_risk_disclosures_make_no_verdict(answers: list[Answer]) -> None:
    numeric = {f"check_{check.metric}" for check in CHECKS}
    for answer in answers:
        if answer.question != "execution":
            continue
        states = {m.value for m in answer.metrics if m.name in numeric} - {NOT_JUDGED}
        assert answer.inputs_held == sum(m.value != NOT_JUDGED for m in answer.metrics if m.name in numeric)
        worst = {"strained": "fail", "watch": "watch"}.get(answer.verdict)
        assert worst is None or worst in states


def test_every_question_has_its_minimum() -> None:
    assert {row.question for row in MINIMUM_INPUTS if not row.verdict} == {
        "revenue",
        "profitability",
        "growth",
        "execution",
    }
    assert all(
        (row.why and row.needed <= len(row.inputs)) or row.question == "execution" for row in MINIMUM_INPUTS
    )


def test_a_company_sums_up_what_its_answers_stand_on(seasons: list[Season]) -> None:
    for season in seasons:
        for company in season.companies:
            assert company.checks_total == len(CHECKS) and 0 <= company.checks_held <= company.checks_total
            assert company.grade == max(answer.grade for answer in company.answers)
            days = [figure.known for answer in company.answers for figure in answer.figures]
            assert company.newest is None or company.newest >= max(days, default=company.newest)

"""Reports to get: what each unlocks is what the season gains when the report is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot import Desk
from hashpivot.core import Absence, Company, Missing, Quarter
from hashpivot.coverage import NEEDS, REVENUE, VERDICT, Hole
from hashpivot.ledger import Figures, View
from hashpivot.season import CHECKS, NOT_JUDGED, Season, season

from .conftest import DAY, WINDOW, Number, holding

LAST = WINDOW[-1]
BASE = Quarter(2024, 1)
MEASURES_NEEDED = sorted({measure for need in NEEDS for measure, _ in need.terms})
ALL = [(measure, quarter) for measure in MEASURES_NEEDED for quarter in Quarter(2023, 1).through(WINDOW[-1])]
FIRST: Number = ("total_revenue", Quarter(2023, 1))
"""Held always, so that the company owes every quarter of the window."""


def by_fetch(holes: tuple[Hole, ...]) -> dict[str, Hole]:
    return {hole.fetch: hole for hole in holes}


def test_the_base_quarter_counts_for_each_later_quarter(cover) -> None:
    held = [(measure, quarter) for measure, quarter in ALL if quarter != BASE]
    without = [*held, FIRST, *((m, BASE) for m in MEASURES_NEEDED if m != "cost_of_revenue")]
    (hole,) = cover(holding(without)).holes
    assert hole.fetch == "TEST 10-Q 2024Q1" and hole.measures == ("cost_of_revenue",)
    offsets = [unlock for unlock in hole.unlocks if unlock.metric == "offset_ratio"]
    assert [unlock.quarter for unlock in offsets] == sorted(WINDOW[1:], reverse=True)
    assert all(unlock.alone and unlock.at_base for unlock in offsets)
    assert hole.count(verdicts=True, alone=True) == len(WINDOW) - 1


def test_an_operand_in_another_missing_report_makes_an_answer_need_both(cover) -> None:
    gone = {("revenue", LAST), ("cost_of_revenue", BASE)}
    holes = by_fetch(cover(holding([number for number in ALL if number not in gone])).holes)
    unlock = next(u for u in holes[f"TEST 10-Q {LAST}"].unlocks if u.metric == "offset_ratio")
    assert not unlock.alone
    share = next(u for u in holes[f"TEST 10-Q {LAST}"].unlocks if u.metric == "ai_chips_share")
    assert share.alone


def test_a_report_that_was_read_and_is_silent_is_not_to_be_got(cover) -> None:
    silent = [(m, q) for m, q in ALL if m not in ("impairment", "customer_concentration")]
    assert cover(holding(silent, read=True)).holes == ()
    assert cover(holding(silent, read=False)).holes


def test_a_report_that_is_not_due_is_not_to_be_got(cover) -> None:
    held = [(m, q) for m, q in ALL if q < LAST]
    due = LAST.end + timedelta(days=45)
    assert f"TEST 10-Q {LAST}" in by_fetch(cover(holding(held), day=due).holes)
    assert f"TEST 10-Q {LAST}" not in by_fetch(cover(holding(held), day=due - timedelta(days=1)).holes)


def test_reports_are_ranked_by_verdicts_then_metrics(cover) -> None:
    holes = cover(holding([FIRST, *((m, q) for m, q in ALL if q == BASE)])).holes
    counts = [
        (hole.count(verdicts=True, alone=True), hole.count(verdicts=False, alone=True)) for hole in holes
    ]
    assert counts == sorted(counts, reverse=True) and len(counts) >= len(WINDOW) - 1


def test_every_numeric_check_of_execution_but_that_of_targets_is_counted() -> None:
    counted = {need.metric for need in NEEDS if need.question == "execution"}
    assert {check.metric for check in CHECKS} - counted == {"targets_median_delay_days"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.sets(st.sampled_from(ALL)), read=st.booleans())
def test_what_a_report_unlocks_alone_the_season_has_once_it_is_there(cover, network, held, read) -> None:
    """And what the season says would end an absence is among the reports to get."""
    before = holding([FIRST, *held])
    holes = cover(before, [LAST]).holes
    needs = {missing.needs.partition(":")[0] for missing in absences(before, network)}
    needs = set(filter(names_a_report, needs))
    assert needs <= {str(hole.report) for hole in holes}
    for hole in holes[:2]:
        got = holding([FIRST, *held, *((measure, hole.report.quarter) for measure in hole.measures)])
        if not in_season(got):
            continue
        answers = season_of(got, network)["TEST"]
        for unlock in hole.unlocks:
            if unlock.alone and unlock.metric == VERDICT and unlock.question != "growth":
                assert answers[unlock.question].verdict != NOT_JUDGED, unlock
            elif unlock.alone and unlock.metric in answers[unlock.question]:
                value = answers[unlock.question][unlock.metric]
                assert not (isinstance(value, Missing) and value.code is Absence.NOT_IN_LEDGER) or (
                    not value.needs
                ), unlock
        assert hole.fetch not in by_fetch(cover(got, [LAST]).holes)


def in_season(figures: Figures) -> bool:
    return any(f.measure in REVENUE and f.quarter == LAST for f in figures.figures)


def season_of(figures: Figures, network) -> Season:
    view = View(figures, as_of=DAY, companies={"TEST": Company("TEST", "Test Mining Inc.")})
    return season(view, network, {"TEST": "Test"}, LAST)


def absences(figures: Figures, network) -> list[Missing]:
    """What the season's counted metrics lack that a report would give; none if it has no such company."""
    if not in_season(figures):
        return []
    answers = season_of(figures, network)["TEST"]
    values = [answers[n.question][n.metric] for n in NEEDS if n.metric in answers[n.question]]
    return [value for value in values if isinstance(value, Missing) and value.needs]


def names_a_report(text: str) -> bool:
    """`10-Q for 2024Q1 (FQ1 2024) of CORZ` does; `cash flow statement` only says which part of one."""
    return " for 20" in text


@pytest.mark.parametrize("quarter", ["2024Q4", "2025Q4"])
def test_what_would_end_an_absence_of_a_bundled_season_is_among_the_reports(desk: Desk, quarter: str) -> None:
    due = {str(hole.report) for hole in desk.coverage(quarters=[quarter]).holes}
    counted = {(need.question, need.metric) for need in NEEDS}
    for company in desk.season(quarter).companies:
        for answer in company.answers:
            for metric in answer.metrics:
                if (answer.question, metric.name) in counted and isinstance(metric.value, Missing):
                    report = metric.value.needs.partition(":")[0]
                    assert report in due or not names_a_report(report)

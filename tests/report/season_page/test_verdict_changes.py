from __future__ import annotations

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.report import SeasonReport
from hashpivot.report.season_page._member import Member
from hashpivot.report.season_page._verdict_changes import _values, verdict_changes
from hashpivot.report.shared import EvidenceList, pivot_of
from hashpivot.season import LADDERS, Metric, Season, season


def members(made: Season) -> dict[str, Member]:
    return {
        company.ticker: Member(company, pivot_of(company, made.view), EvidenceList(made.view), f"c{n}")
        for n, company in enumerate(made.companies, 1)
    }


def test_changes_are_those_of_the_two_seasons(
    reports: dict[str, SeasonReport], network: NetworkHistory
) -> None:
    now = reports["2024Q4"].season
    shown = verdict_changes(reports["2024Q4"], members(now))
    assert [since.title for since in shown] == [
        "Since 2024Q3, the quarter before",
        "Since 2023Q4, a year before",
    ]
    for since, quarter in zip(shown, ("2024Q3", "2023Q4"), strict=True):
        before = season(now.view, network, {}, Quarter.parse(quarter))
        verdicts = {(c.ticker, a.question): a.verdict for c in before.companies for a in c.answers}
        wanted = set()
        for company in now.companies:
            for answer in company.answers:
                ladder = LADDERS[answer.question]
                pair = (verdicts.get((company.ticker, answer.question), ""), answer.verdict)
                if all(verdict in ladder for verdict in pair) and pair[0] != pair[1]:
                    up = ladder.index(pair[1]) > ladder.index(pair[0])
                    wanted.add((company.ticker, answer.question, "up" if up else "down"))
        assert {(c.ticker, c.question, c.direction) for c in since.changes} == wanted
        assert f"{sum(c.direction == 'down' for c in since.changes)} down" in since.words


def test_an_earlier_season_that_cannot_be_made_is_named(hostile_report: SeasonReport) -> None:
    shown = verdict_changes(hostile_report, members(hostile_report.season))
    assert [since.words for since in shown] == [
        "It cannot be told: no company has figures in 2024Q3.",
        "It cannot be told: no company has figures in 2023Q4.",
    ]
    assert not any(since.changes for since in shown)


def test_a_move_names_both_numbers_and_the_threshold_between() -> None:
    share, cover = (lambda value: Metric("ai_chips_share", value)), (lambda value: Metric("x_ratio", value))
    assert _values("revenue", share(0.108), share(0.09)) == "10.8% to 9.0%, across 10%"
    assert _values("revenue", share(0.01), share(0.2)) == "1.0% to 20.0%, across 2% and 10%"
    assert _values("revenue", share(0.11), share(0.2)) == "11.0% to 20.0%"
    assert _values("growth", cover(0.2), cover(1.5)) == "0.20× to 1.50×, across 0.25× and 1×"
    assert _values("execution", Metric("failing_checks", "none"), Metric("failing_checks", 1)) == ""

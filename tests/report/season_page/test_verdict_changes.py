from __future__ import annotations

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.report import SeasonReport
from hashpivot.report.season_page._member import Member
from hashpivot.report.season_page._verdict_changes import verdict_changes
from hashpivot.report.shared import EvidenceList, pivot_of
from hashpivot.season import LADDERS, Comparison, Season, season


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


def test_a_move_names_both_numbers_and_the_threshold_between(reports: dict[str, SeasonReport]) -> None:
    """The words are the comparison's own, and lead to the figures of both quarters."""
    for report in reports.values():
        shown = verdict_changes(report, members(report.season))
        for since, comparison in zip(shown, report.earlier.values(), strict=True):
            for change in since.changes:
                assert isinstance(comparison, Comparison)
                standing = comparison[change.ticker].answers[change.question][-1]
                assert change.values == standing.crossing
                assert bool(change.refs) == bool(change.values)

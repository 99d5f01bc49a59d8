from __future__ import annotations

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.report import SeasonReport
from hashpivot.report.season_page._verdict_changes import verdict_changes
from hashpivot.season import LADDERS, Season, season


def anchors(made: Season) -> dict[str, str]:
    return {company.ticker: f"c{n}" for n, company in enumerate(made.companies, 1)}


def test_changes_are_those_of_the_two_seasons(
    reports: dict[str, SeasonReport], network: NetworkHistory
) -> None:
    now = reports["2024Q4"].season
    shown = verdict_changes(reports["2024Q4"], anchors(now))
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
    shown = verdict_changes(hostile_report, anchors(hostile_report.season))
    assert [since.words for since in shown] == [
        "It cannot be told: no company has figures in 2024Q3.",
        "It cannot be told: no company has figures in 2023Q4.",
    ]
    assert not any(since.changes for since in shown)

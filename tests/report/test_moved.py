from __future__ import annotations

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.report.page._moved import moved
from hashpivot.season import LADDERS, Season
from hashpivot.season import season as make_season


def anchors(season: Season) -> dict[str, str]:
    return {company.ticker: f"c{n}" for n, company in enumerate(season.companies, 1)}


def test_moves_are_those_of_the_two_seasons(seasons: dict[str, Season], network: NetworkHistory) -> None:
    season = seasons["2024Q4"]
    told = moved(season, anchors(season))
    assert [one.title for one in told] == ["Since 2024Q3, the quarter before", "Since 2023Q4, a year before"]
    for one, quarter in zip(told, ("2024Q3", "2023Q4"), strict=True):
        before = make_season(season.view, network, {}, Quarter.parse(quarter))
        verdicts = {(c.ticker, a.question): a.verdict for c in before.companies for a in c.answers}
        wanted = set()
        for company in season.companies:
            for answer in company.answers:
                ladder = LADDERS[answer.question]
                pair = (verdicts.get((company.ticker, answer.question), ""), answer.verdict)
                if all(verdict in ladder for verdict in pair) and pair[0] != pair[1]:
                    up = ladder.index(pair[1]) > ladder.index(pair[0])
                    wanted.add((company.ticker, answer.question, "up" if up else "down"))
        assert {(m.ticker, m.question, m.direction) for m in one.moves} == wanted
        assert f"{sum(m.direction == 'down' for m in one.moves)} down" in one.words


def test_an_earlier_season_that_cannot_be_made_is_named(hostile: Season) -> None:
    told = moved(hostile, anchors(hostile))
    assert [one.words for one in told] == [
        "It cannot be told: no company has figures in 2024Q3.",
        "It cannot be told: no company has figures in 2023Q4.",
    ]
    assert not any(one.moves for one in told)

from __future__ import annotations

from collections import Counter

from hashpivot.report import SeasonReport
from hashpivot.report.season_page._season_page import season_page
from hashpivot.report.shared._season_summary import _offsets, summary
from hashpivot.report.shared._verdict_words import meanings
from hashpivot.season import THRESHOLDS, Season


def test_summary_counts_the_verdicts(seasons: dict[str, Season]) -> None:
    for quarter, season in seasons.items():
        counts = Counter(company["revenue"].verdict for company in season.companies)
        told = len(season.companies) - counts["not_judged"]
        text = summary(season)
        assert f"to {counts['meaningful']} of the {told} companies that disclose it for {quarter}" in text
        assert (f"({counts['not_judged']} more do not)" in text) == (counts["not_judged"] > 0)


def test_summary_of_the_offset() -> None:
    words = ["offset", "partly_offset", "not_offset", "not_offset", "not_squeezed", "not_judged"]
    assert "at 1 and partly at 1 of 4" in _offsets(words) and _offsets(words).endswith("at 1")
    assert "cannot be told" in _offsets(["not_judged", "before_halving"])


def test_every_verdict_given_is_explained(seasons: dict[str, Season]) -> None:
    explained = {(meaning.question, meaning.verdict) for meaning in meanings()}
    given = {(a.question, a.verdict) for s in seasons.values() for c in s.companies for a in c.answers}
    assert given <= explained
    assert {(t.question, t.verdict) for t in THRESHOLDS} <= explained


def test_sources_are_listed_once_with_grade_and_day(reports: dict[str, SeasonReport]) -> None:
    page = season_page(reports["2024Q4"])
    assert {source.grade for source in page.sources} <= set(page.grades)
    assert len(page.sources) == len({key for view in page.companies for key in view.sources})
    assert max(source.known for source in page.sources) in page.as_of

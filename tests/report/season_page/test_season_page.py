from __future__ import annotations

from collections import Counter

from hashpivot.core import Quarter
from hashpivot.report import SeasonReport
from hashpivot.report.season_page._season_page import season_page
from hashpivot.report.shared import count_words, newer_words, plain, season_message
from hashpivot.report.shared._verdict_words import meanings
from hashpivot.season import NOT_JUDGED, THRESHOLDS, QuarterCounts, Season


def test_the_title_counts_the_verdicts(seasons: dict[str, Season]) -> None:
    for season in seasons.values():
        counts = Counter(company["revenue"].verdict for company in season.companies)
        known = len(season.companies) - counts[NOT_JUDGED]
        title = season_message(season).title
        if counts["meaningful"] == known:
            assert f"at all {count_words(known)}" in title or "at the one" in title
        elif counts["meaningful"]:
            assert f"at {count_words(counts['meaningful'])} of {count_words(known)} miners" in title
        assert len(title) < 150 and not title.endswith(".")


def test_the_caveat_says_how_much_is_known(seasons: dict[str, Season]) -> None:
    for season in seasons.values():
        judged = sum(company["revenue"].verdict != NOT_JUDGED for company in season.companies)
        if judged < len(season.companies):
            words = plain(season_message(season).caveat)
            assert f"{count_words(judged)} of {count_words(len(season.companies))} companies" in words


def test_every_sentence_is_one(seasons: dict[str, Season]) -> None:
    for season in seasons.values():
        for sentence in season_message(season).findings:
            words = plain(sentence)
            assert words.endswith(".") and words[0].isupper() and "None" not in words


def test_every_verdict_given_is_explained(seasons: dict[str, Season]) -> None:
    explained = {(meaning.question, meaning.verdict) for meaning in meanings()}
    given = {(a.question, a.verdict) for s in seasons.values() for c in s.companies for a in c.answers}
    assert given <= explained
    assert {(t.question, t.verdict) for t in THRESHOLDS} <= explained


def test_sources_are_listed_once_with_grade_and_day(reports: dict[str, SeasonReport]) -> None:
    head, page = season_page(reports["2024Q4"])
    assert {source.grade for source in page.sources} <= set(page.grades)
    assert len(page.sources) == len({key for view in page.companies for key in view.sources})
    assert max(source.known for source in page.sources) in " ".join(head.meta)


def test_newer_seasons_are_named_and_begun_quarters_counted() -> None:
    counts = [QuarterCounts(Quarter.parse(q), n, m) for q, n, m in (("2025Q4", 12, 7), ("2026Q2", 6, 4))]
    assert newer_words(counts) == (
        "Newer season: 2025Q4. So far: 2026Q2 with total revenue of six companies, some of it by line of four"
    )
    begun = QuarterCounts(Quarter.parse("2026Q3"), 1, 0)
    assert newer_words([begun]) == "Newer, so far: 2026Q3 with total revenue of one company, by line of none"
    assert newer_words([]) == ""

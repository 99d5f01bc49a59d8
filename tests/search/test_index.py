"""What people type finds what they mean, and no text is an error."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hashpivot.core import Line
from hashpivot.desk import Desk
from hashpivot.search import HitKind, SearchIndex
from hashpivot.testing import bundled_desk

QUICK = 1.0  # seconds of this process


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    desk = bundled_desk()
    return SearchIndex(desk.view, desk.companies)


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("corz", HitKind.COMPANY, "CORZ"),
        ("Core Scientific", HitKind.COMPANY, "CORZ"),
        ("Core Scentific", HitKind.COMPANY, "CORZ"),
        ("1839341", HitKind.COMPANY, "CORZ"),
        ("CORZ AI colocation", HitKind.LINE, "CORZ/ai_colocation"),
        ("CORZ ai colocation 2024Q4", HitKind.FIGURE, "CORZ/2024Q4/revenue/ai_colocation"),
        ("core scentific colocation revenue Q4 2024", HitKind.FIGURE, "CORZ/2024Q4/revenue/ai_colocation"),
        ("CORZ/2024Q4/revenue/ai_colocation", HitKind.FIGURE, "CORZ/2024Q4/revenue/ai_colocation"),
        ("CORZ/2024Q4/revenue/ai_colocation@12345678", HitKind.FIGURE, "CORZ/2024Q4/revenue/ai_colocation"),
        ("clsk FQ1 2025 total revenue", HitKind.FIGURE, "CLSK/2024Q4/total_revenue/total"),
        ("riot capex 2025-06-30", HitKind.FIGURE, "RIOT/2025-01-01..2025-06-30/capital_expenditure/total"),
        ("corz $8.521m 2024q4 colo", HitKind.FIGURE, "CORZ/2024Q4/revenue/ai_colocation"),
        ("corz 8,521,000", HitKind.FIGURE, "CORZ/2024Q4/revenue/ai_colocation"),
        ("five sites corewea", HitKind.CONTRACT, "CORZ/2026-04-21/CoreWeave (five sites)"),
    ],
)
def test_it_finds(index: SearchIndex, text: str, kind: HitKind, key: str) -> None:
    hits = index.find(text, 3).hits[kind]
    assert key in [hit.key for hit in hits], hits


def test_sentences_and_sources_are_found(index: SearchIndex) -> None:
    riot = index.find("RIOT hash rate target", 5).hits[HitKind.TARGET]
    assert riot and all(hit.ticker == "RIOT" and hit.title.startswith("Hash rate") for hit in riot)
    flags = index.find("EU AI Act", 5).hits[HitKind.RISK]
    assert flags and all("EU AI Act" in hit.text for hit in flags)
    source = index.find("0001558370-24-010495", 5).hits[HitKind.SOURCE][0]
    assert source.title == "RIOT 10-Q 2024-06-30"
    assert index.find("10Q riot 2024-06-30", 5).hits[HitKind.SOURCE][0].title == source.title


def test_the_whole_name_of_a_company_is_told_from_a_word_of_it(index: SearchIndex) -> None:
    assert [index.find(text, 1).company for text in ("riot", "Core Scientific", "1839341")] == [
        "RIOT",
        "CORZ",
        "CORZ",
    ]
    assert [index.find(text, 1).company for text in ("bitcoin", "core", "CORZ revenue", "crz")] == [""] * 4


def test_a_slip_is_mended_and_said(index: SearchIndex) -> None:
    found = index.find("scentific hosting", 1)
    assert (found.mended, found.words, found.every) == (True, ("scientific", "hosting"), True)
    assert not index.find("scientif hosting", 1).mended


def test_words_that_stand_nowhere_together_are_said(index: SearchIndex) -> None:
    found = index.find("coreweave zzzzzz", 1)
    assert not found.every and found.hits[HitKind.CONTRACT]
    assert index.find("zzzzzz", 1).hits == {}


def test_a_figure_is_found_once_with_the_value_the_ledger_answers_with(index: SearchIndex) -> None:
    view = bundled_desk().view
    for ticker in ("CORZ", "IREN", "RIOT"):
        hits = index.find(ticker, 10_000).hits[HitKind.FIGURE]
        addresses = [hit.figure.address for hit in hits if hit.figure]
        assert len(addresses) == len(set(addresses)) == len(hits)
        assert {figure.address for figure in (*view.figures(ticker), *view.lines(ticker))} == set(addresses)
        for hit in hits:
            assert hit.figure and view.figure(hit.key).value == hit.figure.value, hit.key


def test_only_what_was_known_is_found() -> None:
    desk = bundled_desk(date(2025, 3, 10))
    found = desk.search("CORZ", limit=200)
    assert found.count and all(hit.day is None or hit.day <= date(2025, 3, 10) for hit in found)


def test_limits_and_counts(index: SearchIndex) -> None:
    found = index.find("corz", 2)
    assert len(found.hits[HitKind.FIGURE]) == 2 < found.counts[HitKind.FIGURE]
    assert list(found.hits) == [kind for kind in HitKind if kind in found.hits]
    lines = index.find("corz hosting", 9).hits[HitKind.LINE]
    assert f"{Line.HOSTING.heading} of CORZ" in [hit.title for hit in lines]


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=60), st.text('"*:^()-+{} ANDORNOTEAcorz0.8\x00\ud7ff', max_size=40)))
@example('"')
@example("NEAR(")
@example("corz AND")
@example("\x00")
@example("named:corz")
@example("ª º ² ⅷ")
@example("corz " * 3000)
def test_no_text_is_an_error(index: SearchIndex, text: str) -> None:
    found = index.find(text, 3)
    assert sum(map(len, found.hits.values())) <= sum(found.counts.values())


def test_the_index_is_made_at_once() -> None:
    desk = Desk.open()
    start = time.process_time()
    SearchIndex(desk.view, desk.companies)
    assert time.process_time() - start < QUICK

from __future__ import annotations

import pytest

from hashpivot.core import Companies, MatchedBy, search_companies

COMPANIES = Companies.load()


@pytest.mark.parametrize(
    ("text", "ticker", "by"),
    [
        ("riot", "RIOT", MatchedBy.TICKER),
        ("CIK0001507605", "MARA", MatchedBy.CIK),
        ("1507605", "MARA", MatchedBy.CIK),
        ("core scientific", "CORZ", MatchedBy.NAME),
        ("Clean Spark", "CLSK", MatchedBy.NAME),
        ("Core Scientific, Inc.", "CORZ", MatchedBy.NAME),
        ("Iris Energy", "IREN", MatchedBy.EARLIER_NAME),
        ("Marathon", "MARA", MatchedBy.PART_OF_NAME),
        ("Core Sci", "CORZ", MatchedBy.PART_OF_NAME),
        ("Riot Platforms's", "RIOT", MatchedBy.NAME),
    ],
)
def test_what_can_mean_one_company_is_certain(text: str, ticker: str, by: MatchedBy) -> None:
    first = search_companies(COMPANIES, text)[0]
    assert (first.company.ticker, first.by, first.certain) == (ticker, by, True)


@pytest.mark.parametrize(
    ("text", "ticker"),
    [("Core Scentific", "CORZ"), ("CROZ", "CORZ"), ("Terra Wulf", "WULF"), ("Bit Digitial", "BTBT")],
)
def test_a_slip_is_near_and_never_certain(text: str, ticker: str) -> None:
    matches = search_companies(COMPANIES, text)
    assert ticker in [match.company.ticker for match in matches]
    assert not any(match.certain for match in matches)


@pytest.mark.parametrize(
    "text", ["Nvidia", "Riot Games", "Coinbase", "Core Scientific net income", "", "  ", "?!"]
)
def test_another_company_is_none(text: str) -> None:
    assert search_companies(COMPANIES, text) == ()


def test_a_word_of_several_names_is_certain_of_none() -> None:
    matches = search_companies(COMPANIES, "digital")
    assert len(matches) > 3
    assert not any(match.certain for match in matches)


@pytest.mark.parametrize("text", ["bitcoin", "infrastructure", "mining", "MARA hold"])
def test_a_word_of_the_trade_is_certain_of_none(text: str) -> None:
    assert not any(match.certain for match in search_companies(COMPANIES, text))


def test_every_company_is_found_by_all_its_names() -> None:
    for ticker, company in COMPANIES.items():
        for text in (ticker, company.name, *company.earlier_names, company.cik):
            if text:
                first = search_companies(COMPANIES, text)[0]
                assert (first.company.ticker, first.certain) == (ticker, True), text


def test_a_match_says_what_matched() -> None:
    assert search_companies(COMPANIES, "Iris Energy")[0].to_dict() == {
        "ticker": "IREN",
        "name": "IREN Limited",
        "matched_by": "earlier_name",
        "matched": "Iris Energy Limited",
        "certain": True,
    }

"""The page of a search: each hit leads to where it stands, and is there."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("core scentific", "/company/CORZ", "Core Scientific"),
        ("corz ai colocation", "/company/CORZ#lines-title", ""),
        ("corz ai colocation 2024Q4", "/figure/CORZ/2024Q4/revenue/ai_colocation", "$8,521,000"),
        ("coreweave five sites", "/company/CORZ#contracts-title", "CoreWeave (five sites)"),
        ("riot hash rate target", "/company/RIOT#targets-title", ""),
        ("0001558370-24-010495", "/sources?filter=RIOT+10-Q+2024-06-30", "0001558370-24-010495"),
    ],
)
def test_a_hit_leads_to_where_it_stands(client: TestClient, text: str, path: str, words: str) -> None:
    page = unescape(client.get("/search", params={"q": text}).text)
    assert f'href="{path}"' in page
    address, _, part = path.partition("#")
    there = unescape(client.get(address).text)
    assert words in there and (not part or f'id="{part}"' in there)


def test_the_day_goes_with_the_hits_and_limits_them(client: TestClient) -> None:
    page = client.get("/search?q=corz+hosting&as_of=2025-03-10").text
    leads = [unescape(to) for to in re.findall(r'href="(/figure/[^"]+)"', page)]
    assert leads and all(to.endswith("?as_of=2025-03-10") for to in leads)
    assert not re.findall(r"2025Q[2-4]|2026Q", page.partition("<main>")[2])


def test_all_of_a_kind_are_one_link_away(client: TestClient) -> None:
    page = unescape(client.get("/search?q=corz").text)
    (more,) = set(re.findall(r'<a href="(/search[?][^"]+limit=100)">10 of', page))
    assert client.get(more).text.count('<tr><th scope="row">') > 50


def test_without_words_it_says_what_to_type_and_without_hits_what_to_do(client: TestClient) -> None:
    assert "/search?q=CoreWeave" in client.get("/search").text
    page = client.get("/search?q=zzzzzz").text
    assert "Nothing has zzzzzz" in page and "hashpivot fetch" in page

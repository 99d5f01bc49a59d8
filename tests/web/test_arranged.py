"""A table stands as its address asks, without a script: sorted, filtered, for some companies alone."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from hashpivot.testing import bundled_desk
from hashpivot.web._arranged import _number, arranged

NUMBERS = {
    "$142.6m": 142.6e6,
    "\u2212$1.2bn": -1.2e9,
    "$0.012m": 0.012e6,
    "+11.2%": 11.2,
    "\u221236.6%": -36.6,
    "\u22654.52\u00d7": 4.52,
    "8 of 9": 8,
    "1,234": 1234,
    "77.1% 70% recurring": 77.1,
    "2026-05-15": None,
    "2026Q1": None,
    "meaningful": None,
    "A 2026-05-15": None,
}


def rows(page: str) -> list[str]:
    """Tickers of the league, in order."""
    table = page.partition('class="league')[2].partition("</table>")[0]
    return re.findall(r'<tr><th scope="row"><a [^>]*>([A-Z]+)<', table)


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers_are_read_with_sign_and_magnitude(text: str, number: float | None) -> None:
    assert _number(text) == pytest.approx(number) if number is not None else _number(text) is None


def test_the_league_is_sorted_by_a_column_both_ways(client: TestClient) -> None:
    revenue = {c.ticker: float(c.revenue.value) for c in bundled_desk().season("2026Q1").companies}
    down = rows(client.get("/season/2026Q1?sort=revenue&order=desc").text)
    assert down == sorted(revenue, key=lambda ticker: -revenue[ticker])
    up = rows(client.get("/season/2026Q1?sort=revenue").text)
    assert up == down[::-1]
    assert rows(client.get("/season/2026Q1?sort=company").text) == sorted(revenue)


def test_what_is_absent_comes_last_either_way(client: TestClient) -> None:
    for order in ("asc", "desc"):
        assert rows(client.get(f"/season/2026Q1?sort=offset&order={order}").text)[0] == "BTBT"


def test_a_filter_keeps_the_rows_with_its_words(client: TestClient) -> None:
    page = client.get("/sources?filter=riot+10-q").text
    table = page.partition('class="cards sortable')[2].partition("</table>")[0]
    held = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)
    assert held and all("RIOT" in row and "10-Q" in row for row in held)
    assert f"{len(held)} of {len(bundled_desk().view.sources)} rows" in page
    assert "0 of " in client.get("/sources?filter=zzzzzz").text


def test_heads_link_to_the_order_they_give_and_keep_what_else_is_asked(client: TestClient) -> None:
    page = unescape(client.get("/season/2026Q1?sort=revenue&order=desc&as_of=2026-09-01&filter=co").text)
    assert 'aria-sort="descending"><a class="sort" href="/season/2026Q1?' in page
    link = re.search(r'data-c="revenue"[^>]*><a class="sort" href="([^"]+)"', page)
    assert link and {"sort=revenue", "order=asc", "as_of=2026-09-01", "filter=co"} <= set(
        link[1].partition("?")[2].split("&")
    )
    assert page.count("aria-sort") == 1
    assert '<input type="hidden" name="as_of" value="2026-09-01">' in page


def test_mistakes_are_told(client: TestClient) -> None:
    for query, words in {
        "sort=revenu": "did you mean revenue",
        "sort=revenue&order=up": "asc or desc",
        "sort=a&sort=b": "twice",
    }.items():
        response = client.get(f"/season?{query}")
        assert response.status_code == 400 and words in unescape(response.text).lower()
    assert client.get("/season.json?sort=revenue").status_code == 400  # a twin has the order of the answer


def test_a_page_without_such_a_table_is_left_alone() -> None:
    html = "<table class='other'><thead><tr><th>x</th></tr></thead><tbody></tbody></table>"
    assert arranged(html, {}, lambda _other: "", "/") == html


def test_only_the_companies_that_are_watched(client: TestClient) -> None:
    page = client.get("/season/2026Q1?watch=RIOT,corz").text
    assert set(rows(page)) == {"CORZ", "RIOT"} and "Only RIOT, corz." in page
    assert 'href="/season/2026Q1">All companies' in page
    assert "2 chosen companies" in page and "Not in this ledger" not in page
    assert 'href="/season/2025Q4?watch=RIOT%2Ccorz"' in page
    season = bundled_desk().season("2026Q1", ["RIOT", "CORZ"])
    assert client.get("/season/2026Q1.json?watch=RIOT,CORZ").json() == season.to_dict()
    for path in ("/coverage", "/nowcast"):
        companies = client.get(f"{path}.json?watch=RIOT,CORZ").json()["companies"]
        assert {company["ticker"] for company in companies} == {"CORZ", "RIOT"}
    assert client.get("/season/2026Q1?watch=CROZ").status_code == 404
    assert client.get("/season/2026Q1?watch=CLSK,SDIG").status_code == 200
    assert client.get("/season/2026Q1?watch=SDIG").status_code == 404


def test_the_bar_leads_to_a_company_or_to_what_is_found(client: TestClient) -> None:
    for typed in ("corz", "Core Scientific", "1839341"):
        answer = client.get("/find", params={"q": typed, "as_of": "2025-03-01"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/company/CORZ?as_of=2025-03-01")
    for typed in ("core", "corz revenue", '"); DROP', "*"):
        where = client.get("/find", params={"q": typed}).headers["location"]
        assert where.startswith("/search?q=") and client.get(where).status_code == 200
    assert client.get("/find?q=").headers["location"] == "/search"

"""Every view renders, is small, keeps its policy, and its twins are what the desk says."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from hashpivot import Desk
from hashpivot.core import json_text
from hashpivot.testing import bundled_desk
from hashpivot.web import WEB_VIEWS

LARGEST = 400_000
FIRST_BYTE = 0.15
PAGES = {
    "season": ["/season", "/season/2026Q1", "/season/2024Q4?as_of=2025-03-10", "/season?quarter=2023Q2"],
    "season-company": ["/season/2026Q1/CORZ", "/season/2024Q4/RIOT?as_of=2025-06-01"],
    "company": [
        "/company/CORZ",
        "/company/riot?quarters=13",
        "/company/1839341?as_of=2025-03-01",
        "/company/Core%20Scientific%2C%20Inc.",
    ],
    "compare": ["/compare", "/compare?from=2024Q4&to=2025Q4"],
    "coverage": [
        "/coverage",
        "/coverage?ticker=CORZ&ticker=MARA&quarters=2024Q1..2026Q2",
        "/coverage?ticker=",
    ],
    "nowcast": ["/nowcast", "/nowcast?quarter=2024Q4&ticker=RIOT&as_of=2025-01-31"],
    "outlooks": ["/outlook"],
    "outlook": ["/outlook/CORZ?quarters=4&paths=500&scenario=ai_tenant_late&beside=base&more=bridge"],
    "sites": ["/site"],
    "site": ["/site/west_texas"],
    "halving": ["/halving", "/halving?number=3"],
    "search": ["/search", "/search?q=core+scientific", "/search?q=hash+rate&limit=100"],
    "start": ["/", "/?since=2026-08-20T10:30", "/start?since=2026-05-01"],
    "changes": ["/changes", "/changes?since=2026-05-01", "/changes?since=2030-01-01T00:00"],
    "sources": ["/sources"],
    "health": ["/health"],
    "figure": [
        "/figure/CORZ/2024Q4/revenue/ai_colocation",
        "/figure/RIOT/2024Q4/revenue/self_mining?beside=RIOT/2024Q4/total_revenue/total&as_of=2025-06-01",
    ],
}
WORK = {"/find", "/nowcast/track-record", "/site/west_texas/plan", "/site/west_texas/backtest"}
"""What is no page alone, and what begins a job."""
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return bundled_desk()


def test_every_view_is_asked_here() -> None:
    assert {view.name for view in WEB_VIEWS} == PAGES.keys() | {
        "track-record",
        "job",
        "site-plan",
        "site-backtest",
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_small_and_inert(client: TestClient, address: str) -> None:
    response = client.get(address)
    page = response.text
    assert response.status_code == 200 and response.headers["content-type"] == "text/html; charset=utf-8"
    assert len(response.content) < LARGEST
    assert page.startswith("<!DOCTYPE html>") and page.count("<h1>") == 1 and page.count("<main>") == 1
    assert not re.search(r"<script(?! src=.?/static/)|<style|\sstyle=|\son\w+=|javascript:", page)
    assert "default-src 'none'" in response.headers["content-security-policy"]


def some_of_each_kind(links: set[str], count: int = 2) -> Iterator[str]:
    """The first links of each kind of page, asked with the same parameters."""
    taken: Counter[tuple[str, ...]] = Counter()
    for link in sorted(links):
        parts = urlsplit(link)
        kind = (parts.path.split("/")[1], str(parts.path.count("/")), *sorted(parse_qs(parts.query)))
        taken[kind] += 1
        if taken[kind] <= count:
            yield link


@pytest.fixture(scope="module")
def followed() -> set[str]:
    """What links that lead somewhere are told apart by, found on any page."""
    return set()


def told_apart(link: str) -> str:
    """The link; without its values where a page of all companies is made anew for each."""
    path, _, query = link.partition("?")
    return f"{path}?{sorted(parse_qs(query))}" if path == "/outlook" else link


@pytest.mark.parametrize("address", ADDRESSES)
def test_links_of_a_page_lead_somewhere(client: TestClient, followed: set[str], address: str) -> None:
    page = client.get(address).text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    inside = set(re.findall(r'href="#([^"]+)"', page))
    assert inside <= set(ids)
    read = re.sub(r'<form[^>]* method="post"[^>]*>', "", page)
    asked = {unescape(a).partition("#")[0] for a in re.findall(r'(?:href|action)="(/[^"]*)"', read)}
    for link in some_of_each_kind(asked - WORK):
        if told_apart(link) in followed:
            continue
        answer = client.get(link)
        assert answer.status_code == 200 or "/nowcast" in link, link
        followed.add(told_apart(link))


def test_a_link_of_the_season_leads_to_the_part_of_a_company(client: TestClient) -> None:
    page = client.get("/season/2026Q1").text
    targets = {unescape(a) for a in re.findall(r'href="(/season/2026Q1/[A-Z]+#[^"]+)"', page)}
    assert len(targets) > 30
    for target in targets:
        path, _, name = target.partition("#")
        assert f' id="{name}"' in client.get(path).text, target


@pytest.mark.parametrize(
    "address",
    [
        "/season/2026Q1",
        "/season/2024Q4/RIOT?as_of=2025-06-01",
        "/company/CORZ",
        "/compare",
        "/nowcast?quarter=2026Q1",
    ],
)
def test_a_number_leads_to_its_trace(client: TestClient, address: str) -> None:
    page = client.get(address).text
    numbers = re.findall(r'<a class="num[^"]*" href="([^"]+)"[^>]*>([^<]+)<', page)
    traces = {unescape(to): text for to, text in numbers if to.startswith("/figure/")}
    assert len(traces) > 15 and not re.search(r'class="num[^"]*" href="#(?:e|c\d+)-\d', page)
    for to in random.Random(4).sample(sorted(traces), 8):
        assert ("as_of" in to) == ("as_of" in address)
        answer = client.get(to)
        assert answer.status_code == 200, to


def test_an_id_of_old_says_what_became_of_it(client: TestClient) -> None:
    address = "/figure/CORZ/2024Q4/total_revenue/total"
    page = client.get(f"{address}@00000000").text
    assert "Nothing gives the figure asked for any more" in page
    (today,) = re.findall(r'Today’s answer: .*?href="([^"]+)"', page)
    assert today.startswith(f"{address}@") and client.get(today).status_code == 200
    assert client.get(f"{address}@00000000.json").json()["succession"]["asked"].endswith("@00000000")


def test_the_trace_of_a_single_figure_has_the_number_that_led_to_it(client: TestClient) -> None:
    page = client.get("/company/CORZ").text
    alone = dict(
        re.findall(r'<a class="num[^"]*" href="(/figure/[^"?]*revenue[^"?]+)"[^>]*>([0-9.]+)<', page)
    )
    for to, millions in random.Random(5).sample(sorted(alone.items()), 5):
        (dollars,) = re.findall(r"<h1>\$([0-9,]+)</h1>", client.get(unescape(to)).text)
        assert abs(float(dollars.replace(",", "")) / 1e6 - float(millions)) <= 0.051, to


def test_the_day_goes_from_page_to_page(client: TestClient) -> None:
    page = unescape(client.get("/season/2024Q4?as_of=2025-03-10").text)
    assert re.search(r'href="/season/2024Q4/[A-Z]+[?]as_of=2025-03-10#', page)
    assert 'href="/coverage?as_of=2025-03-10"' in page and 'href="/halving"' in page
    assert "as known on 2025-03-10" in page and 'value="2025-03-10"' in page


def test_json_twins_are_what_the_desk_says(client: TestClient, desk: Desk) -> None:
    dated = bundled_desk(date(2025, 3, 10))
    for address, answer in {
        "/season.json": desk.season(),
        "/season/2026Q1.json": desk.season("2026Q1"),
        "/season/2024Q4.json?as_of=2025-03-10": dated.season("2024Q4"),
        "/company/CORZ.json": desk.company("CORZ"),
        "/company/CORZ.json?quarters=4": desk.company("CORZ", quarters=4),
        "/compare.json?from=2024Q4&to=2025Q4": desk.compare(["2024Q4", "2025Q4"]),
        "/coverage.json?ticker=CORZ": desk.coverage(["CORZ"]),
        "/nowcast.json?quarter=2024Q4&ticker=RIOT&as_of=2025-01-31": desk.nowcast(
            "2024Q4", ["RIOT"], date(2025, 1, 31)
        ),
        "/halving.json?number=3": desk.halving(3),
    }.items():
        response = client.get(address)
        assert response.headers["content-type"] == "application/json"
        assert response.text == json_text(answer.to_dict()) + "\n", address


def test_a_company_in_a_season_is_the_entry_of_the_season(client: TestClient, desk: Desk) -> None:
    entries = {entry["ticker"]: entry for entry in desk.season("2026Q1").to_dict()["companies"]}
    assert client.get("/season/2026Q1/CORZ.json").json() == entries["CORZ"]


def test_a_twin_is_what_the_command_prints(client: TestClient) -> None:
    for address, words in {
        "/season/2024Q4.json": "season 2024Q4",
        "/company/CORZ.json": "company CORZ",
        "/compare.json?from=2024Q4&to=2025Q4": "season --compare 2024Q4 2025Q4",
        "/coverage.json": "coverage",
        "/halving.json": "halving",
        "/search.json?q=core+scentific": "search core scentific",
    }.items():
        command = [sys.executable, "-m", "hashpivot.cli", *words.split(), "--json"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert client.get(address).text == printed, address


def test_csv_twins_are_the_records(client: TestClient, desk: Desk) -> None:
    response = client.get("/season/2026Q1.csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["ticker"] for row in rows] == [row["ticker"] for row in desk.season("2026Q1").records()]
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    for view in WEB_VIEWS:
        if view.name in PAGES:
            path, _, query = PAGES[view.name][-1].partition("?")
            assert client.get(f"{path}.csv?{query}").status_code == 200, path


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/company/CROZ", 404, "CORZ"),
        ("/season/2026Q1/CROZ", 404, "CORZ"),
        ("/season/2026Q1/SDIG", 404, "SDIG"),
        ("/season/1999Q1", 404, "1999Q1"),
        ("/season/2026", 400, "2026"),
        ("/season/2026Q1?quarter=2025Q1", 400, "twice"),
        ("/season?as_off=2025-01-01", 400, "as_of"),
        ("/season?as_of=2025-02-30", 400, "2025-02-30"),
        ("/season?as_of=20250230", 400, "20250230"),
        ("/season?as_of=2009-01-01", 404, "2009-01-01"),
        ("/company/CORZ?quarters=14", 400, "1 to 13"),
        ("/company/CORZ?quarters=%D9%A3", 400, "whole number"),
        ("/compare?from=2025Q4&to=2024Q4", 400, "not before"),
        ("/coverage?quarters=2030Q1..2020Q1", 400, "20"),
        ("/coverage?ticker=CROZ", 404, "CORZ"),
        ("/nowcast?quarter=2099Q1", 400, "2099Q1"),
        ("/halving?number=9", 400, "9"),
        ("/health?as_of=2025-01-01", 400, "as_of"),
        ("/nothing", 404, "/coverage"),
        ("/season/2026Q1/CORZ/more", 404, "/coverage"),
        ("/static/..%2f_app.py", 404, "/coverage"),
        ("/health?" + "&".join(["x=1"] * 65), 400, "64"),
    ],
)
def test_what_cannot_be_answered_says_why(client: TestClient, address: str, status: int, words: str) -> None:
    response = client.get(address)
    assert response.status_code == status and words.casefold() in unescape(response.text).casefold()
    assert response.headers["content-type"].startswith("text/html")
    path, _, query = address.partition("?")
    if not path.startswith(("/static", "/find?")) and path != "/find":
        twin = client.get(f"{path}.json?{query}")
        error = json.loads(twin.text)["error"]
        assert twin.status_code == status and error.keys() == {"kind", "message", "hint"}
        assert words in error["message"] + error["hint"]


def test_the_box_finds_a_company(client: TestClient) -> None:
    for typed in ("corz", "Core Scientific, Inc.", "1839341"):
        response = client.get("/find", params={"q": typed, "as_of": "2025-03-01"})
        assert (response.status_code, response.headers["location"]) == (303, "/company/CORZ?as_of=2025-03-01")


def test_what_a_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/season/2026Q1")
    again = client.get("/season/2026Q1", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pages_load_nothing_but_their_own_styles(client: TestClient) -> None:
    page = client.get("/coverage").text
    loaded = re.findall(r'<link rel="[a-z]+" href="([^"]+)"', page)
    assert len(loaded) == 4
    for address in loaded:
        response = client.get(address)
        assert response.status_code == 200 and "immutable" in response.headers["cache-control"]
        assert "url(" not in response.text and "@import" not in response.text


def test_the_start_page_comes_at_once_when_it_is_made(client: TestClient) -> None:
    client.get("/")
    times = []
    for _ in range(5):
        start = time.process_time()
        client.get("/")
        times.append(time.process_time() - start)
    assert min(times) < FIRST_BYTE


def test_a_page_that_fails_says_nothing_of_why(monkeypatch: pytest.MonkeyPatch) -> None:
    from hashpivot.web import web_app

    failures: list[Exception] = []
    client = TestClient(web_app(on_failure=failures.append), base_url="http://localhost")
    monkeypatch.setattr("hashpivot.desk.Desk.open", lambda *_a, **_k: 1 / 0)
    for address in ("/health", "/health.json"):
        response = client.get(address)
        assert response.status_code == 500 and "division" not in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]
    assert [type(failure) for failure in failures] == [ZeroDivisionError] * 2

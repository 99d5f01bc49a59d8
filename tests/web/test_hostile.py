"""Text of filings that attacks a browser or a spreadsheet stays text."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.cli.hostile_home import ATTACK, QUARTERS, hostile_home

from .conftest import client_of

MARKUP = (
    "</td></main></title><script>alert(1)</script><img src=x onerror=alert(1)><style>*{display:none}</style>"
    '<a href=javascript:alert(1) id=content>x</a> " onmouseover="alert(1) \' href="#c1-1" id="c1-1" '
    "{{ 7*7 }} {% raw %} &lt;script&gt; =HYPERLINK(1)\u202e"
)
TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "div",
        "nav",
        "span",
        "b",
        "form",
        "label",
        "input",
    ),
    *("button", "header", "h1", "h2", "h3", "h4", "p", "main", "section", "footer", "code", "table", "thead"),
    *("tbody", "tfoot", "tr", "th", "td", "caption", "col", "colgroup", "ul", "ol", "li", "dl", "dt", "dd"),
    *("details", "summary", "figure", "figcaption", "article", "i", "sup", "br", "small"),
    *("svg", "g", "rect", "line", "circle", "text", "tspan", "polyline", "polygon", "path"),
    *("abbr", "aside", "dialog", "kbd"),
}
ADDRESSES = (
    "/",
    "/season/2025Q1",
    "/season/2025Q1/EVIL",
    "/company/EVIL",
    "/compare?from=2024Q1&to=2025Q1",
    "/coverage",
    "/coverage?ticker=EVIL",
    "/nowcast?quarter=2025Q1&ticker=EVIL",
    "/nowcast?quarter=2025Q1",
    "/halving",
    "/health",
    "/sources",
    "/sources?filter=%3Cscript%3E&sort=source",
    "/changes?since=2020-01-01",
    "/?since=2020-01-01",
    "/?since=%22%3E%3Cscript%3E",
    "/season?sort=%22%3E%3Cscript%3E",
    "/season?sort=company&filter=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/season?watch=%22%3E%3Cscript%3E",
    "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?q=EVIL&limit=100",
    "/company/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/season/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/season?%3Cscript%3E=1",
    "/%3Cscript%3Ealert(1)%3C/script%3E",
)


Hostile = tuple[TestClient, Path]


class Tags(HTMLParser):
    """Collects elements, and attributes that act."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.acting: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "script" and re.fullmatch(r"/static/[0-9a-f]{16}\.js", dict(attrs).get("src") or ""):
            return
        for name, value in attrs:
            address = name in ("href", "src", "action") and not re.match(r"[/#]|https?://", value or "")
            if name.startswith("on") or name in ("style", "src", "srcdoc") or address:
                self.acting.append((name, value))


@pytest.fixture(scope="module", params=[MARKUP, ATTACK], ids=["markup", "terminal"])
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[TestClient, Path]:
    folder = hostile_home(tmp_path_factory.mktemp("hostile"), request.param)
    return client_of(), folder


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_holds_no_element_but_ours(
    hostile: Hostile, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, folder = hostile
    monkeypatch.setenv("HASHPIVOT_HOME", str(folder))
    response = client.get(address)
    assert response.status_code < 500 and response.headers["content-type"].startswith("text/html")
    tags = Tags()
    tags.feed(response.text)
    assert tags.names - TAGS - {"title", "script"} == set() and tags.acting == []
    assert not set("\u202e\u2066\u200b\x00\x1b\x9b") & set(response.text)
    ids = re.findall(r'<[^>]*\sid="([^"]+)"', response.text)
    assert len(ids) == len(set(ids))


def test_the_attack_is_on_the_pages(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    client, folder = hostile
    monkeypatch.setenv("HASHPIVOT_HOME", str(folder))
    page = client.get("/company/EVIL").text
    assert "&lt;script&gt;" in page or "forged" in page


def test_a_table_holds_no_formula(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    client, folder = hostile
    monkeypatch.setenv("HASHPIVOT_HOME", str(folder))
    for address in (f"/season/{QUARTERS[-1]}.csv", "/company/EVIL.csv", "/coverage.csv"):
        for row in csv.reader(io.StringIO(client.get(address).text)):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r")) and (cell[:1] not in "+-" or _number(cell))


def _number(cell: str) -> bool:
    return not cell or bool(re.fullmatch(r"-?[0-9.e+-]+", cell))


def test_no_file_is_reached(hostile: Hostile) -> None:
    client, _ = hostile
    for path in (
        "/static/../_app.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static//etc/passwd",
        "//etc/passwd",
    ):
        assert client.get(path).status_code in (404, 421)

"""A stored filing that attacks the browser does nothing: nothing runs, loads or leads away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from hashpivot.filings import SHOWN_POLICY
from hashpivot.sources import Store

ATTACK = (Path(__file__).parent / "data" / "attack.htm").read_text(encoding="utf-8")


@pytest.fixture
def digest(tmp_path: Path, desk_address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))
    with Store() as store:
        return store.put("sec/attack.txt", ATTACK.replace("AT/", f"{desk_address}/").encode()).sha256


def test_the_attack_works_where_nothing_stops_it(page: Page, desk_address: str, console: list[str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.route("**/attack", lambda route: route.fulfill(body=ATTACK, content_type="text/html; charset=utf-8"))
    page.goto(f"{desk_address}/attack", wait_until="commit")
    page.wait_for_timeout(500)
    console.clear()
    assert len(asked) > 2


def test_a_hostile_filing_is_inert(page: Page, digest: str, desk_address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    address = f"{desk_address}/doc/{digest}/0?at=at-t0-r0-c1"
    answer = page.goto(address)
    assert answer is not None and answer.headers["content-security-policy"] == SHOWN_POLICY
    page.get_by_text("two").click()
    page.get_by_text("one", exact=True).click()
    page.get_by_text("Revenue was").hover()
    page.wait_for_timeout(500)
    assert asked == [address] and page.url == address and page.title() != "stolen"
    assert page.locator("script, iframe, img, svg, form, input, object, embed, base, link").count() == 0
    assert page.locator("#at-t0-r0-c1").inner_text() == "5"


def test_another_site_cannot_frame_a_filing_nor_can_a_page_of_ours_be_framed(
    page: Page, digest: str, desk_address: str, console: list[str]
) -> None:
    other = desk_address.replace("127.0.0.1", "localhost")
    page.goto(f"{desk_address}/health")
    page.evaluate(
        """(at) => new Promise((done) => { const frame = document.createElement("iframe");
        frame.src = at; frame.onload = done; document.body.append(frame); })""",
        f"{desk_address}/halving",
    )
    assert any("frame" in said for said in console)
    console.clear()
    answer = page.request.get(
        f"{other}/doc/{digest}/0", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
    )
    assert answer.status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/doc/..%2F..%2Fetc%2Fpasswd/0",
        "/doc/../../etc/passwd",
        "/doc/index.sqlite3/0",
        "/doc/" + "0" * 64 + "/0",
    ],
)
def test_nothing_outside_the_store_is_read(page: Page, digest: str, path: str) -> None:
    answer = page.request.get(path)
    assert answer.status == 404 and "root:" not in answer.text() and "SQLite" not in answer.text()


def test_what_cannot_be_shown_says_why(page: Page, digest: str, console: list[str]) -> None:
    with Store() as store:
        padded = store.put("sec/padded.txt", b"<html><body>" + b"<p>" * 310_000).sha256
    answer = page.goto(f"/doc/{padded}/0")
    assert answer is not None and answer.status == 400
    assert "elements, and at most 300,000 are shown" in page.inner_text("body")
    console.clear()

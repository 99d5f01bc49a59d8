"""Outlook, jobs and sites in Chromium: reruns in place, deep links, progress and cancel, own sites."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

SMALL = "quarters=4&paths=500"
ASSUMED = (
    "&set=finance.cash_usd=4e8&set=finance.debt_usd=1e9&set=finance.bitcoin=2000&set=finance.sga_usd=4e7"
)
WIDE = [f"/outlook/CORZ?{SMALL}{ASSUMED}&beside=bitcoin_halves", "/nowcast?ticker=RIOT"]
CLIPPED = """[...document.querySelectorAll(".scroll")].filter(part => part.scrollWidth > part.clientWidth + 1)
    .map(part => part.getAttribute("aria-labelledby") || part.getAttribute("aria-label"))"""
PATIENCE = 60_000  # milliseconds: two slow cores


@pytest.mark.parametrize("address", [*WIDE, "/outlook", "/site", "/site/west_texas"])
def test_a_page_renders_without_an_error(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("h1").count() == 1
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        if "site" not in address:
            assert page.evaluate(CLIPPED) == [], width


def test_controls_rerun_in_place_and_the_link_restores_them(page: Page) -> None:
    page.goto(f"/outlook/CORZ?{SMALL}")
    page.evaluate("window.untouched = true")
    page.get_by_label("bitcoin −50%").first.check(force=True)
    expect(page.locator(".meta").first).to_contain_text("Scenario: bitcoin −50%", timeout=PATIENCE)
    page.locator(".further").evaluate("details => { details.open = true }")
    page.locator("fieldset", has_text="Compare with").get_by_label("base", exact=True).check(force=True)
    expect(page.get_by_text("Cases side by side")).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("window.untouched") is True
    link = page.url
    assert "scenario=bitcoin_halves" in link and "beside=base" in link and "set=" not in link
    table = page.locator(".statements").first.inner_text()
    page.goto("about:blank")
    page.goto(link)
    assert page.locator(".statements").first.inner_text() == table
    assert page.get_by_label("bitcoin −50%").first.is_checked()
    assert "bitcoin_halves" in (page.locator("#twins a").first.get_attribute("href") or "")


def test_another_day_goes_to_the_links_around_the_page(page: Page) -> None:
    page.goto(f"/outlook/CORZ?{SMALL}")
    page.get_by_label("As of").fill("2026-06-01")
    page.wait_for_url("**as_of=2026-06-01*", timeout=PATIENCE)
    link = page.get_by_label("Pages").get_by_role("link", name="Coverage")
    assert "as_of=2026-06-01" in (link.get_attribute("href") or "")


def test_a_wrong_control_is_said_and_the_page_stays(page: Page, console: list[str]) -> None:
    page.goto(f"/outlook/CORZ?{SMALL}")
    title, link = page.locator("h1").inner_text(), page.url
    page.locator(".further").evaluate("details => { details.open = true }")
    page.get_by_label("Set").fill("mining.uptime=7")
    page.get_by_label("Set").press("Tab")
    expect(page.locator("form #said")).to_contain_text("uptime", timeout=PATIENCE)
    assert page.locator("#content h1").inner_text() == title and page.url == link
    assert all("400" in said for said in console)  # the browser notes the answer's status itself
    console.clear()
    page.get_by_label("Set").fill("mining.uptime=0.7")
    page.get_by_label("Set").press("Tab")
    expect(page.locator(".meta").first).to_contain_text("uptime of machines 0.7", timeout=PATIENCE)
    assert page.locator("form #said").inner_text() == ""


def test_a_backtest_is_cancelled_and_begun_again(page: Page) -> None:
    page.goto("/site/west_texas/backtest?start=2023-08-01&end=2023-08-20")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("This was cancelled")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("The rolling horizon earned")).to_be_visible(timeout=PATIENCE)
    assert page.url.endswith("/site/west_texas/backtest?start=2023-08-01&end=2023-08-20")


def test_a_site_is_edited_and_planned(page: Page) -> None:
    page.goto("/site/fixed_block")
    text = page.get_by_label("The site, as TOML")
    text.fill(text.input_value().replace("limit_mw", "limit_mv", 1))
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("[role=alert] h1")).to_contain_text("limit_mw is missing")
    text = page.get_by_label("The site, as TOML")
    text.fill(text.input_value().replace("limit_mv", "limit_mw", 1))
    page.get_by_role("button", name="Use it").click()
    page.get_by_role("link", name="Plan the next hours").click()
    expect(page.get_by_text("Hour by hour, and why")).to_be_visible(timeout=PATIENCE)

"""Keys, tables, watchlist, search and the day of the last visit, in Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

LEAGUE = "table.league tbody tr > th > a"


def tickers(page: Page) -> list[str]:
    return page.locator(LEAGUE).locator("visible=true").all_inner_texts()


def test_a_table_is_sorted_in_place_as_its_address_sorts_it(page: Page) -> None:
    page.goto("/season/2026Q1")
    for column in ("revenue", "revenue", "offset", "grade", "company", "verdict", "contracted", "checks"):
        page.click(f"th[data-c={column}] a.sort")
        in_place = tickers(page)
        page.reload()
        assert tickers(page) == in_place, column
    assert "sort=checks" in page.url


def test_a_table_is_filtered_in_place_as_its_address_filters_it(page: Page) -> None:
    page.goto("/season/2026Q1")
    page.fill(".filter input", "not judged")
    in_place = tickers(page)
    assert 0 < len(in_place) < 14 and "filter=not+judged" in page.url
    page.reload()
    assert tickers(page) == in_place
    page.fill(".filter input", "")
    assert "filter" not in page.url and len(tickers(page)) == 14


def test_keys_move_and_open_and_are_silent_while_one_types(page: Page) -> None:
    page.goto("/season/2026Q1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == tickers(page)[0]
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("jk?/w")
    expect(page.locator("#find")).to_have_value("jk?/w")
    expect(page.locator("#keys")).to_be_hidden()


def test_search_finds_while_one_types_and_leads_on(page: Page) -> None:
    page.goto("/coverage")
    page.keyboard.press("/")
    page.keyboard.type("corewea")
    expect(page.locator("#hits")).to_contain_text("CoreWeave (five sites)")
    page.keyboard.press("Escape")
    expect(page.locator("#hits")).to_be_empty()
    page.fill("#find", "corz ai colocation 2024Q4")
    expect(page.locator("#hits")).to_contain_text("$8,521,000")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figure/CORZ/2024Q4/revenue/ai_colocation*")
    page.fill("#find", "riot")
    page.press("#find", "Enter")
    page.wait_for_url("**/company/RIOT*")


def test_what_is_typed_before_the_page_is_ready_is_looked_for_too(page: Page) -> None:
    page.add_init_script(  # what waits for the page alone waits until it is told to go on
        "const later = window.setTimeout, held = [];"
        "window.setTimeout = (f, ms, ...a) => ms === undefined ? held.push(f) : later(f, ms, ...a);"
        "window.go = () => { window.setTimeout = later; held.forEach((f) => f()); }"
    )
    page.goto("/health")
    page.keyboard.press("/")
    page.keyboard.type("corewea")
    assert page.evaluate("document.querySelector('[data-htmx-powered]')") is None
    page.evaluate("go()")
    expect(page.locator("#hits")).to_contain_text("CoreWeave (five sites)")


def test_a_company_is_watched_and_the_list_can_be_shared(page: Page) -> None:
    page.goto("/company/CORZ")
    page.click("#star")
    expect(page.locator("#star")).to_have_attribute("aria-pressed", "true")
    page.goto("/company/RIOT")
    page.keyboard.press("w")
    page.goto("/season/2026Q1")
    page.click("#watched a")
    page.wait_for_url("**watch=CORZ%2CRIOT*")
    assert set(tickers(page)) == {"CORZ", "RIOT"}
    page.click("text=All companies")
    page.wait_for_url("**/season/2026Q1")
    page.goto("/company/CORZ")
    page.keyboard.press("w")
    expect(page.locator("#watched")).to_contain_text("(1)")


def test_the_start_page_tells_what_changed_since_the_last_visit(page: Page) -> None:
    page.goto("/")
    assert page.url.endswith("/") and page.locator(".since").count() == 1
    before = "Date.parse('2026-08-20T10:11:00Z')"
    page.evaluate(f"localStorage.setItem('hashpivot.opened', String({before}))")
    page.goto("/")
    page.wait_for_url("**/?since=2026-08-20T10:11")
    expect(page.locator(".since")).to_contain_text("Since 2026-08-20 10:11 UTC: 8 sources")
    page.goto("/coverage")
    page.goto("/")
    page.wait_for_url("**/?since=2026-08-20T10:11")  # the same visit goes on


@pytest.mark.parametrize("address", ["/", "/changes?since=2026-05-01"])
def test_a_phone_scrolls_no_page_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_print_leaves_out_what_acts(page: Page) -> None:
    page.goto("/season/2026Q1")
    page.emulate_media(media="print")
    for part in (".filter", ".find", "#hits", "#keys"):
        expect(page.locator(part)).to_be_hidden()

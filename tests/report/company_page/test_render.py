"""The page of every company: well formed, self-contained, traced, small, and inert to hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from hashpivot import Desk
from hashpivot.bitcoin import NetworkHistory
from hashpivot.company import company_profile
from hashpivot.core import Companies, Company
from hashpivot.report import render_company, write_company
from hashpivot.season import Season
from hashpivot.testing import bundled_desk

TICKERS = sorted(Companies.load())
LARGEST = 600_000
"""Bytes of a page that is still forwarded by mail without a thought."""


@pytest.fixture(scope="module")
def desk() -> Desk:
    return bundled_desk()


@pytest.fixture(scope="module")
def page_of(desk: Desk) -> Callable[[str], str]:
    return cache(lambda ticker: render_company(desk.company(ticker).profile))


@pytest.fixture(params=TICKERS)
def text(request: pytest.FixtureRequest, page_of: Callable[[str], str]) -> str:
    return page_of(request.param)


@pytest.fixture
def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def test_it_is_well_formed_and_small(text: str) -> None:
    assert text.startswith("<!DOCTYPE html>") and len(text.encode()) < LARGEST
    for name in ("table", "tr", "td", "details", "section", "svg", "li", "ul", "ol", "span", "div"):
        assert len(re.findall(rf"<{name}[ >]", text)) == text.count(f"</{name}>"), name
    ids = html.document_fromstring(text).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_it_loads_nothing(tree: html.HtmlElement) -> None:
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form | //base | //@src")
    assert all(link.startswith(("#", "http://", "https://")) for link in tree.xpath("//@href"))
    assert not re.search(r"url\(|@import", tree.findtext(".//style"))


def test_inner_links_arrive(tree: html.HtmlElement) -> None:
    inner = {str(link)[1:] for link in tree.xpath("//@href") if str(link).startswith("#")}
    assert inner <= set(tree.xpath("//@id"))


def ends_at_a_source(tree: html.HtmlElement, link: str, depth: int = 6) -> bool:
    """True if an entry of the evidence has a source, or all entries it is derived from lead to one."""
    entry = tree.get_element_by_id(link[1:])
    if entry.xpath(".//span[@class='grade']"):
        return True
    operands = [str(inner) for inner in entry.xpath(".//a/@href") if str(inner).startswith("#")]
    return depth > 0 and bool(operands) and all(ends_at_a_source(tree, o, depth - 1) for o in operands)


def test_every_number_by_quarter_leads_to_its_evidence(tree: html.HtmlElement) -> None:
    for cell in tree.xpath("//table[@class='q']/tbody/tr/td[@class='n']"):
        links = cell.xpath("./a/@href")
        if not links:
            assert cell.xpath("./span[@class='abs']/@title"), html.tostring(cell)
            continue
        assert ends_at_a_source(tree, links[0]), html.tostring(cell)


def test_every_key_number_leads_somewhere_or_says_why_not(tree: html.HtmlElement) -> None:
    tiles = tree.xpath("//div[@class='kpis']/div/b")
    assert len(tiles) == 6
    assert all(tile.xpath("./a/@href") or tile.xpath("./span[@class='abs']/@title") for tile in tiles)


def test_a_phone_has_the_name_of_every_quarter_beside_its_number(tree: html.HtmlElement) -> None:
    for row in tree.xpath("//table[@class='q']/tbody/tr"):
        named = row.xpath("./td[@class='n']/@data-t")
        assert len(named) == len(set(named)) == len(row.xpath("./td[@class='n']"))


def test_an_absence_names_one_of_the_four_kinds(tree: html.HtmlElement) -> None:
    kinds = {str(title).partition(":")[0] for title in tree.xpath("//span[@class='abs']/@title")}
    assert kinds <= {"not in ledger", "not disclosed", "not derivable", "not applicable"}


def test_the_title_is_the_message(desk: Desk, page_of: Callable[[str], str]) -> None:
    title = html.document_fromstring(page_of("CORZ")).findtext(".//h1")
    assert title == f"Core Scientific: {desk.company('CORZ').profile.message.title}"


def test_one_profile_gives_one_page(desk: Desk, page_of: Callable[[str], str], tmp_path: Path) -> None:
    path = write_company(desk.company("BTBT").profile, tmp_path / "b.html")
    assert path.read_text(encoding="utf-8") == page_of("BTBT")


@pytest.mark.parametrize("ticker", ["EVIL", "[RED]LOUD"])
def test_hostile_text_arrives_inert(hostile: Season, network: NetworkHistory, ticker: str) -> None:
    profile = company_profile(hostile.view, network, Company(ticker, "</title><script>alert(9)</script>"))
    text = render_company(profile)
    tree = html.document_fromstring(text)
    assert "<script" not in text and not tree.xpath("//script | //img | //@onclick | //@onerror")
    assert all(link.startswith(("#", "http://", "https://")) for link in tree.xpath("//@href"))

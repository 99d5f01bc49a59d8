"""Pages without their frame: the parts of a season, and pages that are only served."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hashpivot import Desk
from hashpivot.core import Figure
from hashpivot.report import (
    PageBody,
    company_body,
    comparison_body,
    comparison_tables,
    coverage_body,
    halving_body,
    health_body,
    nowcast_body,
    render_company,
    season_bodies,
)
from hashpivot.testing import bundled_desk


@pytest.fixture(scope="module")
def desk() -> Desk:
    return bundled_desk()


def place(ticker: str) -> str:
    return f"/at/{ticker}"


def trace(figures: Sequence[Figure]) -> str:
    return f"/traced/{figures[0].id}"


def test_a_season_in_parts_loses_no_evidence(desk: Desk) -> None:
    season = desk.season("2024Q4")
    parts = season_bodies(desk.season_report(season, nowcast=False), place)
    assert parts.keys() == {"", *(company.ticker for company in season.companies)}
    ids = {ticker: set(re.findall(r'\sid="([^"]+)"', part.html)) for ticker, part in parts.items()}
    for ticker, part in parts.items():
        assert set(re.findall(r'href="#([^"]+)"', part.html)) <= ids[ticker]
        for other, name in re.findall(r'href="/at/([^"#]*)#([^"]+)"', part.html):
            assert name in ids[other]
    assert "There is no nowcast" not in parts[""].html


def test_a_body_is_the_page_without_its_frame(desk: Desk) -> None:
    profile = desk.company("CORZ").profile
    page, body = render_company(profile), company_body(profile)
    main = body.html[body.html.index("<main>") : body.html.index("</main>")]
    assert main in page and "<html" not in body.html and "<style" not in body.html
    assert body.style and body.style in page


def test_pages_that_are_served_show_what_the_terminal_prints(desk: Desk) -> None:
    comparison = desk.compare(["2023Q4", "2024Q4"]).comparison
    body = comparison_body(comparison, place, trace)
    assert body.html.count('href="/traced/') > 10
    assert all(table.summary in body.html for table in comparison_tables(comparison))
    nowcast = desk.nowcast("2024Q4", ["RIOT"]).nowcast
    assert "/at/RIOT" in nowcast_body(nowcast, place, trace, ["a note"]).html
    halving = desk.halving()
    shown = halving_body(
        halving.schedule, halving.next, halving.past, halving.impacts, halving.hashprices, place
    )
    assert str(halving.next.median) in shown.html and shown.html.count("<table") == 2
    assert "/at/CORZ" in coverage_body(desk.coverage(["CORZ"]).coverage, place).html
    assert "3,923" in health_body("t", {"Figures": {"Figures": "3,923"}}).html


def test_a_body_is_shown_short() -> None:
    assert repr(PageBody("Season", "x" * 5000)) == "PageBody('Season', 5,000 characters)"


def test_a_nowcast_is_written_as_a_page_and_a_workbook_with_sources(tmp_path: Path) -> None:
    result = bundled_desk().nowcast(None, ["CORZ", "RIOT"])
    page = result.to_html(tmp_path / "nowcast.html").read_text(encoding="utf-8")
    assert "What the nowcast of CORZ stands on" in page and "<script" not in page and len(page) < 400_000
    book = load_workbook(result.to_excel(tmp_path / "nowcast.xlsx"))
    assert {"Nowcast", "Lines", "Profit", "Inputs"} <= set(book.sheetnames)
    measures = {row[1].value for row in book["Profit"].iter_rows(min_row=2)}
    assert measures >= {"adjusted EBITDA", "gross profit"}
    assert [cell.value for cell in book["Inputs"][1]] == ["ticker", "input", "value", "source", "form", "url"]

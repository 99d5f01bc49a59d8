"""The page of the coverage: complete, escaped, without script, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from hashpivot.coverage import CELL_PARTS, Coverage
from hashpivot.report import render_coverage
from hashpivot.testing import bundled_desk

from ..conftest import SCRIPT


@pytest.fixture(scope="module")
def covered() -> Coverage:
    return bundled_desk().coverage().coverage


def test_every_company_and_quarter_has_a_cell_that_says_what_is_held(covered: Coverage) -> None:
    page = render_coverage(covered)
    for company in covered.companies:
        assert f">{company.ticker}</th>" in page
    cells = re.findall(r'<span class="marks" role="img" aria-label="([^"]+)">(.*?)</span>', page)
    assert len(cells) == len(covered.companies) * len(covered.window)
    assert {marks.count("<i ") for _, marks in cells} == {len(CELL_PARTS)}
    assert any("total revenue A" in unescape(words) for words, _ in cells)


def test_reports_to_get_stand_in_their_order(covered: Coverage) -> None:
    shown = re.findall(r'<th scope="row"><code>([^<]+)</code>', render_coverage(covered))
    assert shown and shown == [hole.fetch for hole in covered.holes][: len(shown)]


def test_the_page_loads_nothing_and_is_the_same_each_time(covered: Coverage) -> None:
    page = render_coverage(covered)
    assert "<script" not in page and "default-src 'none'" in page
    assert not re.findall(r'(?:src|href)="http', page)
    assert page == render_coverage(covered)


def test_a_hostile_name_is_escaped(covered: Coverage) -> None:
    first = replace(covered.companies[0], name=SCRIPT)
    page = render_coverage(replace(covered, companies=(first, *covered.companies[1:])))
    assert "<script" not in page and "<img" not in page

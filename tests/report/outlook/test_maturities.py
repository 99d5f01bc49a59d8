"""When debt falls due, on the page: drawn where it is told, said where it is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import hashpivot as hp
from hashpivot.desk import OutlookResult
from hashpivot.outlook import MaturityWall
from hashpivot.report import render_outlook
from hashpivot.report.charts import wall_chart


def page(found: OutlookResult) -> str:
    return render_outlook(found.outlook, found.calibration, found.studies)


@pytest.fixture(scope="module")
def then() -> hp.Desk:
    return hp.Desk.open(as_of=date(2025, 9, 1))


def test_where_no_maturity_is_told_the_page_says_so(then: hp.Desk) -> None:
    said = page(then.outlook("RIOT", quarters=5, paths=100))
    assert "No report in the ledger tells when 838 million USD of debt falls due" in said
    assert "Debt falling due, USD million" not in said
    assert "Debt service cover (DSCR)" not in said and "Interest cover" in said
    assert "Free cash flow a share" in said


def test_a_stack_of_the_user_is_drawn_and_tabled(then: hp.Desk, tmp_path: Path) -> None:
    notes = '[[debt]]\nname = "Notes <b>"\nprincipal_usd = 5.944e8\nrate = 0.0075\nmatures = "2026Q1"\n'
    path = tmp_path / "notes.toml"
    path.write_text(notes, encoding="utf-8")
    said = page(then.outlook("RIOT", [str(path)], quarters=5, paths=100))
    assert "Debt falling due, USD million" in said and "2026: 594 million" in said
    assert "No report in the ledger tells when 244 million" in said
    assert "Notes &lt;b&gt;" in said and "Notes <b>" not in said
    assert "Funding gap" in said and "Debt service cover (DSCR)" in said


def test_the_wall_has_a_column_a_year_and_one_of_what_is_not_told() -> None:
    chart = wall_chart(MaturityWall({2027: 5e7, 2029: 2e9}, 3e8))
    assert chart.words == "2027: 50; 2029: 2,000; not told: 300"
    assert chart.body.count("<rect") == 3
    assert ">2028<" in chart.body

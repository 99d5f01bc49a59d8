"""What a credit analyst reads: maturities, funding gap, debt service cover, fully diluted shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import hashpivot as hp
from hashpivot.core import Line, Quarter
from hashpivot.outlook import Debt, MaturityWall, Outlook, outlook, year_results


@pytest.fixture(scope="module")
def found() -> Outlook:
    """CleanSpark on its balance of 2024-12-31, its convertible due in the fourth quarter ahead."""
    case = hp.Desk.open(as_of=date(2025, 2, 28)).outlook_case("CLSK").case
    note, *others = case.inputs.debt
    debt = (replace(note, matures=case.start.first_quarter + 3), *others)
    return outlook(replace(case, inputs=replace(case.inputs, debt=debt)), quarters=8, paths=300)


def test_the_wall_adds_up_to_all_debt(found: Outlook) -> None:
    wall = found.summary.maturities
    assert wall
    assert dict(wall.by_year) == {2025: 633_812_000, 2029: 6_644_000}
    assert wall.without_usd == pytest.approx(648_648_000 - 633_812_000 - 6_644_000)
    assert found.to_dict()["maturities"] == wall.to_dict()
    assert MaturityWall.of((), None) is None


def test_what_falls_due_and_is_not_repaid_is_a_funding_gap(found: Outlook) -> None:
    due, *before = (row for row in reversed(found.summary.quarters[:4]))
    assert all(row.debt_due_usd.p50 == 0 for row in before)
    assert due.debt_due_usd.p50 == pytest.approx(633_812_000)
    assert 0 < due.funding_gap_usd.p50 <= 633_812_000 + due.funding_gap_usd.p90
    assert abs(due.dscr.p50) < abs(due.interest_cover.p50)
    after_tax = due.adjusted_ebitda_usd.p50 - due.tax_usd.p50
    assert due.dscr.p50 == pytest.approx(after_tax / 634e6, abs=0.02)


def test_convertibles_are_in_fully_diluted_shares_until_they_fall_due(found: Outlook) -> None:
    rows = found.summary.quarters
    assert rows[0].diluted_shares.p50 - rows[0].shares.p50 == pytest.approx(633_812_000 / 14.8)
    assert rows[3].diluted_shares.p50 == rows[3].shares.p50
    cash, shares = rows[0].free_cash_flow_usd.p50, rows[0].shares.p50
    assert rows[0].free_cash_flow_per_share_usd.p50 == pytest.approx(cash / shares, abs=0.01)


def test_a_years_ratios_are_of_its_sums(found: Outlook) -> None:
    year = next(each for each in year_results(found) if each.year == 2025)
    assert year.amounts["debt_due_usd"].p50 == pytest.approx(633_812_000)
    quarters = [row for row in found.summary.quarters if row.quarter.year == 2025]
    ebitda, interest = year.amounts["adjusted_ebitda_usd"].p50, year.amounts["interest_usd"].p50
    assert year.amounts["interest_cover"].p50 == pytest.approx(ebitda / interest, rel=0.1)
    assert year.amounts["shares"] == quarters[-1].shares
    assert year.amounts["leverage"] == quarters[-1].leverage


def test_a_maturity_is_of_its_calendar_year() -> None:
    debt = (
        Debt("a", 1.0, matures=Quarter(2030, 4)),
        Debt("b", 2.0, matures=Quarter(2029, 1)),
        Debt("c", 4.0),
    )
    wall = MaturityWall.of(debt, 10.0)
    assert wall == MaturityWall({2029: 2.0, 2030: 1.0}, 7.0)


def test_mining_revenue_stands_over_the_fleets_megawatts(found: Outlook) -> None:
    row, inputs = found.summary.quarters[0], found.case.inputs.mining
    assert row.mining_mw.p10 >= inputs.hash_rate_ehs * inputs.j_per_th * 0.5
    mined = row.lines[Line.SELF_MINING].p50
    assert row.mining_revenue_per_mw_usd.p50 == pytest.approx(mined / row.mining_mw.p50, rel=0.05)

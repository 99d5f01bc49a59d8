"""Calendar years: statements whose rows add up, and quarters reported and nowcast before those projected."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import hashpivot as hp
from hashpivot.desk import OutlookResult
from hashpivot.outlook import YearResults

SUMS = {
    "gross_profit_usd": "revenue_usd -cost_of_revenue_usd",
    "adjusted_ebitda_usd": "gross_profit_usd -overheads_usd",
    "operating_income_usd": "adjusted_ebitda_usd -depreciation_usd -stock_pay_usd",
    "pretax_income_usd": "operating_income_usd -interest_expense_usd fair_value_change_usd",
    "net_income_usd": "pretax_income_usd -tax_usd",
    "free_cash_flow_usd": "adjusted_ebitda_usd -interest_paid_usd -tax_usd -capex_usd other_cash_usd",
    "cash_change_usd": "free_cash_flow_usd unpaid_usd financing_usd",
    "equity_usd": "cash_usd bitcoin_value_usd property_net_usd -shortfall_usd -debt_usd",
}
CENTS = 0.05


@pytest.fixture(scope="module")
def known() -> OutlookResult:
    """CleanSpark on its balance sheet of 2024-12-31."""
    return hp.Desk.open(as_of=date(2025, 2, 28)).outlook("CLSK", quarters=6, paths=500)


def test_every_total_is_the_sum_of_its_rows(known: OutlookResult) -> None:
    for year in known.years:
        for name, parts in SUMS.items():
            signed = [(part.startswith("-"), year.statement[part.lstrip("-")]) for part in parts.split()]
            total = sum(-usd if minus else usd for minus, usd in signed if usd is not None)
            assert year.statement[name] == pytest.approx(total, abs=CENTS), (year.year, name)


def test_cash_goes_from_year_to_year(known: OutlookResult) -> None:
    first, second = (year.statement for year in known.years)
    assert first["cash_usd"] + second["cash_change_usd"] == pytest.approx(second["cash_usd"], abs=CENTS)
    assert known.case.inputs.finance.cash_usd + first["cash_change_usd"] == pytest.approx(
        first["cash_usd"], abs=CENTS
    )


def test_counts_stand_on_the_paths_of_the_amounts_they_go_with(known: OutlookResult) -> None:
    """Else bitcoin's value over bitcoin held is no price, and free cash flow over shares not that a share."""
    for year in known.years:
        statement = year.statement
        step = known.quarters.index(max(q for q in known.quarters if q.year == year.year))
        prices = known.outlook.summary.market[step].price_usd
        if statement["bitcoin"]:
            coin = statement["bitcoin_value_usd"] / statement["bitcoin"]
            assert prices.p10 < coin < prices.p90
        per_share = statement["free_cash_flow_usd"] / statement["shares"]
        assert statement["free_cash_flow_per_share_usd"] == pytest.approx(per_share, abs=0.006)


def test_mining_revenue_of_a_year_is_over_the_mean_of_its_megawatts(known: OutlookResult) -> None:
    year, rows = known.years[0], known.outlook.rows
    steps = [step for step, quarter in enumerate(known.quarters) if quarter.year == year.year]
    revenue = sum(rows.row("lines.self_mining", step) for step in steps)
    megawatts = sum(rows.row("mining_mw", step) for step in steps) / len(steps)
    some = megawatts > 0
    median = float(np.median(revenue[some] / megawatts[some]))
    assert year.amounts["mining_revenue_per_mw_usd"].p50 == pytest.approx(median, rel=1e-5)


def test_the_middle_is_near_the_median(known: OutlookResult) -> None:
    year = known.years[0]
    assert year.statement["adjusted_ebitda_usd"] == pytest.approx(
        year.amounts["adjusted_ebitda_usd"].p50, rel=0.1
    )


def test_a_year_begun_already_is_reported_nowcast_and_projected() -> None:
    found = hp.Desk.open(as_of=date(2025, 8, 20)).outlook("RIOT", quarters=4, paths=200)
    year: YearResults = found.years[0]
    assert (year.year, year.quarters) == (2025, 2)
    assert [str(quarter) for quarter in year.reported] == ["2025Q1", "2025Q2"]
    before = sum(each.revenue_usd for each in found.history if each.quarter.year == 2025)
    assert year.whole["revenue_usd"] == pytest.approx(before + year.amounts["revenue_usd"].p50, abs=CENTS)
    assert not found.years[-1].whole and found.years[-1].quarters == 2


def test_ebitda_of_a_companys_own_definition_is_not_added_to_what_is_projected() -> None:
    found = hp.Desk.open(as_of=date(2025, 8, 20)).outlook("CORZ", quarters=4, paths=200)
    before = [each for each in found.history if each.quarter.year == 2025]
    assert any(each.adjusted_ebitda_usd is not None for each in before)
    assert set(found.years[0].whole) == {"revenue_usd"}

"""Which row is the total revenue, and when none is."""

from __future__ import annotations

import pytest

from hashpivot.lines import Reading

from .pages import QUARTERS, RESULTS, REVENUES, Page

CONTRACT = "us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax"
LEASES = "us-gaap:OperatingLeaseLeaseIncome"
INVESTEES = "us-gaap:EquityMethodInvestmentSummarizedFinancialInformationRevenue"
ONE = QUARTERS[:1]


def total(reading: Reading) -> list[int]:
    return [int(period.total_revenue) for period in reading.periods]


@pytest.mark.parametrize(
    "rows",
    [
        [("Total revenues net of interest expense", "us-gaap:RevenuesNetOfInterestExpense", 90)],
        [("Sales discounts", "x:SalesDiscountsGranted", 400), ("Net sales", CONTRACT, 90)],
        [("Gross sales", "x:GrossRevenue", 120), ("Returns", "x:Returns", 30), ("Net sales", CONTRACT, 90)],
        [("Freight", CONTRACT, 70), ("Leases", LEASES, 20), ("Total revenues (Note 3)", REVENUES, 90)],
        [("Fees", REVENUES, 9), ("Total sales and revenues", "x:TotalSalesAndRevenues", 90)],
        [("Revenue of investees", INVESTEES, 900), ("Revenue", CONTRACT, 90)],
    ],
)  # fmt: skip
def test_the_total_is_found(reader, rows) -> None:
    assert total(reader(Page().table(*rows, *RESULTS, spans=ONE))) == [90_000]


def test_what_leads_to_the_result_is_the_total(reader) -> None:
    rows = (("Sales", CONTRACT, 90), ("Rentals", "us-gaap:OperatingLeaseLeaseIncome", 95))
    costs = (("Costs and expenses", "us-gaap:CostsAndExpenses", 60), *RESULTS)
    assert total(reader(Page().table(*rows, *costs, spans=ONE))) == [90_000]


def test_a_bank_without_a_total_has_none(reader) -> None:
    page = Page().table(
        ("Total interest income", "us-gaap:InterestAndDividendIncomeOperating", 80),
        ("Service charges", CONTRACT, 3),
        ("Noninterest income", "us-gaap:NoninterestIncome", 20),
        *RESULTS,
        spans=ONE,
    )
    reading = reader(page)
    assert total(reading) == []
    assert any("is less than 'Total interest income'" in warning for warning in reading.warnings)

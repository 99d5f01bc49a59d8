"""Which tables are the income statement, the balance sheet and the cash flow statement."""

from __future__ import annotations

from hashpivot.lines import Reading

from .pages import NINE, QUARTERS, RESULTS, REVENUES, SPANS, Page

TAX = "us-gaap:IncomeTaxExpenseBenefit"
CATCH_UP = (
    "us-gaap:ContractWithCustomerAssetCumulativeCatchUpAdjustmentToRevenueChangeInEstimateOfTransactionPrice"
)
CASH = "us-gaap:NetCashProvidedByUsedIn{}Activities"


def totals(reading: Reading) -> list[tuple[str, int]]:
    return [(f"{p.start}..{p.end}", int(p.total_revenue)) for p in reading.periods]


FOUR = [
    ("2024-07-01..2024-09-30", 90_000),
    ("2023-07-01..2023-09-30", 91_000),
    ("2024-01-01..2024-09-30", 92_000),
    ("2023-01-01..2023-09-30", 93_000),
]


def test_sentences_are_no_statement(reader) -> None:
    page = (
        Page()
        .words("Income tax expense was", TAX, 6)
        .table(("Total revenues", REVENUES, 90), *RESULTS)
        .words("Catch-up adjustments were", CATCH_UP, 3)
        .words("Revenue of one customer was", REVENUES, 5)
    )
    assert totals(reader(page)) == FOUR


def test_a_highlight_before_the_statement_is_none(reader) -> None:
    page = (
        Page()
        .table(("Revenues", REVENUES, 90), ("Net income", "us-gaap:NetIncomeLoss", 24), spans=QUARTERS)
        .table(
            ("Total revenues", REVENUES, 90),
            ("Cost of revenue", "us-gaap:CostOfRevenue", 40),
            ("General and administrative", "us-gaap:GeneralAndAdministrativeExpense", 20),
            *RESULTS,
        )
    )
    assert totals(reader(page)) == FOUR


def test_a_statement_goes_on_over_pages_however_far(reader) -> None:
    page = Page().table(("Total revenues", REVENUES, 90), *RESULTS, spans=QUARTERS)
    for number in range(12):
        page.table((f"Other table {number}", "", 0))
    page.table(("Total revenues", REVENUES, 92), *RESULTS, spans=NINE)
    assert totals(reader(page)) == FOUR


def test_a_second_page_with_the_results_alone_belongs_to_the_statement(reader) -> None:
    page = (
        Page()
        .table(("Total revenues", REVENUES, 90), ("Cost of revenue", "us-gaap:CostOfRevenue", 40))
        .table(*RESULTS, ("Impairment of equipment", "us-gaap:ImpairmentOfLongLivedAssetsHeldForUse", 4))
    )
    reading = reader(page)
    assert totals(reading) == FOUR
    assert [int(r.value) for r in reading.reported if r.measure.name == "impairment"][:1] == [4000]


def test_an_income_statement_broken_behind_gross_profit_goes_on(reader) -> None:
    page = (
        Page()
        .table(
            ("Total revenues", REVENUES, 90),
            ("Cost of revenue", "us-gaap:CostOfRevenue", 40),
            ("Gross profit", "us-gaap:GrossProfit", 50),
        )
        .table(*RESULTS, ("Impairment of equipment", "us-gaap:ImpairmentOfLongLivedAssetsHeldForUse", 4))
    )
    assert [int(r.value) for r in reader(page).reported if r.measure.name == "impairment"][:1] == [4000]


def test_a_cash_flow_statement_broken_off_before_its_first_total_begins_there(reader) -> None:
    page = (
        Page()
        .table(("Total revenues", REVENUES, 90), *RESULTS, spans=QUARTERS)
        .table(
            ("Net income", "us-gaap:NetIncomeLoss", 9),
            ("Depreciation", "us-gaap:DepreciationDepletionAndAmortization", 3),
            spans=NINE,
        )
        .table(
            *((f"Net cash, {n}", CASH.format(n), 5) for n in ("Operating", "Investing", "Financing")),
            spans=NINE,
        )
    )
    assert totals(reader(page)) == FOUR[:2]
    assert not any("2024-01-01..2024-09-30" in warning for warning in reader(page).warnings)
    found = {r.measure.name for r in reader(page).reported if str(r.start) == SPANS["nine"][0]}
    assert {"net_income", "depreciation_amortization", "operating_cash_flow"} <= found


def test_a_note_after_the_cash_flow_statement_adds_no_period(reader) -> None:
    page = (
        Page()
        .table(("Total revenues", REVENUES, 90), *RESULTS, spans=QUARTERS)
        .table(
            *((f"Net cash, {n}", CASH.format(n), 5) for n in ("Operating", "Investing", "Financing")),
            spans=NINE,
        )
        .table(("Revenue of the acquired business", REVENUES, 7), *RESULTS, spans=NINE)
    )
    assert totals(reader(page)) == FOUR[:2]


def test_continuing_operations_make_a_cash_flow_statement(reader) -> None:
    page = (
        Page()
        .table(("Total revenues", REVENUES, 90), *RESULTS)
        .table(
            ("Net cash from operations", f"{CASH.format('Operating')}ContinuingOperations", 50),
            ("Capital expenditures", "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment", 17),
            ("Net cash for investing", f"{CASH.format('Investing')}ContinuingOperations", -17),
            spans=NINE,
        )
    )
    assert [int(r.value) for r in reader(page).reported if r.measure.name == "capital_expenditure"] == [
        17_000,
        18_000,
    ]


def test_a_number_within_a_label_is_no_amount_of_its_row(reader) -> None:
    page = Page().table(("Total revenues", REVENUES, 90), *RESULTS)
    proceeds = page.number("us-gaap:ProceedsFromSaleOfPropertyPlantAndEquipment", 5, "nine")
    page.table(
        ("Net cash from operating activities", CASH.format("Operating"), 50),
        (
            f"Purchases of equipment, net of sales of {proceeds}",
            "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment",
            17,
        ),
        ("Net cash used in investing activities", CASH.format("Investing"), -17),
        spans=NINE[:1],
    )
    assert [int(r.value) for r in reader(page).reported if r.measure.name == "capital_expenditure"] == [
        17_000
    ]


def test_a_period_that_stands_without_a_total_is_reported(reader) -> None:
    page = (
        Page()
        .table(("Total revenues", REVENUES, 90), *RESULTS, spans=QUARTERS)
        .table(*RESULTS, ("Cost of revenue", "us-gaap:CostOfRevenue", 40), spans=NINE)
    )
    reading = reader(page)
    assert totals(reading) == FOUR[:2]
    assert sum("without a total revenue" in warning for warning in reading.warnings) == 2


def test_a_short_period_of_the_income_statement_has_its_results(reader) -> None:
    page = Page().table(("Total revenues", REVENUES, 90), *RESULTS, spans=("quarter", "stub"))
    incomes = [r for r in reader(page).reported if r.measure.name == "net_income"]
    assert [(str(r.start), int(r.value)) for r in incomes] == [("2024-07-01", 24_000), ("2024-01-01", 25_000)]

"""Which rows make up the total, and what their labels mean in filings of other industries."""

from __future__ import annotations

from hashpivot.lines import Reading

from .pages import QUARTERS, RESULTS, REVENUES, Page

ONE = QUARTERS[:1]
CONTRACT = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
PRODUCT = "srt:ProductOrServiceAxis"


def lines(reading: Reading) -> dict[str, int]:
    (period,) = reading.periods
    return {str(line): int(value / 1000) for line, value in period.revenue.by_line().items()}


def test_rows_of_a_note_that_add_up_to_its_total(reader) -> None:
    page = (
        Page()
        .table(("Total revenues", REVENUES, 100), *RESULTS, spans=ONE)
        .table(
            ("Operator - transaction fees", CONTRACT, 8, {PRODUCT: "x:FeesMember"}),
            ("Participant", CONTRACT, 6, {"x:RoleAxis": "x:ParticipantMember"}),
            ("From contracts with customers", CONTRACT, 14),
            ("Operator - block rewards", "us-gaap:RevenueNotFromContractWithCustomer", 86),
            ("Total revenues", REVENUES, 100),
            spans=ONE,
        )
    )
    reading = reader(page)
    assert lines(reading) == {"self_mining": 100}
    assert reading.periods[0].revenue.ties


def test_a_table_by_country_is_no_breakdown_by_line(reader) -> None:
    page = (
        Page()
        .table(("Bitcoin mining revenue", REVENUES, 100), *RESULTS, spans=ONE)
        .table(
            ("United States", REVENUES, 60, {"srt:StatementGeographicalAxis": "country:US"}),
            ("Other", REVENUES, 40, {"srt:StatementGeographicalAxis": "x:OtherMember"}),
            ("Total", REVENUES, 100),
            spans=ONE,
        )
    )
    assert lines(reader(page)) == {"self_mining": 100}


def test_everyday_words_name_no_line_elsewhere(reader) -> None:
    def page(company: str) -> Page:
        return Page(company).table(
            ("Products", REVENUES, 60, {PRODUCT: "x:ProductsMember"}),
            ("Cloud services", REVENUES, 40, {PRODUCT: "x:CloudMember"}),
            ("Total revenues", REVENUES, 100),
            *RESULTS,
            spans=ONE,
        )

    assert lines(reader(page("Example Phones Inc."))) == {}
    assert lines(reader(page("Example Bitcoin Machines Inc."))) == {"chips": 60, "ai_cloud": 40}


def test_a_generic_total_of_a_filing_that_only_mines(reader) -> None:
    def page(*more: tuple) -> Page:
        cost = ("Cost of bitcoin mining", "x:CostOfRevenueBitcoinMining", 40)
        return Page("Example Holdings").table(
            ("Total revenues", REVENUES, 100), cost, *more, *RESULTS, spans=ONE
        )

    reading = reader(page())
    assert lines(reading) == {"self_mining": 100}
    assert [f.note for f in reading.figures() if f.measure == "revenue"] == [
        "the label names no line; the filing speaks of mining alone"
    ]
    assert lines(reader(page(("Cost of hosting", "x:CostOfRevenueHosting", 9)))) == {}


def test_lines_of_one_business_stay_below_their_subtotal(reader) -> None:
    page = Page().table(
        ("Bitcoin mining", REVENUES, 50, {PRODUCT: "x:BitcoinMiningMember"}),
        ("HPC colocation", REVENUES, 30, {PRODUCT: "x:HPCColocationMember"}),
        ("GPU cloud", REVENUES, 20, {PRODUCT: "x:GPUCloudMember"}),
        ("Total HPC", REVENUES, 50, {PRODUCT: "x:HPCMember"}),
        ("Total revenues", REVENUES, 100),
        *RESULTS,
        spans=ONE,
    )
    assert lines(reader(page)) == {"self_mining": 50, "ai_colocation": 30, "ai_cloud": 20}


def test_a_total_with_other_income_is_not_all_the_line_other(reader) -> None:
    page = Page().table(
        ("Bitcoin mining", REVENUES, 70, {PRODUCT: "x:BitcoinMiningMember"}),
        ("Interest income", "us-gaap:InvestmentIncomeInterest", 30),
        ("Total revenues and other income", REVENUES, 100),
        *RESULTS,
        spans=ONE,
    )
    reading = reader(page)
    assert lines(reading) == {"self_mining": 70}
    assert not reading.periods[0].revenue.ties


def test_a_cost_exclusive_of_depreciation_is_a_cost(reader) -> None:
    mining, hosting = {PRODUCT: "x:BitcoinMiningMember"}, {PRODUCT: "x:HostingMember"}
    cost = "x:CostOfRevenueExclusiveOfDepreciation"
    page = Page().table(
        ("Bitcoin mining", REVENUES, 70, mining),
        ("Hosting", REVENUES, 30, hosting),
        ("Total revenues", REVENUES, 100),
        ("Cost of mining", cost, 40, mining),
        ("Cost of hosting", cost, 20, hosting),
        ("Depreciation", "x:CostOfRevenueDepreciation", 9),
        *RESULTS,
        spans=ONE,
    )
    (period,) = reader(page).periods
    assert {str(row.target): int(row.value / 1000) for row in period.cost.rows} == {
        "self_mining": 40,
        "hosting": 20,
    }

"""Lines read from small filings, one trap each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hashpivot.core import FactLocator, Line, Quarter, UnreadableFile, UnreadableFiling
from hashpivot.lines import PeriodReading, Reading, read
from hashpivot.testing import InlineFiling, product, segment

TOTAL = "us-gaap:Revenues"
COST = "us-gaap:CostOfRevenue"
CONTRACT = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"


@pytest.fixture
def reader(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read_one(filing: InlineFiling) -> Reading:
        path = tmp_path / "filing.htm"
        path.write_bytes(filing.write())
        return read(path)

    return read_one


def revenue(period: PeriodReading) -> dict[str, int]:
    return {str(line): int(value / 1000) for line, value in period.revenue.by_line().items()}


def cost(period: PeriodReading) -> dict[str, int]:
    assert period.cost is not None
    return {str(line): int(value / 1000) for line, value in period.cost.by_line().items()}


def test_product_axis_partitions_the_total(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Bitcoin mining", TOTAL, 70, product("Mining")),
            ("Cloud services", TOTAL, 20, product("Cloud")),
            ("Other", TOTAL, None, product("Other")),
            ("Total revenue", TOTAL, 90),
            ("Bitcoin mining", COST, 40, product("Mining")),
            ("Cloud services", COST, 5, product("Cloud")),
            ("Depreciation", "us-gaap:DepreciationAndAmortization", 9),
        )
    )
    (period,) = reading.periods
    assert revenue(period) == {"self_mining": 70, "ai_cloud": 20, "other": 0}
    assert cost(period) == {"self_mining": 40, "ai_cloud": 5}
    assert period.revenue.ties and period.quarter == Quarter(2024, 2) and period.months == 3
    assert period.depreciation == "excludes depreciation"


def test_separate_concepts_partition_the_total(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Digital asset revenue", CONTRACT, 30),
            ("HPC lease revenue", "us-gaap:OperatingLeaseLeaseIncome", 12),
            ("Total revenue", TOTAL, 42),
        )
    )
    assert revenue(reading.periods[0]) == {"self_mining": 30, "ai_colocation": 12}
    assert reading.periods[0].revenue.ties


def test_own_concept_as_the_only_line(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Bitcoin mining revenue, net", "x:DigitalCurrencyMiningRevenues", 162),
            ("Cost of revenues (exclusive of depreciation and amortization)", COST, 70),
        )
    )
    (period,) = reading.periods
    assert revenue(period) == {"self_mining": 162} and cost(period) == {"self_mining": 70}
    assert period.depreciation == "excludes depreciation"


def test_gross_segments_and_eliminations_when_nothing_else_ties(reader) -> None:
    gross = (("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember"),)
    off = (("srt:ConsolidationItemsAxis", "us-gaap:IntersegmentEliminationMember"),)
    filing = (
        InlineFiling()
        .statement(("Total revenue", TOTAL, 100))
        .table(
            ("Bitcoin Mining", TOTAL, 80, (*gross, *segment("BitcoinMining"))),
            ("Engineering", TOTAL, 30, (*gross, *segment("Engineering"))),
            ("Eliminations", TOTAL, 10, off),
            ("Total segments", TOTAL, 110, gross),
        )
    )
    (period,) = reader(filing).periods
    assert revenue(period) == {"self_mining": 80, "engineering": 30}
    assert period.revenue.eliminations == -10_000 and period.revenue.ties
    answer = period.to_dict()
    rows = sum(row["value_usd"] for row in answer["revenue"])
    assert rows + answer["eliminations_usd"] + answer["unattributed_usd"] == answer["total_revenue_usd"]


def test_external_revenue_is_preferred_to_gross(reader) -> None:
    gross = (("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember"),)
    other = (("srt:ConsolidationItemsAxis", "us-gaap:CorporateNonSegmentMember"),)
    filing = (
        InlineFiling()
        .statement(("Total revenue", TOTAL, 100))
        .table(
            ("Bitcoin Mining", TOTAL, 70, segment("BitcoinMining")),
            ("Engineering", TOTAL, 20, segment("Engineering")),
            (
                "Reportable segments",
                TOTAL,
                90,
                segment("ReportableSegmentAggregationBeforeOtherOperatingSegment"),
            ),
            ("All other", TOTAL, 10, other),
            ("Engineering", TOTAL, 25, (*gross, *segment("Engineering"))),
        )
    )
    (period,) = reader(filing).periods
    assert revenue(period) == {"self_mining": 70, "engineering": 20, "other": 10}
    assert not period.revenue.eliminations


@pytest.mark.parametrize(
    "decoy",
    [
        (("us-gaap:BusinessAcquisitionAxis", "x:TargetMember"),),
        (("srt:RestatementAxis", "srt:ScenarioPreviouslyReportedMember"),),
        (("srt:MajorCustomersAxis", "x:CustomerOneMember"), *product("Cloud")),
        (("srt:StatementGeographicalAxis", "country:US"),),
        (("us-gaap:RelatedPartyTransactionAxis", "x:RelatedMember"),),
        (("us-gaap:SubsequentEventTypeAxis", "us-gaap:SubsequentEventMember"),),
    ],
)
def test_decoys_are_no_lines(reader, decoy) -> None:
    filing = InlineFiling().statement(
        ("Bitcoin mining", TOTAL, 70, product("Mining")),
        ("Cloud services", TOTAL, 20, product("Cloud")),
        ("Total revenue", TOTAL, 90),
    )
    (period,) = reader(filing.table(("Bitcoin mining", TOTAL, 20, decoy))).periods
    assert revenue(period) == {"self_mining": 70, "ai_cloud": 20}


def test_rows_split_by_related_party_in_the_income_statement(reader) -> None:
    axis = "us-gaap:RelatedPartyTransactionsByRelatedPartyAxis"
    customers, related = ((axis, f"us-gaap:{name}PartyMember") for name in ("Nonrelated", "Related"))
    filing = InlineFiling().statement(
        ("Hosting revenue from customers", TOTAL, 20, (*product("Hosting"), customers)),
        ("Hosting revenue from related parties", TOTAL, 5, (*product("Hosting"), related)),
        ("Digital asset mining revenue", TOTAL, 70, product("Mining")),
        ("Total revenue", TOTAL, 95),
    )
    (period,) = reader(filing.table(("Hosting, related", TOTAL, 5, (*product("Hosting"), related)))).periods
    assert revenue(period) == {"hosting": 25, "self_mining": 70}
    assert period.revenue.ties


def test_unknown_rows_are_unattributed_with_their_label(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Bitcoin mining", TOTAL, 70, product("Mining")),
            ("Gadgets", TOTAL, 20, product("Gadgets")),
            ("Total revenue", TOTAL, 90),
        )
    )
    (period,) = reading.periods
    answer = period.to_dict()
    assert answer["unattributed_usd"] == 20_000 and answer["ties"] is False
    assert [row["label"] for row in answer["unattributed"]] == ["Gadgets"]
    assert any("Gadgets" in warning for warning in reading.warnings)


def test_columns_by_segment_take_the_member_not_the_label(reader) -> None:
    filing = (
        InlineFiling()
        .statement(("Revenues", TOTAL, 90))
        .table(
            ("Revenue", TOTAL, 70, segment("BitcoinMining")),
            ("Revenue", TOTAL, 20, segment("HPCHosting")),
        )
    )
    (period,) = reader(filing).periods
    assert revenue(period) == {"self_mining": 70, "ai_colocation": 20}
    assert [row.label for row in period.revenue.rows] == ["Bitcoin Mining", "HPC Hosting"]


def test_finer_of_two_cuts_wins(reader) -> None:
    both = (*product("GPUCloud"), *segment("Compute"))
    filing = (
        InlineFiling()
        .statement(("Total revenue", TOTAL, 90))
        .table(
            ("Compute", TOTAL, 60, segment("Compute")),
            ("Power", TOTAL, 30, segment("Power")),
            ("Bitcoin mining", TOTAL, 50, (*product("BitcoinMining"), *segment("Compute"))),
            ("GPU cloud", TOTAL, 10, both),
            ("Power", TOTAL, 30, (*product("Power"), *segment("Power"))),
        )
    )
    (period,) = reader(filing).periods
    assert revenue(period) == {"self_mining": 50, "ai_cloud": 10, "power": 30}


def test_undivided_cost_of_two_equal_lines_stays_unattributed(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Bitcoin mining", TOTAL, 50, product("Mining")),
            ("Cloud services", TOTAL, 50, product("Cloud")),
            ("Total revenue", TOTAL, 100),
            ("Cost of revenue", COST, 60),
        )
    )
    (period,) = reading.periods
    assert cost(period) == {} and period.cost is not None and period.cost.unattributed == 60_000


def test_other_currencies_are_never_shown_as_dollars(reader) -> None:
    reading = reader(InlineFiling(currency="CNY").statement(("Total revenue", TOTAL, 90)))
    assert not any(found.measure.unit == "usd" for found in reading.reported)
    assert any("CNY" in warning for warning in reading.warnings)
    assert (
        all(row["value_usd"] is None for p in reading.to_dict()["periods"] for row in p["revenue"])
        or not reading.periods
    )


def test_figures_carry_source_and_locator(reader) -> None:
    reading = reader(InlineFiling().statement(("Bitcoin mining revenue", TOTAL, 90)))
    figures = reading.figures()
    assert {figure.measure for figure in figures} >= {"revenue", "total_revenue", "operating_income"}
    assert all(
        figure.source == reading.source.key and isinstance(figure.locator, FactLocator) for figure in figures
    )
    assert reading.source.known == date(2024, 8, 14) and reading.source.known_basis == "deadline"
    (line,) = [figure for figure in figures if figure.measure == "revenue"]
    assert line.line is Line.SELF_MINING and line.value == 90_000 and line.decimals == -3


def test_bad_files_are_typed_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read(tmp_path / "missing.htm")
    plain = tmp_path / "plain.htm"
    plain.write_text("<html><body><table><tr><td>Revenue</td><td>5</td></tr></table></body></html>")
    with pytest.raises(UnreadableFiling):
        read(plain)


def test_amounts_in_another_currency_make_no_period(reader) -> None:
    reading = reader(
        InlineFiling(currency="CAD").statement(("Bitcoin mining", TOTAL, 40), ("Total revenue", TOTAL, 40))
    )
    assert reading.periods == () and reading.figures() == ()
    assert any("CAD" in warning for warning in reading.warnings)


def test_a_named_subtotal_takes_its_parts(reader) -> None:
    filing = (
        InlineFiling()
        .statement(("Total revenue", TOTAL, 79))
        .table(
            ("Digital asset self-mining revenue", TOTAL, 62, product("DigitalAssetSelfMining")),
            ("Digital asset hosted mining revenue", TOTAL, 6, product("DigitalAssetHostedMining")),
            ("License fees", TOTAL, 7, product("LicenseFees")),
            ("Maintenance and other", TOTAL, 1, product("MaintenanceAndOther")),
            ("Power fees passed through to customer", TOTAL, 3, product("PowerFees")),
            ("Total colocation revenue", TOTAL, 11, product("Colocation")),
        )
    )
    (period,) = reader(filing).periods
    assert revenue(period) == {"self_mining": 62, "hosting": 6, "ai_colocation": 11}


def test_products_and_a_lease_row_of_its_own_concept(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Mining", CONTRACT, 25, product("Mining")),
            ("Hosting", CONTRACT, 6, product("Hosting")),
            ("Revenue from customers", CONTRACT, 31),
            ("HPC lease revenue", "us-gaap:OperatingLeaseLeaseIncome", 10),
            ("Total revenue", TOTAL, 41),
        )
    )
    (period,) = reading.periods
    assert revenue(period) == {"self_mining": 25, "hosting": 6, "ai_colocation": 10} and period.revenue.ties


def test_a_related_party_row_beside_products_is_unattributed_with_its_label(reader) -> None:
    related = (("us-gaap:RelatedPartyTransactionsByRelatedPartyAxis", "us-gaap:RelatedPartyMember"),)
    reading = reader(
        InlineFiling().statement(
            ("Data center hosting", TOTAL, 41, product("DataCenterHosting")),
            ("HPC hosting", TOTAL, 12, product("HPC")),
            ("Related party revenue", TOTAL, 3, related),
            ("Total revenue", TOTAL, 56),
        )
    )
    (period,) = reading.periods
    assert [row.label for row in period.revenue.unplaced] == ["Related party revenue"]
    assert period.revenue.unattributed == 3000


@pytest.mark.parametrize(
    "concept", ["DigitalAssetMiningRevenue", "CryptoAssetMiningRevenue", "RevenueFromDigitalAssets"]
)
def test_the_industrys_own_concepts_are_revenue(reader, concept: str) -> None:
    reading = reader(InlineFiling().statement(("Revenue", f"x:{concept}", 40), ("Total revenue", TOTAL, 40)))
    assert revenue(reading.periods[0]) == {"self_mining": 40}


def test_cost_by_nature_is_not_cost_by_line(reader) -> None:
    reading = reader(
        InlineFiling().statement(
            ("Bitcoin mining", TOTAL, 200, product("Mining")),
            ("Other", TOTAL, 14, product("Other")),
            ("Total revenue", TOTAL, 214),
            ("Purchased energy costs", "x:CostsOfRevenuesPurchasedEnergy", 40),
            ("Third-party hosting and other energy costs", "x:CostsOfRevenuesHosting", 60),
        )
    )
    (period,) = reading.periods
    assert cost(period) == {} and any("Third-party hosting" in warning for warning in reading.warnings)


def test_timing_of_transfer_beside_the_product_is_no_decoy(reader) -> None:
    over_time = ("us-gaap:TimingOfTransferOfGoodOrServiceAxis", "us-gaap:TransferredOverTimeMember")
    filing = (
        InlineFiling()
        .statement(("Revenue", TOTAL, 50))
        .table(
            ("Self-mining", TOTAL, 30, (*product("SelfMining"), over_time)),
            ("Colocation", TOTAL, 20, (*product("Colocation"), over_time)),
        )
    )
    assert revenue(reader(filing).periods[0]) == {"self_mining": 30, "ai_colocation": 20}


def test_eliminations_are_a_figure_and_keep_the_tie(reader) -> None:
    gross = ("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember")
    off = (("srt:ConsolidationItemsAxis", "us-gaap:IntersegmentEliminationMember"),)
    filing = (
        InlineFiling()
        .statement(("Total revenue", TOTAL, 40))
        .table(
            ("Mining", TOTAL, 38, (gross, *segment("Mining"))),
            ("Engineering", TOTAL, 7, (gross, *segment("Engineering"))),
            ("Eliminations", TOTAL, -5, off),
        )
    )
    figures = reader(filing).figures()
    assert [(f.value, str(f.locator)[:5]) for f in figures if f.measure == "eliminations"] == [
        (-5000, "fact:")
    ]
    total = sum(f.value for f in figures if f.measure in ("revenue", "eliminations"))
    assert total == next(f.value for f in figures if f.measure == "total_revenue")


def test_capital_expenditure_is_cash_spent_on_things(reader) -> None:
    filing = (
        InlineFiling()
        .statement(("Total revenue", TOTAL, 40))
        .table(
            (
                "Net cash used in operating activities",
                "us-gaap:NetCashProvidedByUsedInOperatingActivities",
                -9,
            ),
            ("Purchases of property and equipment", "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment", 30),
            ("Deposits on mining equipment", "x:DepositsOnMiningEquipment", 20),
            (
                "Net cash used in investing activities",
                "us-gaap:NetCashProvidedByUsedInInvestingActivities",
                -50,
            ),
            ("Payments on equipment financing obligations", "x:PaymentsOnEquipmentFinancing", 15),
            ("Net cash from financing activities", "us-gaap:NetCashProvidedByUsedInFinancingActivities", 60),
            ("Purchases of equipment included in accounts payable", "x:PurchasesOfEquipmentInPayables", 8),
        )
    )
    (found,) = [r for r in reader(filing).reported if r.measure.name == "capital_expenditure"]
    assert found.value == 50_000 and len(found.facts) == 2


def test_two_impairments_of_one_amount_are_two_and_one_printed_twice_is_one(reader) -> None:
    rows = (
        ("Impairment of goodwill", "us-gaap:GoodwillImpairmentLoss", 4),
        ("Impairment of miners", "x:ImpairmentOfMiners", 4),
        ("Impairment of miners", "x:ImpairmentLossOnMiners", 4),
    )
    reading = reader(InlineFiling().statement(("Total revenue", TOTAL, 40), *rows))
    assert [r.value for r in reading.reported if r.measure.name == "impairment"] == [8000]


def test_a_note_of_a_rule_goes_with_its_figures(reader) -> None:
    rows = (("Compute", TOTAL, 60, segment("Compute")), ("Power", TOTAL, 30, segment("Power")))
    figures = reader(InlineFiling().statement(*rows, ("Total revenue", TOTAL, 90))).figures()
    assert [f.note for f in figures if f.measure == "revenue"] == [
        "Compute mixes self-mining and GPU cloud",
        "",
    ]

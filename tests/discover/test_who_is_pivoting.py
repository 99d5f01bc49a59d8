"""Who ranks, and who has the words of a miner and another business."""

# ruff: noqa: E501  one decoy a line

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hashpivot.core import Companies, Company, Line
from hashpivot.discover import Category, Discovery, Filer, discover
from hashpivot.testing.generated import DataSetNumber, DataSetSubmission, write_data_set

PRODUCTS = "ProductOrService"
SEGMENTS = "BusinessSegments"
FILED = {"1": "05", "2": "08", "3": "11", "4": "02"}
ENDS = {"1": "0331", "2": "0630", "3": "0930", "4": "1231"}


def filing(
    cik: int,
    name: str,
    parts: Mapping[str, object],
    *,
    quarter: str = "2024Q1",
    axis: str = PRODUCTS,
    others: Sequence[DataSetNumber] = (),
    labels: Mapping[str, str] | None = None,
    total: object = None,
    uom: str = "USD",
    form: str = "10-Q",
    qtrs: int = 1,
    number: int = 1,
) -> DataSetSubmission:
    """A report with revenue by part, in millions."""
    year, end = quarter[:4], ENDS[quarter[-1]]
    day = f"{year}{end}"
    whole = sum(float(str(value)) for value in parts.values()) if total is None else float(str(total))
    numbers = [
        DataSetNumber("Revenues", whole * 1e6, day, qtrs, uom=uom),
        DataSetNumber("OperatingExpenses", 9e6, day, qtrs, uom=uom),
        DataSetNumber("NetIncomeLoss", 1e6, day, qtrs, uom=uom),
        *(
            DataSetNumber("Revenues", float(str(value)) * 1e6, day, qtrs, f"{axis}={member};", uom=uom)
            for member, value in parts.items()
        ),
        *others,
    ]
    income = [("Revenues", "Total revenues"), ("OperatingExpenses", "Operating expenses")]
    return DataSetSubmission(
        adsh=f"{cik:010d}-{year[2:]}-{int(quarter[-1]) * 100 + number:06d}",
        cik=str(cik),
        name=name,
        form=form,
        period=day,
        filed=f"{int(year) + (quarter[-1] == '4')}{FILED[quarter[-1]]}10",
        numbers=numbers,
        income=[*income, ("NetIncomeLoss", "Net loss")],
        labels=labels or {},
        instance=f"abcd-{day}_htm.xml",
    )


def number(
    tag: str, value: object = 5, *, own: bool = True, day: str = "20240331", **other: str
) -> DataSetNumber:
    return DataSetNumber(tag, value, day, version="" if own else "us-gaap/2024", **other)  # type: ignore[arg-type]


MINER = filing(101, "PLAIN MINER INC", {"BitcoinMining": 50, "Other": 1})
PIVOT = filing(102, "PIVOT DIGITAL INC", {"BitcoinMining": 40, "HPCHosting": 10}, axis=SEGMENTS)
BY_YEAR = filing(
    103,
    "YEARLY CORP",
    {"DigitalAssetMining": 80, "AICloudServices": 20},
    form="10-K",
    qtrs=4,
    quarter="2023Q4",
)
AI_HOST = filing(104, "SERVERS FOR MODELS INC", {"AIInfrastructure": 700, "Interconnection": 90})
DECOYS = [
    filing(201, "NEVADA GOLD MINING CORP", {"GoldMining": 300, "SilverMining": 20}, others=[number("MinersHealthBenefits")]),
    filing(202, "BLACK COAL MINING CO", {"CoalMining": 300, "Royalties": 2}, others=[number("MiningEquipmentGross")]),
    filing(203, "ETHER STAKERS INC", {"EthereumStaking": 4, "ValidatorServices": 1}, others=[number("CryptoAssetsHeld")]),
    filing(204, "COIN EXCHANGE INC", {"CryptoTransactions": 900, "CustodialFees": 50}, others=[number("MinerFees")]),
    filing(205, "STOCK BROKERS INC", {"Options": 150, "Cryptocurrencies": 120, "Equities": 40}),
    filing(206, "PHONE MAKER INC", {"Phones": 40000, "Products": 10000, "CloudServices": 9000}),
    filing(207, "CHIP GIANT CORP", {"DataCenter": 20000, "CryptocurrencyMiningProcessors": 120, "Gaming": 3000}),
    filing(208, "SERVER HALLS REIT", {"Colocation": 700, "Interconnection": 90}),
    filing(209, "SHOPPING MALL REIT", {"TenantReimbursements": 70, "RentalRevenue": 300}),
    filing(210, "EXCAVATOR WORKS INC", {"MiningEquipmentSales": 500, "ConstructionEquipment": 900}),
    filing(211, "PAINT AND COATINGS CO", {"HPC": 60, "Paints": 90}, labels={"HPCMember": "High Performance Coatings [Member]"}),
    filing(212, "WEB AND EVENTS INC", {"WebHosting": 60, "EventHosting": 5, "DomainNames": 9}),
    filing(213, "AIR CARRIER INC", {"AirTransport": 600, "AirFreight": 5}),
    filing(214, "COIN WALLET PAY INC", {"Bitcoin": 2000, "Transactions": 900}, others=[number("BitcoinMiningHardwareInventory")]),
    filing(215, "BITCOIN TREASURY INC", {"SoftwareLicenses": 50, "Support": 60}, others=[number("BitcoinHeldFairValue", 9e9)]),
    filing(216, "POWER OF THE PLAINS CO", {"ElectricitySales": 500, "CapacityRevenue": 60}, others=[number("BitcoinMiningCustomerDeposits")]),
    filing(217, "SCANS OF MINDS INC", {"DataMiningSoftware": 50, "Consulting": 60}),
    filing(218, "ELECTRIC UTILITY CO", {"Electricity": 900, "CryptocurrencyMiners": 90}),
    filing(219, "VALIDATORS INC", {"DigitalAssetBlockRewards": 50, "StakingServices": 6}),
    filing(220, "YUKON GOLD MINES", {"GoldMining": 300, "MiningServices": 30}, others=[number("EquityMethodInvestmentInBitcoinMiningCompany")]),
    filing(221, "AI MEDICINES INC", {"AITherapeutics": 50, "Drugs": 60}),
    filing(222, "COLD WALLETS INC", {"HardwareWallets": 50, "Bitcoin": 6}),
    filing(223, "BANK OF MINERS INC", {"LoansToBitcoinMiners": 50, "Deposits": 6}, others=[number("LoansSecuredByBitcoinMiningEquipment")]),
]  # fmt: skip


def found(
    folder: Path,
    filings: Sequence[DataSetSubmission],
    *,
    notes: bool = True,
    companies: Companies | None = None,
) -> Discovery:
    path = write_data_set(folder / ("2024_05_notes.zip" if notes else "2024q2.zip"), filings, notes=notes)
    return discover([path], companies=companies or Companies({}))


def only(discovery: Discovery) -> Filer:
    (filer,) = discovery.filers
    return filer


@pytest.mark.parametrize("notes", [True, False])
def test_ranks_by_category_and_lists_no_decoy(tmp_path: Path, notes: bool) -> None:
    discovery = found(tmp_path, [*DECOYS, MINER, PIVOT, BY_YEAR, AI_HOST], notes=notes)
    by_name = {filer.name: filer.category.value for filer in discovery.filers}
    assert by_name == {
        "PIVOT DIGITAL INC": "pivoting",
        "YEARLY CORP": "pivoting",
        "PLAIN MINER INC": "mining_only",
        "SERVERS FOR MODELS INC": "ai_only",
        "CHIP GIANT CORP": "side_line",
    }
    assert [filer.name for filer in discovery.filers][2:] == [
        "PLAIN MINER INC",
        "SERVERS FOR MODELS INC",
        "CHIP GIANT CORP",
    ]


def test_a_filer_carries_its_evidence(tmp_path: Path) -> None:
    filer = only(found(tmp_path, [PIVOT]))
    first = filer.of_group("ai")[0].first
    assert (first.line, first.value, first.currency) == (Line.AI_COLOCATION, 10_000_000, "USD")
    assert (first.tag, first.segments) == ("Revenues", "BusinessSegments=HPCHosting;")
    assert (first.accession, first.form, str(first.quarter)) == (PIVOT.adsh, "10-Q", "2024Q1")
    assert (filer.current_share, filer.growth, filer.symbol) == (0.2, None, "ABCD")
    assert filer.pivot_quarter == first.quarter


def test_a_line_known_by_its_label_alone(tmp_path: Path) -> None:
    day = "20240331"
    submission = DataSetSubmission(
        adsh="0000000300-24-000001", cik="300", name="LABELS INC", form="10-Q", period=day, filed="20240510",
        numbers=[
            DataSetNumber("Revenues", 100, day), DataSetNumber("NetIncomeLoss", 1, day),
            DataSetNumber("ProductOneRevenue", 70, day, version=""),
            DataSetNumber("ProductTwoRevenue", 30, day, version=""),
        ],
        income=[("ProductOneRevenue", ""), ("ProductTwoRevenue", ""), ("Revenues", "Total revenues"), ("NetIncomeLoss", "Net loss")],
        labels={"ProductOneRevenue": "Bitcoin mining revenue", "ProductTwoRevenue": "GPU cloud revenue"},
    )  # fmt: skip
    filer = only(found(tmp_path, [submission]))
    assert {one.line: one.latest.value for one in filer.lines} == {Line.SELF_MINING: 70, Line.AI_CLOUD: 30}
    assert filer.category is Category.PIVOTING


def test_a_miner_that_breaks_nothing_down(tmp_path: Path) -> None:
    submission = filing(
        301, "ONE LINE INC", {}, total=40, others=[number("QuantityOfBitcoinMined", 300, uom="BTC")]
    )
    assert only(found(tmp_path, [submission])).category is Category.MINING_ONLY


def test_amounts_in_another_currency_keep_it(tmp_path: Path) -> None:
    submission = filing(
        302, "EURO MINER SE", {"BitcoinMining": 40, "HPCHosting": 10}, uom="EUR", form="20-F", qtrs=4
    )
    filer = only(found(tmp_path, [submission]))
    assert {amount.currency for amount in filer.current} == {"EUR"}
    assert (filer.current_value, filer.current_share) == (10_000_000, 0.2)


def test_first_quarter_growth_and_restatements(tmp_path: Path) -> None:
    before = filing(303, "OLD NAME INC", {"BitcoinMining": 40, "HPCHosting": 0}, quarter="2023Q1")
    began = filing(303, "OLD NAME INC", {"BitcoinMining": 40, "HPCHosting": 2}, quarter="2023Q2")
    amended = filing(
        303, "NEW NAME INC", {"BitcoinMining": 39, "HPCHosting": 3}, quarter="2023Q2", form="10-Q/A", number=2
    )
    after = filing(303, "NEW NAME INC", {"BitcoinMining": 30, "HPCHosting": 6}, quarter="2024Q2")
    filer = only(found(tmp_path, [before, began, amended, after]))
    (hosting,) = filer.of_group("ai")
    assert (str(hosting.first.quarter), hosting.first.value, hosting.first.form) == (
        "2023Q2",
        3_000_000,
        "10-Q/A",
    )
    assert hosting.growth == 1.0
    assert (filer.name, filer.earlier_names) == ("NEW NAME INC", ("OLD NAME INC",))


def test_a_pivot_given_up_ranks_below_one_that_goes_on(tmp_path: Path) -> None:
    gone = [
        filing(304, "GAVE UP INC", {"BitcoinMining": 10, "HPCHosting": 40}, quarter="2022Q1"),
        filing(304, "GAVE UP INC", {"BitcoinMining": 10}, quarter="2024Q1"),
    ]
    names = [filer.name for filer in found(tmp_path, [*gone, PIVOT]).filers]
    assert names == ["PIVOT DIGITAL INC", "GAVE UP INC"]


def test_who_is_listed_already(tmp_path: Path) -> None:
    companies = Companies(
        {"PVT": Company("PVT", "Pivot Digital", "102"), "PLM": Company("PLM", "Plain Miner, Inc.")}
    )
    discovery = found(tmp_path, [PIVOT, MINER, BY_YEAR], companies=companies)
    assert {filer.name: filer.listed_as for filer in discovery.filers} == {
        "PIVOT DIGITAL INC": "PVT",
        "PLAIN MINER INC": "PLM",
        "YEARLY CORP": "",
    }


def test_a_subsidiary_that_files_along_is_not_the_company(tmp_path: Path) -> None:
    other = DataSetNumber(
        "Revenues", 99e6, "20240331", segments="ProductOrService=AICloud;", coreg="SubsidiaryLLC"
    )
    submission = filing(305, "PARENT INC", {"BitcoinMining": 40, "Other": 1}, others=[other])
    assert only(found(tmp_path, [submission])).category is Category.MINING_ONLY


def test_a_coal_miner_that_also_mines_coins(tmp_path: Path) -> None:
    """Its mining of coal is not mining of coins; SIC 1220 is coal."""
    mined = [number("QuantityOfBitcoinMined", 40, uom="BTC")]
    submission = replace(
        filing(308, "COAL AND COINS LP", {"Mining": 300, "BitcoinMining": 5, "AIHosting": 1}, others=mined),
        sic=1220,
    )
    filer = only(found(tmp_path, [submission]))
    assert {one.line: one.latest.value for one in filer.lines} == {Line.SELF_MINING: 5_000_000}
    assert filer.category is Category.SIDE_LINE


def test_negative_lines_are_no_evidence(tmp_path: Path) -> None:
    submission = filing(306, "REVERSED INC", {"BitcoinMining": 40, "HPCHosting": -2})
    assert only(found(tmp_path, [submission])).category is Category.MINING_ONLY


def test_of_duplicates_the_first_rank_counts_and_contradictions_none(tmp_path: Path) -> None:
    day, segments = "20240331", "ProductOrService=HPCHosting;"
    ranked = [DataSetNumber("Revenues", 77e6, day, segments=segments, iprx=1)]
    filer = only(
        found(tmp_path, [filing(307, "RANKED INC", {"BitcoinMining": 40, "HPCHosting": 10}, others=ranked)])
    )
    assert filer.of_group("ai")[0].latest.value == 10_000_000
    disputed = [DataSetNumber("Revenues", 77e6, day, segments=segments)]
    filer = only(
        found(tmp_path, [filing(307, "RANKED INC", {"BitcoinMining": 40, "HPCHosting": 10}, others=disputed)])
    )
    assert filer.category is Category.MINING_ONLY
    assert "several values of Revenues" in filer.problems[0]


def test_members_known_by_their_labels_alone(tmp_path: Path) -> None:
    labels = {
        "OneMember": "Bitcoin Mining [Member]",
        "TwoDomain": "Artificial Intelligence Infrastructure [Domain]",
    }
    filer = only(found(tmp_path, [filing(310, "OPAQUE INC", {"One": 40, "Two": 4}, labels=labels)]))
    assert {one.line: one.latest.value for one in filer.lines} == {
        Line.SELF_MINING: 40_000_000,
        Line.AI_COLOCATION: 4_000_000,
    }


def test_names_that_differ_by_their_documentation_alone(tmp_path: Path) -> None:
    """Each filer's own documentation counts, whichever was read first."""
    docs = {"OneRevenue": "Revenue from mining bitcoin.", "TwoRevenue": "Revenue from GPU cloud services."}
    others = {"OneRevenue": "Revenue from bread.", "TwoRevenue": "Revenue from cake."}
    sold = [
        replace(
            filing(cik, name, {}, total=50, others=[number("OneRevenue", 40e6), number("TwoRevenue", 10e6)]),
            income=[("OneRevenue", ""), ("TwoRevenue", ""), ("Revenues", "Total revenues"), ("NetIncomeLoss", "Net loss")],
            docs=texts,
        )
        for cik, name, texts in ((311, "MINER INC", docs), (312, "BAKER INC", others))
    ]  # fmt: skip
    filer = only(found(tmp_path, sold))
    assert (filer.name, filer.category) == ("MINER INC", Category.PIVOTING)


def test_coins_earned_are_mined_where_a_filing_says_so(tmp_path: Path) -> None:
    parts = {"DigitalAsset": 40, "HPCLease": 4}
    mined = filing(313, "SAYS MINED INC", parts, others=[number("BitcoinSelfMined", 300, uom="BTC")])
    assert only(found(tmp_path, [mined])).category is Category.PIVOTING


def test_machines_sold(tmp_path: Path) -> None:
    filer = only(
        found(tmp_path, [filing(314, "RIGS INC", {"CryptocurrencyMiningMachines": 40, "Phones": 4})])
    )
    assert [(one.line, one.latest.value) for one in filer.lines] == [(Line.CHIPS, 40_000_000)]


def test_an_amendment_takes_a_line_away(tmp_path: Path) -> None:
    before = filing(315, "RECLASSIFIED INC", {"BitcoinMining": 40, "HPCHosting": 4})
    after = filing(315, "RECLASSIFIED INC", {"BitcoinMining": 40, "Other": 4}, form="10-Q/A", number=2)
    exhibits = replace(filing(315, "RECLASSIFIED INC", {}, form="10-Q/A", number=3), numbers=[], income=[])
    assert only(found(tmp_path, [before, exhibits])).category is Category.PIVOTING
    assert only(found(tmp_path, [before, after])).category is Category.MINING_ONLY


def test_contracts_without_revenue_are_evidence_of_their_own(tmp_path: Path) -> None:
    def owed(tag: str, value: float, segments: str, *, day: str = "20240331") -> DataSetNumber:
        return DataSetNumber(tag, value, day, 0, segments)

    hosting = f"{PRODUCTS}=HPCHosting;"
    others = [
        owed("RevenueRemainingPerformanceObligation", 3e9, hosting),
        owed("RevenueRemainingPerformanceObligation", 2e9, hosting, day="20231231"),
        owed("RevenueRemainingPerformanceObligation", 1e9, f"Customer=One;{hosting}"),
        owed("RevenueRemainingPerformanceObligation", 7e9, f"{PRODUCTS}=Energy;"),
        owed("RevenueRemainingPerformanceObligationPercentage", 40, hosting),
        owed("ContractWithCustomerLiability", 9e7, hosting),
    ]
    signed = filing(316, "SIGNED INC", {"BitcoinMining": 5, "Other": 1}, others=others)
    first, second = found(tmp_path, [MINER, signed]).filers
    assert (first.name, first.category, second.contracts) == ("SIGNED INC", Category.MINING_ONLY, ())
    assert [(one.tag, one.value, str(one.quarter)) for one in first.contracts] == [
        ("RevenueRemainingPerformanceObligation", 3_000_000_000, "2024Q1"),
        ("ContractWithCustomerLiability", 90_000_000, "2024Q1"),
    ]
    assert first.to_dict()["contracts"][0]["segments"] == hosting

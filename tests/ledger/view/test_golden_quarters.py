"""Derived quarters of real companies, from the bundled figures alone, with operands read in the raw rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hashpivot.core import Kind, Line, Missing, Quarter
from hashpivot.ledger import DETAIL
from hashpivot.ledger.statements import basis_of

# (company, quarter, measure, line) -> what is added (positive) and subtracted, in thousands.
GOLDEN = {
    ("RIOT", "2023Q4", "revenue", "self_mining"): (188_996, -128_987),
    ("RIOT", "2023Q4", "revenue", "engineering"): (64_303, -50_995),
    ("RIOT", "2023Q4", "revenue", "other"): (27_379, -21_884),
    ("RIOT", "2023Q4", "cost_of_revenue", "self_mining"): (96_597, -69_995),
    ("RIOT", "2023Q4", "cost_of_revenue", "engineering"): (60_614, -46_939),
    ("RIOT", "2023Q4", "cost_of_revenue", "other"): (97_122, -73_929),
    ("RIOT", "2024Q4", "revenue", "self_mining"): (321_002, -194_651),
    ("RIOT", "2024Q4", "revenue", "engineering"): (38_491, -26_940),
    ("RIOT", "2024Q4", "revenue", "other"): (17_165, -12_509),
    ("RIOT", "2024Q4", "cost_of_revenue", "self_mining"): (189_224, -123_296),
    ("RIOT", "2024Q4", "cost_of_revenue", "engineering"): (41_731, -27_796),
    ("RIOT", "2024Q4", "cost_of_revenue", "other"): (31_800, -22_588),
    ("BTBT", "2024Q4", "revenue", "self_mining"): ("58591.608", "-48081.874"),
    ("BTBT", "2024Q4", "revenue", "ai_cloud"): ("45727.735", "-32718.083"),
    ("BTBT", "2024Q4", "revenue", "ai_colocation"): ("1361.241", 0),
    ("BTBT", "2024Q4", "revenue", "other"): ("2370.136", "-1468.958"),
    ("CORZ", "2024Q4", "revenue", "self_mining"): (408_740, -328_840),
    ("CORZ", "2024Q4", "revenue", "hosting"): (77_554, -71_050),
    ("CORZ", "2024Q4", "revenue", "ai_colocation"): (24_378, -15_857),
    ("CORZ", "2024Q4", "cost_of_revenue", "self_mining"): (314_335, -236_120),
    ("CORZ", "2024Q4", "cost_of_revenue", "hosting"): (53_558, -49_388),
    ("CLSK", "2023Q3", "revenue", "self_mining"): (168_121, -115_661),
    ("CLSK", "2023Q3", "revenue", "other"): (287, -227),
    ("CLSK", "2023Q3", "cost_of_revenue", "self_mining"): (93_580, -63_179),
    ("CLSK", "2024Q3", "revenue", "self_mining"): (378_968, -289_693),
    ("CLSK", "2024Q3", "cost_of_revenue", "self_mining"): (165_516, -108_374),
    ("CLSK", "2025Q3", "revenue", "self_mining"): (766_314, -542_662),
    ("APLD", "2025Q3", "revenue", "hosting"): (79_500, -41_600),
    ("APLD", "2025Q3", "revenue", "ai_colocation"): (111_300, -85_000),
}


@pytest.mark.parametrize("key", GOLDEN, ids="/".join)
def test_derived_quarter(desk, key):
    terms = [Decimal(str(term)) * 1000 for term in GOLDEN[key]]
    figure = desk.figure("/".join(key))
    assert figure.kind == Kind.DERIVED
    assert figure.value == sum(terms)
    operands = [desk.figure(operand) for operand in figure.operands]
    values = sorted(abs(operand.value) for operand in operands)
    assert values == sorted(abs(term) for term in terms)
    assert figure.known == max(operand.known for operand in operands)


@pytest.mark.parametrize(
    ("ticker", "quarter", "total"),
    [
        ("RIOT", "2023Q4", 78_812_000),
        ("RIOT", "2024Q4", 142_558_000),
        ("BTBT", "2024Q4", 25_781_805),
        ("CORZ", "2024Q4", 94_925_000),
        ("CLSK", "2023Q3", 52_520_000),
        ("CLSK", "2024Q3", 89_275_000),
        ("CLSK", "2025Q3", 223_652_000),
        ("APLD", "2025Q3", 64_216_000),
        ("HUT", "2024Q2", 35_215_000),
        ("MARA", "2025Q4", 202_300_000),
    ],
)
def test_total_revenue(desk, ticker, quarter, total):
    figure = desk.company_measure(ticker, Quarter.parse(quarter), "total_revenue")
    assert figure.value == total
    assert desk.figure(f"{ticker}/{quarter}/total_revenue") == figure


def test_fiscal_quarters_keep_their_own_days(desk):
    lines = desk.quarter_lines("APLD", Quarter(2025, 3))
    assert (str(lines.start), str(lines.end)) == ("2025-06-01", "2025-08-31")


def test_gross_profit_is_revenue_less_cost_of_the_same_cut(desk):
    riot = desk.quarter_lines("RIOT", Quarter(2023, 4)).gross_profit
    assert {line: figure.value for line, figure in riot.items()} == {
        Line.SELF_MINING: 33_407_000,
        Line.ENGINEERING: -367_000,
        Line.OTHER: -17_698_000,
    }
    # Core Scientific's annual report gives no cost of colocation; its other lines do not suffer from that,
    # and agree with the segment gross profit: 94,405 - 92,720 and 23,996 - 21,662.
    core = desk.quarter_lines("CORZ", Quarter(2024, 4)).gross_profit
    assert core[Line.SELF_MINING].value == 1_685_000
    assert core[Line.HOSTING].value == 2_334_000
    assert isinstance(core[Line.AI_COLOCATION], Missing)


def test_eliminations_stand_between_lines_and_total(desk):
    hut = desk.quarter_lines("HUT", Quarter(2024, 2))
    assert hut.eliminations.value == -4_553_000
    assert sum(f.value for f in hut.revenue.values()) == 39_768_000
    assert hut.unattributed.value == 0 and hut.ties


def test_parents_and_children_are_not_added_twice(desk):
    apld = desk.quarter_lines("APLD", Quarter(2025, 4))
    assert apld.revenue[Line.AI_COLOCATION].value == 85_000_000
    assert apld.revenue[Line.HOSTING].value == 41_600_000
    assert Line.AI_CLOUD not in apld.revenue
    assert apld.ties


def test_several_labels_of_one_line_are_summed_with_their_parts(desk):
    other = desk.figure("BTBT/2024Q2/revenue/other")
    assert other.value == 466_316
    assert sorted(desk.figure(part).value for part in other.operands) == [92_504, 373_812]


def test_what_is_missing_is_named(desk):
    why = desk.quarter_lines("BTBT", Quarter(2024, 4)).missing["cost_of_revenue"]
    assert why.code == "not_derivable"
    assert "RIOT/2025Q4/revenue" in desk.gaps("RIOT")


def test_riots_cuts_are_not_mixed(desk):
    # Hosting stands apart in the first quarter of 2023 and is folded into other from the second on.
    assert Line.HOSTING in desk.quarter_lines("RIOT", Quarter(2023, 1)).revenue
    for number in (2, 3, 4):
        lines = desk.quarter_lines("RIOT", Quarter(2023, number))
        assert set(lines.revenue) == {Line.SELF_MINING, Line.ENGINEERING, Line.OTHER} and lines.ties


def test_exact_dollars_beat_an_agreeing_rounded_number(desk):
    mara = desk.figure("MARA/2025Q1/total_revenue")
    assert mara.value == 213_880_000
    assert desk.figure("HUT/2025Q2/total_revenue").value == 41_299_000


def test_instants_and_flows_of_the_whole_company(desk):
    riot = Quarter(2024, 4)
    assert desk.company_measure("RIOT", riot, "bitcoin_mined").value == 1516
    assert desk.company_measure("RIOT", riot, "bitcoin_held").end == riot.end
    assert desk.company_measure("RIOT", riot, "net_income").value == 109_401_000 + 27_034_000
    assert isinstance(desk.company_measure("RIOT", Quarter(2019, 1), "bitcoin_held"), Missing)
    assert isinstance(desk.company_measure("RIOT", Quarter(2019, 1), "hash_rate_average"), Missing)


def test_months_add_up_to_a_quarter(desk):
    iren = desk.company_measure("IREN", Quarter(2024, 1), "bitcoin_mined")
    months = [
        desk.figure(f"IREN/2024-0{m}-01..2024-0{m}-{d}/bitcoin_mined").value
        for m, d in ((1, 31), (2, 29), (3, 31))
    ]
    assert iren.kind == Kind.DERIVED and iren.value == sum(months)


@pytest.mark.parametrize(
    ("address", "note"),
    [
        ("CLSK/2025Q3/revenue/self_mining", ""),  # one operand is noted "peak 50 EH/s"
        ("APLD/2025Q3/revenue/ai_colocation", ""),  # one operand is itself a sum of two rows
        ("RIOT/2024Q4/cost_of_revenue/self_mining", "excludes depreciation"),
        ("CORZ/2024Q4/gross_profit/self_mining", "includes depreciation"),
        ("WULF/2024Q2/gross_profit/self_mining", "excludes depreciation"),  # the revenue is noted otherwise
        ("WULF/2023Q3/gross_profit/self_mining", "as reported by segment; excludes depreciation"),
        (
            "HUT/2025Q3/gross_profit/self_mining",
            "excludes depreciation; Compute mixes self-mining and GPU cloud",
        ),
    ],
)
def test_a_derived_note_tells_the_derivation_and_what_all_operands_share(desk, address, note):
    assert desk.figure(address).note == note


@pytest.mark.parametrize("quarter", ["2023Q4", "2024Q4"])
def test_segment_profits_of_two_reports_are_not_mixed(desk, quarter):
    """Riot's annual reports take revenue less cost for it, its quarterly reports deduct more."""
    year = desk.figure(f"RIOT/{quarter[:4]}-01-01..{quarter[:4]}-12-31/segment_gross_profit/self_mining")
    nine = desk.figure(f"RIOT/{quarter[:4]}-01-01..{quarter[:4]}-09-30/segment_gross_profit/self_mining")
    assert year.source != nine.source
    lines = desk.quarter_lines("RIOT", Quarter.parse(quarter))
    assert not lines.segment
    assert "may define segment costs differently" in lines.missing["segment_gross_profit"].reason
    assert lines.missing["segment_gross_profit"].code == "not_derivable"
    assert lines.gross_profit[Line.SELF_MINING].value < lines.revenue[Line.SELF_MINING].value


def test_no_segment_profit_exceeds_its_revenue(desk):
    for ticker in desk.tickers():
        for quarter in desk.quarters(ticker):
            lines = desk.quarter_lines(ticker, quarter)
            for line, profit in lines.segment.items():
                assert line not in lines.revenue or profit.value <= lines.revenue[line].value
                sources = {desk.figure(operand).source for operand in profit.operands}
                assert len(sources) <= 1


@pytest.mark.parametrize(
    ("quarter", "lines", "padded"), [("2024Q4", 116_200, 119_600), ("2025Q1", 144_800, 148_100)]
)
def test_a_secondary_total_with_other_income_in_it_is_set_aside(desk, quarter, lines, padded):
    total = desk.company_measure("IREN", Quarter.parse(quarter), "total_revenue")
    assert total.value == lines * 1000 and "sum of the lines" in total.note
    held = [f for f in desk.figures("IREN", "total_revenue") if f.value == padded * 1000]
    assert [(f.breakdown, "other income" in f.note) for f in held] == [("detail", True)]


def test_no_quarter_is_derived_from_a_total_set_aside(desk):
    total = desk.company_measure("IREN", Quarter(2025, 2), "total_revenue")
    operands = [end.figure for end in desk.trace(total.id).reported()]
    assert total.value == 187_289_000 and not {119_600_000, 148_100_000} & {f.value for f in operands}


def test_amounts_on_two_bases_are_never_added_or_subtracted(desk):
    for ticker in desk.tickers():
        for quarter in desk.quarters(ticker):
            lines = desk.quarter_lines(ticker, quarter)
            derived = [lines.total_revenue, *lines.revenue.values(), *lines.cost.values(), lines.unattributed]
            for figure in derived:
                if not isinstance(figure, Missing):
                    ends = [end.figure for end in desk.trace(figure.id).reported()]
                    assert len({basis_of(f) for f in ends if f.breakdown != DETAIL}) <= 1, figure.id


def test_a_total_with_a_business_sold_since_is_not_compared_with_those_without(desk):
    totals = {
        quarter: desk.figure(f"APLD/{quarter}/total_revenue") for quarter in ("2025Q4", "2026Q1", "2026Q2")
    }
    assert [f.value for f in totals.values()] == [126_600_000, 126_600_000, 258_700_000]
    assert [basis_of(f) for f in totals.values()] == ["", "with cloud", "with cloud"]
    # 144.2 of the year less 69.1 and 38.0, all without cloud; the 52.9 reported first are with it
    assert desk.figure("APLD/2025Q1/total_revenue").value == 37_100_000
    assert not [note for note in desk.notes("APLD") if "2025-06-01..2026-05-31" in note]


def test_a_derived_line_keeps_the_parts_reported(desk):
    (part,) = desk.quarter_lines("APLD", Quarter(2025, 3)).split
    assert (part.qualifier, part.value) == ("fit_out", 26_300_000)
    parts = desk.quarter_lines("APLD", Quarter(2025, 4)).split
    assert {p.qualifier: p.value for p in parts} == {"rent": 12_000_000, "fit_out": 73_000_000}
    (part,) = desk.quarter_lines("APLD", Quarter(2026, 2)).split
    assert (part.qualifier, part.value) == ("fit_out", 152_400_000)


def test_what_sums_noted_while_transcribing_give(desk):
    """Sums of the data folder's `derived_notes.md`, in millions."""
    for address, value in {
        "IREN/2025Q2/revenue/self_mining": 180.3,
        "IREN/2025Q2/revenue/ai_cloud": 7.0,
        "IREN/2026Q1/revenue/self_mining": 111.2,
        "IREN/2026Q2/revenue/self_mining": 66.7,
        "IREN/2026Q2/revenue/ai_cloud": 70.5,
        "IREN/2026Q2/total_revenue": 137.2,
        "CORZ/2026Q1/revenue/self_mining": 30.11,
        "CORZ/2025Q4/revenue/self_mining": 42.17,
        "CORZ/2025Q2/revenue/self_mining": 62.43,
        "CORZ/2025Q1/revenue/self_mining": 67.18,
        "CLSK/2025Q1/revenue/self_mining": 181.7,
        "CIFR/2026Q2/revenue/self_mining": 24.837,
    }.items():
        assert float(desk.figure(address).value) / 1e6 == pytest.approx(value, abs=0.06), address

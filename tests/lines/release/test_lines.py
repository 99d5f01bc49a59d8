"""Lines read from small releases, one trap each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import UnreadableFiling
from hashpivot.lines import Reading, read

Rows = Sequence[tuple[str, ...]]
HEADER = ("", "Three Months Ended March 31, 2025", "Three Months Ended March 31, 2024")
TITLE = "<p>Condensed Consolidated Statements of Operations (in thousands)</p>"
HEAD = "<p>AUSTIN, May 8, 2025 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT) reports</p>"
BOTTOM = (("Operating loss", "(10)", "(20)"), ("Net loss", "(11)", "(21)"))


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in (header, *rows))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def lines(reading: Reading, measure: str, period: int = 0) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for row in reading.periods[period].to_dict()[measure]:
        name = row["line"] or row["label"]
        amounts[name] = amounts.get(name, 0) + row["value_usd"] // 1000
    return amounts


def qualified(reading: Reading) -> dict[str, int]:
    rows = reading.periods[0].to_dict()["revenue"]
    return {f"{row['line']}:{row.get('qualifier', '')}": row["value_usd"] // 1000 for row in rows}


def reported(reading: Reading, measure: str) -> list[int]:
    return [int(r.value) for r in reading.reported if r.measure.name == measure]


def test_a_statement_without_cost_total(reader) -> None:
    found = reader(
        HEAD,
        TITLE,
        table(
            ("Revenue:", "", ""),
            ("Bitcoin Mining", "70", "60"),
            ("Engineering", "20", "10"),
            ("Total revenue", "90", "70"),
            ("Costs and expenses:", "", ""),
            ("Cost of revenue:", "", ""),
            ("Bitcoin Mining", "40", "35"),
            ("Engineering", "15", "8"),
            ("Acquisition-related costs", "5", "1"),
            ("Selling, general and administrative", "30", "25"),
            ("Depreciation and amortization", "20", "19"),
            ("Total costs and expenses", "110", "88"),
            *BOTTOM,
        ),
    )
    assert lines(found, "revenue") == {"self_mining": 70, "engineering": 20}
    assert lines(found, "cost_of_revenue") == {"self_mining": 40, "engineering": 15}
    assert lines(found, "revenue", 1) == {"self_mining": 60, "engineering": 10}
    assert [period.to_dict()["quarter"] for period in found.periods] == ["2025Q1", "2024Q1"]
    assert found.periods[0].depreciation == "excludes depreciation"
    assert reported(found, "operating_income") == [-10_000, -20_000]
    assert reported(found, "net_income") == [-11_000, -21_000]
    source = found.source
    assert (source.ticker, source.grade, source.known) == ("RIOT", "B", date(2025, 5, 8))
    assert not found.warnings


def test_costs_shown_in_parentheses_are_costs(reader) -> None:
    rows = (
        ("Bitcoin mining", "70", "60"),
        ("Total revenue", "70", "60"),
        ("Cost of revenue - Bitcoin mining", "(40)", "(35)"),
        ("General and administrative expenses", "(9)", "(8)"),
        ("Impairment of miners", "(3)", "—"),
        ("Loss on fair value of bitcoin", "(2)", "(1)"),
    )
    found = reader(HEAD, TITLE, table(*rows, *BOTTOM))
    assert lines(found, "cost_of_revenue") == {"self_mining": 40}
    assert reported(found, "selling_general_administrative") == [9_000, 8_000]
    assert reported(found, "impairment") == [3_000, 0]
    assert reported(found, "fair_value_change_bitcoin") == [-2_000, -1_000]


def test_one_revenue_row_and_a_plain_cost_row(reader) -> None:
    rows = (
        ("Bitcoin mining revenue, net", "162", "112"),
        ("Cost of revenues (exclusive of depreciation and amortization shown below)", "70", "60"),
        ("Professional fees", "5", "4"),
    )
    found = reader(HEAD, TITLE, table(*rows, *BOTTOM))
    assert lines(found, "revenue") == {"self_mining": 162}
    assert lines(found, "cost_of_revenue") == {"self_mining": 70}
    assert found.periods[0].depreciation == "excludes depreciation"


def test_percent_rows_columns_per_share_and_non_gaap_are_no_revenue(reader) -> None:
    rows = (
        ("Revenue:", "", "", "", ""),
        ("Bitcoin mining", "70", "60", "10", "17%"),
        ("% of total revenue", "78%", "86%", "", ""),
        ("Hosting", "20", "10", "10", "100%"),
        ("Revenue per share", "0.10", "0.05", "", ""),
        ("Total revenue", "90", "70", "20", "29%"),
        ("Operating loss", "(10)", "(20)", "", ""),
        ("Net loss", "(11)", "(21)", "", ""),
    )
    other = table(
        ("Adjusted revenue", "500", "400"), ("Net loss", "(11)", "(21)"), ("Adjusted EBITDA", "33", "22")
    )
    header = (*HEADER, "Change", "% Change")
    found = reader(HEAD, TITLE, table(*rows, header=header), "<p>Non-GAAP (in thousands)</p>", other)
    assert lines(found, "revenue") == {"self_mining": 70, "hosting": 20}
    assert len(found.periods) == 2 and all(period.revenue.ties for period in found.periods)
    assert reported(found, "adjusted_ebitda") == [33_000, 22_000]
    assert not found.warnings


def test_segment_table_gives_the_lines_a_statement_does_not(reader) -> None:
    statement = table(("Total revenue", "90", "70"), ("Total cost of revenue", "55", "43"), *BOTTOM)
    blocks = table(
        ("Mining Segment", "", ""),
        ("Mining revenue", "70", "60"),
        ("Power", "30", "30"),
        ("Total cost of mining", "40", "35"),
        ("Mining gross profit", "30", "25"),
        ("Mining gross margin", "43%", "42%"),
        ("Colocation Segment", "", ""),
        ("License fees", "15", "8"),
        ("Maintenance", "5", "2"),
        ("Total colocation revenue", "20", "10"),
        ("Total cost of colocation", "15", "8"),
        ("Gross profit", "5", "2"),
        ("Consolidated gross profit", "35", "27"),
    )
    found = reader(HEAD, TITLE, statement, "<p>Segment results (in thousands)</p>", blocks)
    assert lines(found, "revenue") == {"self_mining": 70, "ai_colocation": 20}
    assert lines(found, "cost_of_revenue") == {"self_mining": 40, "ai_colocation": 15}
    assert lines(found, "segment_gross_profit") == {"self_mining": 30, "ai_colocation": 5}
    assert qualified(found) == {"self_mining:": 70, "ai_colocation:rent": 15, "ai_colocation:": 5}
    addresses = {f.address.rpartition("/")[2] for f in found.figures() if f.measure == "revenue"}
    assert addresses == {"self_mining", "ai_colocation", "ai_colocation:rent"}


def test_a_split_of_the_line_in_another_table(reader) -> None:
    rows = (("Bitcoin mining", "70", "60"), ("Colocation revenue", "20", "10"), ("Total revenue", "90", "70"))
    split = table(
        ("Colocation revenue:", "", ""),
        ("License fees", "9", "4"),
        ("Power fees passed through to customers", "5", "3"),
        ("Tenant fit-out services", "6", "3"),
        ("Total colocation revenue", "20", "10"),
        ("Total cost of colocation", "15", "8"),
        ("Colocation gross profit", "5", "2"),
    )
    found = reader(HEAD, TITLE, table(*rows, *BOTTOM), "<p>Segment results (in thousands)</p>", split)
    assert qualified(found) == {
        "self_mining:": 70, "ai_colocation:rent": 9, "ai_colocation:pass_through": 5,
        "ai_colocation:fit_out": 6,
    }  # fmt: skip


def test_a_table_that_cuts_total_revenue(reader) -> None:
    statement = table(("Total revenue", "90", "70"), *BOTTOM)
    rows = (("Cloud services", "50", "30"), ("Digital asset mining", "40", "40"), ("Total", "90", "70"))
    found = reader(HEAD, TITLE, statement, "<p>Disaggregation (in thousands)</p>", table(*rows))
    assert lines(found, "revenue") == {"ai_cloud": 50, "self_mining": 40}


@pytest.mark.parametrize(
    ("title", "engineering", "counts"),
    [(TITLE, "30", True), (TITLE, "31", False), ("<p>Revenue by source (in thousands)</p>", "30", False)],
)
def test_revenue_alone_counts_under_a_statements_name_if_its_rows_add_up(
    reader, title: str, engineering: str, counts: bool
) -> None:
    revenue = (
        ("Bitcoin Mining", "70", "60"),
        ("Engineering", engineering, "10"),
        ("Total revenue", "100", "70"),
    )
    found = reader(HEAD, title, table(("Revenue:", "", ""), *revenue))
    assert [int(period.total_revenue) for period in found.periods] == ([100_000, 70_000] if counts else [])
    assert counts or "no income statement with total revenue was found" in found.warnings


def test_rows_that_do_not_add_up_are_said_aloud(reader) -> None:
    rows = (("Bitcoin mining", "70", "60"), ("Gadgets", "10", "10"), ("Total revenue", "90", "70"))
    found = reader(HEAD, TITLE, table(*rows, *BOTTOM))
    assert not found.periods[0].revenue.ties and any("Gadgets" in warning for warning in found.warnings)
    assert found.periods[0].to_dict()["unattributed_usd"] == 20_000


def test_of_two_tables_that_disagree_the_statement_counts(reader) -> None:
    rows = (("Bitcoin mining", "70", "60"), ("Total revenue", "70", "60"), *BOTTOM)
    first = table(("Total revenue", "75", "60"), ("Net loss", "(11)", "(21)"))
    found = reader(HEAD, "<p>Highlights (in thousands)</p>", first, TITLE, table(*rows))
    assert found.periods[0].total_revenue == 70_000
    (warning,) = found.warnings
    assert "75,000" in warning and "70,000" in warning and "table:0/row:1" in warning


def test_highlights_rounded_to_millions_agree(reader) -> None:
    rows = (("Bitcoin mining", "70,400", "60,100"), ("Total revenue", "70,400", "60,100"), *BOTTOM)
    first = table(("Total revenue", "$ 70.4", "$ 60.1"), ("Net loss", "(0.0)", "(0.0)"))
    found = reader(HEAD, "<p>Highlights ($ in millions)</p>", first, TITLE, table(*rows))
    assert found.periods[0].total_revenue == 70_400_000 and not found.warnings


def test_a_loss_shown_without_parentheses_is_a_loss(reader) -> None:
    rows = (("Bitcoin mining revenue", "70", "60"), ("Operating loss", "10", "20"), ("Net loss", "11", "21"))
    found = reader(HEAD, TITLE, table(*rows))
    assert reported(found, "net_income") == [-11_000, -21_000]
    assert reported(found, "operating_income") == [-10_000, -20_000]


def test_where_the_label_sets_income_in_parentheses_the_cells_do(reader) -> None:
    rows = (("Bitcoin mining revenue", "70", "60"), ("Operating (income) loss", "10", "(20)"))
    found = reader(HEAD, TITLE, table(*rows, ("Net (income) loss", "(11)", "21")))
    assert reported(found, "operating_income") == [-10_000, 20_000]
    assert reported(found, "net_income") == [11_000, -21_000]


def test_other_currencies_are_never_shown_as_dollars(reader) -> None:
    title = "<p>Consolidated Statements of Operations (in thousands of Canadian dollars)</p>"
    found = reader(HEAD, title, table(("Bitcoin mining revenue", "$ 70", "$ 60"), *BOTTOM))
    assert found.periods == () and not [f for f in found.figures() if f.unit == "usd"]
    assert any("CAD" in warning for warning in found.warnings)


def test_a_convenience_translation_is_kept_apart(reader) -> None:
    header = ("", "Q1 2024 RMB", "Q1 2025 RMB", "Q1 2025 US$")
    rows = (
        ("Bitcoin mining revenue", "500", "700", "97"),
        ("Total revenue", "500", "700", "97"),
        ("Net loss", "(5)", "(7)", "(1)"),
    )
    found = reader(
        HEAD, "<p>Statements of operations (RMB and US$ in thousands)</p>", table(*rows, header=header)
    )
    assert [(p.start, int(p.total_revenue)) for p in found.periods] == [(date(2025, 1, 1), 97_000)]
    assert reported(found, "net_income") == [-1_000]
    assert any("CNY" in warning for warning in found.warnings)


def test_an_unknown_company(reader) -> None:
    head = "<p>HERE, May 8, 2025 (GLOBE NEWSWIRE) -- Example Mining Inc. (NASDAQ: EXMP), a miner, reports</p>"
    found = reader(head, TITLE, table(("Bitcoin mining revenue", "70", "60"), *BOTTOM))
    assert found.company == {"name": "Example Mining Inc.", "cik": "", "ticker": "EXMP"}
    assert any("Example Mining Inc." in warning for warning in found.warnings)
    assert found.source.known == date(2025, 5, 8)


def test_production_updates_give_operating_measures(reader) -> None:
    header = ("", "October 2025", "September 2025")
    rows = (
        ("Bitcoin produced", "437", "445"),
        ("Bitcoin sold", "400", "465"),
        ("Bitcoin held", "19,324", "19,287"),
        ("Deployed hash rate (EH/s)", "36.6", "36.5"),
        ("Average net price per bitcoin sold", "$ 114,970", "$ 113,043"),
    )
    found = reader(HEAD.replace("May 8", "November 5"), table(*rows, header=header))
    answer = {(o["measure"], o["start"], o["end"]): o["value"] for o in found.to_dict()["operating"]}
    assert answer["bitcoin_mined", "2025-10-01", "2025-10-31"] == 437
    assert answer["bitcoin_sold", "2025-09-01", "2025-09-30"] == 465
    assert answer["bitcoin_held", None, "2025-10-31"] == 19_324
    assert answer["hash_rate_period_end", None, "2025-10-31"] == 36.6
    assert found.periods == ()


def test_balance_sheet_and_cash_flow(reader) -> None:
    balance = table(
        ("Cash and cash equivalents", "$ 100", "$ 90"),
        ("Bitcoin", "50", "40"),
        ("Total assets", "200", "180"),
        ("Convertible notes, net", "60", "50"),
        ("Loan from Coinbase", "1", "1"),
        ("Long-term debt, current portion", "5", "6"),
        ("Total liabilities", "90", "80"),
        ("Total stockholders’ equity", "110", "100"),
        header=("", "March 31, 2025", "December 31, 2024"),
    )
    flows = table(
        ("Stock-based compensation", "8", "7"),
        ("Net cash used in operating activities", "(9)", "(8)"),
        ("Purchases of property and equipment, including construction in progress", "(40)", "(30)"),
        ("Net cash used in investing activities", "(40)", "(30)"),
        ("Proceeds from issuance of common stock, net", "77", "66"),
        ("Net cash provided by financing activities", "77", "66"),
    )
    title = "<p>Condensed Consolidated Balance Sheets (in thousands)</p>"
    found = reader(HEAD, title, balance, "<p>Statements of Cash Flows (in thousands)</p>", flows)
    assert reported(found, "cash") == [100_000, 90_000]
    assert reported(found, "convertible_notes") == [60_000, 50_000]
    assert reported(found, "debt") == [65_000, 56_000]
    assert reported(found, "capital_expenditure") == [40_000, 30_000]
    assert reported(found, "operating_cash_flow") == [-9_000, -8_000]
    assert reported(found, "share_issuance_proceeds") == [77_000, 66_000]
    assert reported(found, "stockholders_equity") == [110_000, 100_000]


def test_pages_without_figures_stay_errors(reader) -> None:
    with pytest.raises(UnreadableFiling):
        reader("<p>Revenue of our best site was $5.0 million in the first quarter of 2025.</p>")


AMOUNT = st.integers(1, 10**6)


@settings(max_examples=40, deadline=None)
@given(st.tuples(AMOUNT, AMOUNT), st.tuples(AMOUNT, AMOUNT), st.tuples(AMOUNT, AMOUNT), st.booleans())
def test_any_statement_reads_back_and_ties(
    tmp_path_factory: pytest.TempPathFactory,
    mining: tuple[int, int],
    cloud: tuple[int, int],
    cost: tuple[int, int],
    negative: bool,
) -> None:
    def cells(values: Sequence[int], *, turned: bool = False) -> list[str]:
        return [f"({value:,})" if turned else f"{value:,}" for value in values]

    total = [a + b for a, b in zip(mining, cloud, strict=True)]
    rows = (
        ("Digital asset mining", *cells(mining)),
        ("Cloud services", *cells(cloud)),
        ("Total revenues", *cells(total)),
        ("Cost of revenue - digital asset mining", *cells(cost, turned=negative)),
        ("Cost of revenue - cloud services", *cells(cost, turned=negative)),
        ("Net income", *cells(total)),
    )
    path = tmp_path_factory.mktemp("r") / "r.htm"
    path.write_text(f"{HEAD}{TITLE}{table(*rows)}", encoding="utf-8")
    found = read(path)
    for place in (0, 1):
        assert lines(found, "revenue", place) == {"self_mining": mining[place], "ai_cloud": cloud[place]}
        assert lines(found, "cost_of_revenue", place) == {"self_mining": cost[place], "ai_cloud": cost[place]}
        assert found.periods[place].revenue.ties


@pytest.mark.parametrize(
    ("label", "shown", "cost", "gain"),
    [
        ("Change in fair value of bitcoin", "(9)", "40", 9_000),
        ("Gain on fair value of bitcoin, net", "(9)", "40", 9_000),
        ("(Increase) decrease in fair value of digital assets", "9", "40", -9_000),
        ("Losses (gains) on digital assets", "(9)", "40", 9_000),
        ("Gains (losses) on digital assets", "(9)", "(40)", -9_000),
        ("Change in fair value of digital assets", "9", "(40)", 9_000),
    ],
)
def test_a_gain_among_costs_has_its_own_sign(reader, label: str, shown: str, cost: str, gain: int) -> None:
    rows = (("Bitcoin mining revenue", "70", "60"), ("Cost of revenue", cost, cost), (label, shown, "—"))
    found = reader(HEAD, TITLE, table(*rows, *BOTTOM))
    assert reported(found, "fair_value_change_bitcoin") == [gain, 0]
    assert lines(found, "cost_of_revenue") == {"self_mining": 40}


def test_a_cut_rounded_to_millions_leaves_its_rounding_unattributed(reader) -> None:
    statement = table(("Revenue", "169,711", "62,016"), *BOTTOM)
    rows = (
        ("Self-mining", "130.9", "31.5"),
        ("General hosting", "38.8", "30.5"),
        ("Total revenue", "169.7", "62.0"),
    )
    found = reader(HEAD, TITLE, statement, "<p>Revenue by line (US $ in millions)</p>", table(*rows))
    assert lines(found, "revenue") == {"self_mining": 130_900, "hosting": 38_800}
    assert found.periods[0].to_dict()["unattributed_usd"] == 11_000 and not found.periods[0].revenue.ties
    assert any("11,000 USD" in warning for warning in found.warnings)


def test_a_table_without_unit_beside_scaled_statements_is_left_out_unless_a_total_proves_it(reader) -> None:
    statement = table(("Bitcoin mining revenue", "70", "60"), *BOTTOM)
    unproven = table(("Net loss", "(11)", "(21)"), ("Adjusted EBITDA", "33", "22"))
    found = reader(HEAD, TITLE, statement, "<p>Non-GAAP</p>", unproven)
    assert reported(found, "adjusted_ebitda") == []
    assert any("names no unit" in warning for warning in found.warnings)
    whole = table(("Net loss", "(11,000)", "(21,000)"), ("Adjusted EBITDA", "33,000", "22,000"))
    assert reported(reader(HEAD, TITLE, statement, "<p>Non-GAAP</p>", whole), "adjusted_ebitda") == [
        33_000,
        22_000,
    ]


@pytest.mark.parametrize(("unit", "totals"), [("thousands", []), ("millions", [5_000_000, 4_000_000])])
def test_points_that_may_part_thousands_are_not_read(reader, unit: str, totals: list[int]) -> None:
    title = f"<p>Consolidated Statements of Operations (in {unit})</p>"
    rows = (("Bitcoin mining", "3.000", "2.500"), ("Engineering", "2.000", "1.500"))
    found = reader(
        HEAD, title, table(*rows, ("Total revenue", "5.000", "4.000"), ("Net loss", "(1.100)", "(2.200)"))
    )
    assert [int(period.total_revenue) for period in found.periods] == totals
    assert bool(totals) != any("points may part thousands" in warning for warning in found.warnings)


def test_discontinued_and_pro_forma_tables_are_aside(reader) -> None:
    statement = table(("Bitcoin mining revenue", "70", "60"), *BOTTOM)
    other = table(
        ("Total revenue", "5", "4"), ("Gross profit - hosting", "1", "1"), ("Net loss", "(1)", "(2)")
    )
    found = reader(HEAD, TITLE, statement, "<p>Discontinued operations (in thousands)</p>", other)
    assert not found.warnings and found.periods[0].segment_profit == ()


def test_a_measure_of_segments_is_not_the_company_s(reader) -> None:
    statement = (HEAD, TITLE, table(("Bitcoin mining revenue", "70", "60"), *BOTTOM))
    segments = (
        ("Mining", "", ""),
        ("Adjusted EBITDA", "20", "12"),
        ("Hosting", "", ""),
        ("Adjusted EBITDA", "13", "10"),
    )
    whole = (("Total", "", ""), ("Adjusted EBITDA", "33", "22"))
    note = "<p>Non-GAAP (in thousands)</p>"
    assert reported(reader(*statement, note, table(*segments, *whole)), "adjusted_ebitda") == [33_000, 22_000]
    found = reader(*statement, note, table(*segments))
    assert reported(found, "adjusted_ebitda") == []
    assert any("rows that mean the same differ" in warning for warning in found.warnings)
    one = reader(*statement, note, table(*segments[:2]), note, table(*whole))
    assert any("'Adjusted EBITDA' is 33,000" in warning for warning in one.warnings)


@pytest.mark.parametrize(
    "name",
    [
        "Unaudited Pro Forma Condensed Combined Statements of Operations (in thousands)",
        "Non-GAAP Consolidated Statements of Operations (in thousands)",
        "Consolidated Statements of Operations - As Previously Reported (in thousands)",
    ],
)
def test_a_statement_of_the_company_as_it_is_not_gives_no_results(reader, name: str) -> None:
    other = f"<p>{name}</p>", table(("Total revenue", "90", "80"), *BOTTOM)
    found = reader(HEAD, *other)
    assert not found.periods
    assert any("its results are left out" in warning for warning in found.warnings)
    both = reader(HEAD, *other, TITLE, table(("Bitcoin mining revenue", "70", "60"), *BOTTOM))
    assert lines(both, "revenue") == {"self_mining": 70}


def test_the_first_of_several_costs_of_revenue_is_not_their_total(reader) -> None:
    rows = (
        ("Bitcoin mining", "70", "60"),
        ("Hosting", "20", "10"),
        ("Total revenue", "90", "70"),
        ("Cost of revenue, excluding depreciation - mining", "40", "35"),
        ("Cost of revenue, excluding depreciation - hosting", "15", "8"),
    )
    found = reader(HEAD, TITLE, table(*rows, *BOTTOM))
    assert lines(found, "cost_of_revenue") == {"self_mining": 40, "hosting": 15}

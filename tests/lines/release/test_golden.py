"""Real releases against figures transcribed from them by others."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from hashpivot.core import Line
from hashpivot.lines import Reading, read
from tools.bundle.snapshot import Snapshot

CORZ = "submissions/CORZ_8K_2025Q3_0001628280-25-046263.txt.gz"
BTBT_6K = "ixbrl/BTBT_6K-2024-06-30.htm.gz"
BTBT_8K = "submissions/BTBT_8K_2025Q3prelim_0001213900-25-104749.txt.gz"
SPANS = {
    ("2025-07-01", "2025-09-30"),
    ("2024-07-01", "2024-09-30"),
    ("2025-01-01", "2025-09-30"),
    ("2024-01-01", "2024-09-30"),
}


@lru_cache(maxsize=4)
def reading(path: Path) -> Reading:
    return read(path)


def transcribed(taken_in: Snapshot, part: str) -> list[dict[str, str]]:
    rows = taken_in.table("figures/reported_figures.csv")
    return [row for row in rows if part in row["accession_or_url"]]


def said(found: Reading, row: dict[str, str]) -> list[int]:
    """What our reader says where the row was transcribed, rows of one line added up."""
    span = (row["fiscal_period_start"], row["fiscal_period_end"])
    measure = {"adj_ebitda": "adjusted_ebitda"}.get(row["measure"], row["measure"])
    line = None if row["canonical_line"] == "total" else Line(row["canonical_line"])
    values = [
        int(figure.value)
        for figure in found.figures()
        if (str(figure.start), str(figure.end)) == span and figure.measure == measure and figure.line == line
    ]
    return [sum(values)] if values and line else values


def test_every_transcribed_figure_of_core_scientific_agrees(shared: Path, taken_in: Snapshot) -> None:
    rows = transcribed(taken_in, "0001628280-25-046263")
    assert len(rows) == 48 and {(r["fiscal_period_start"], r["fiscal_period_end"]) for r in rows} == SPANS
    found = reading(shared / "filings" / CORZ)
    wrong = [(row["label_as_reported"], row) for row in rows if said(found, row) != [int(row["value_usd"])]]
    assert not wrong


def test_periods_of_core_scientific(shared: Path) -> None:
    found = reading(shared / "filings" / CORZ)
    assert {(str(p.start), str(p.end)) for p in found.periods} == SPANS
    assert sorted(p.months for p in found.periods) == [3, 3, 9, 9]
    for period in found.periods:
        assert period.revenue.ties and not period.revenue.unattributed and period.revenue.unit == 1000
        assert period.cost is not None and period.cost.ties
        assert period.depreciation == "includes depreciation"
    source = found.source
    assert (source.form, source.accession, source.grade) == ("8-K", "0001628280-25-046263", "A")
    assert (source.known, source.known_basis, source.ticker) == (date(2025, 10, 24), "filed", "CORZ")
    assert found.document_period_end == date(2025, 9, 30)


@pytest.mark.parametrize(
    ("measure", "start", "end", "value"),
    [
        ("selling_general_administrative", "2025-07-01", "2025-09-30", 69_354_000),
        ("operating_income", "2025-07-01", "2025-09-30", -57_425_000),
        ("fair_value_change_bitcoin", "2025-07-01", "2025-09-30", 10_957_000),
        ("depreciation_amortization", "2025-07-01", "2025-09-30", 16_329_000),
        ("operating_cash_flow", "2025-01-01", "2025-09-30", 125_182_000),
        ("investing_cash_flow", "2025-01-01", "2025-09-30", -467_425_000),
        ("capital_expenditure", "2025-01-01", "2025-09-30", 454_194_000),
        ("share_issuance_proceeds", "2024-01-01", "2024-09-30", 55_000_000),
        ("cash", "None", "2025-09-30", 453_443_000),
        ("debt", "None", "2025-09-30", 1_059_007_000),
        ("total_assets", "None", "2024-12-31", 1_598_815_000),
        ("stockholders_equity", "None", "2025-09-30", -1_127_960_000),
    ],
)
def test_measures_of_core_scientific(shared: Path, measure: str, start: str, end: str, value: int) -> None:
    figures = reading(shared / "filings" / CORZ).figures()
    found = [int(f.value) for f in figures if (f.measure, str(f.start), str(f.end)) == (measure, start, end)]
    assert found == [value]


def test_every_transcribed_figure_of_bit_digital_agrees(shared: Path, taken_in: Snapshot) -> None:
    """Rows of the 6-K itself, and what its later 10-Q repeats of that quarter."""
    found = reading(shared / "filings" / BTBT_6K)
    later = [
        row
        for row in transcribed(taken_in, "000121390025076608/R46.htm")
        if row["fiscal_period_start"] == "2024-04-01" and row["source_kind"] == "page_text"
    ]
    rows = [*transcribed(taken_in, "btbt/10q/10Q-2024-06-30.html"), *later]
    assert len(rows) == 5
    wrong = [(row["label_as_reported"], row) for row in rows if said(found, row) != [int(row["value_usd"])]]
    assert not wrong


def test_bit_digital_6k(shared: Path) -> None:
    found = reading(shared / "filings" / BTBT_6K)
    answers = {(str(p.start), str(p.end)): p.to_dict() for p in found.periods}
    assert {span: answer["total_revenue_usd"] for span, answer in answers.items()} == {
        ("2024-04-01", "2024-06-30"): 28_950_902,
        ("2023-04-01", "2023-06-30"): 9_037_602,
        ("2024-01-01", "2024-06-30"): 59_237_992,
        ("2023-01-01", "2023-06-30"): 17_302_601,
    }
    assert all(answer["ties"] for answer in answers.values())
    half = answers["2024-01-01", "2024-06-30"]
    assert {row["line"]: row["value_usd"] for row in half["cost_of_revenue"]} == {
        "self_mining": 23_522_773,
        "ai_cloud": 7_752_628,
        "other": 40_889,
    }
    assert {row["depreciation"] for row in half["cost_of_revenue"]} == {"excludes depreciation"}
    assert {row["line"]: row["value_usd"] for row in half["revenue"]} == {
        "self_mining": 37_971_653,
        "ai_cloud": 20_566_781,
        "other": 699_558,
    }
    assert (found.source.known, found.source.grade, found.source.ticker) == (date(2024, 8, 19), "A", "BTBT")


def test_amounts_in_sentences_are_not_invented_as_figures(shared: Path) -> None:
    found = reading(shared / "filings" / BTBT_8K)
    assert found.periods == () and found.figures() == ()
    assert any("no income statement" in warning for warning in found.warnings)
    assert found.company["ticker"] == "BTBT" and found.source.form == "8-K"

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import MEASURES, InvalidInput, Line, read_measure


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("revenue", "total_revenue", ()),
        ("hosting revenue", "revenue", (Line.HOSTING,)),
        ("revenue/self_mining", "revenue", (Line.SELF_MINING,)),
        ("HPC hosting revenue", "revenue", (Line.AI_COLOCATION,)),
        ("AI revenue", "revenue", (Line.AI_CLOUD, Line.AI_COLOCATION)),
        ("cost of engineering", "cost_of_revenue", (Line.ENGINEERING,)),
        ("self-mining gross profit", "gross_profit", (Line.SELF_MINING,)),
        ("SG&A", "selling_general_administrative", ()),
        ("D&A", "depreciation_amortization", ()),
        ("capex", "capital_expenditure", ()),
        ("BTC production", "bitcoin_mined", ()),
        ("issuing shares", "share_issuance_proceeds", ()),
        ("reveune", "total_revenue", ()),
        ("net loss", "net_income", ()),
        ("AI cloud rev", "revenue", (Line.AI_CLOUD,)),
        ("data centre lease revenue", "revenue", (Line.AI_COLOCATION,)),
        ("SEALMINER sales", "revenue", (Line.CHIPS,)),
        ("power & capacity revenue", "revenue", (Line.POWER,)),
        ("stock comp expense", "stock_based_compensation", ()),
        ("operating cash burn", "operating_cash_flow", ()),
        ("BTC stack", "bitcoin_held", ()),
        ("operational hashrate", "hash_rate_period_end", ()),
        ("average operational hashrate", "hash_rate_average", ()),
    ],
)
def test_measures_as_people_call_them(text: str, measure: str, lines: tuple[Line, ...]) -> None:
    asked = read_measure(text)
    assert (asked.measure.name, asked.lines) == (measure, lines)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_found_by_its_name_and_title(name: str) -> None:
    totals = {"revenue": "total_revenue", "cost_of_revenue": "total_cost_of_revenue"}
    for text in (name, MEASURES[name].title):
        assert read_measure(text).measure.name == totals.get(name, name)


@pytest.mark.parametrize("line", Line)
def test_every_line_is_found_by_its_name_and_heading(line: Line) -> None:
    for text in (line.value, line.heading):
        assert read_measure("revenue", text).lines == (line,)
        assert read_measure(f"{text} revenue").lines == (line,)


@pytest.mark.parametrize("text", ["headcount", "stock price", "gross margin", "dividends", "EPS", "", "ai"])
def test_what_is_no_measure_is_an_error_with_what_is_near(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_measure(text)
    assert "did you mean" in str(caught.value) or "measures are" in str(caught.value)


def test_what_is_not_kept_by_line_is_not_given_by_line() -> None:
    with pytest.raises(InvalidInput, match="not kept by line"):
        read_measure("net income", "hosting")


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_a_measure_or_a_typed_error(text: str, line: str) -> None:
    with suppress(InvalidInput):
        assert read_measure(text, line).measure.name in MEASURES

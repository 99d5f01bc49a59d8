"""Amounts asked for in people's words."""

from __future__ import annotations

import pytest

from hashpivot import Desk
from hashpivot.core import Figure, Missing, UnknownCompany


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (("riot", "engineering revenue", "Q4 2024"), "RIOT/2024Q4/revenue/engineering"),
        (("CleanSpark", "BTC production", "FQ1 2025"), "CLSK/2024Q4/bitcoin_mined/total"),
        (("Iris Energy", "revenue", "fiscal year 2025"), "IREN/2024-07-01..2025-06-30/total_revenue/total"),
        (("MARA", "bitcoin held", "September 2024"), "MARA/2024-09-30/bitcoin_held/total"),
        (("RIOT", "cash", "FY2024"), "RIOT/2024Q4/cash/total"),
        (("RIOT", "cash", "31 December 2024"), "RIOT/2024-12-31/cash/total"),
    ],
)
def test_words_lead_to_an_address(desk: Desk, asked: tuple[str, str, str], address: str) -> None:
    (amount,) = desk.amounts(*asked)
    assert amount.address == address
    assert isinstance(amount.amount, Figure)
    assert desk.trace(amount.amount.id).figure == amount.amount


def test_words_for_several_lines_give_those_with_a_figure(desk: Desk) -> None:
    lines = [amount.line for amount in desk.amounts("BTBT", "AI revenue", "2025Q3")]
    assert lines == ["ai_cloud", "ai_colocation"]
    assert [amount.line for amount in desk.amounts("IREN", "AI revenue", "2024Q4")] == ["ai_cloud"]


def test_the_latest_is_the_newest_quarter_that_has_it(desk: Desk) -> None:
    (amount,) = desk.amounts("RIOT", "hash rate", "latest")
    assert isinstance(amount.amount, Figure)
    assert str(amount.period.quarter) in amount.period.reading


def test_what_is_absent_says_why(desk: Desk) -> None:
    (amount,) = desk.amounts("CIFR", "hosting revenue", "Q4 2024")
    assert isinstance(amount.amount, Missing)
    assert desk.amounts("CIFR", "hosting revenue", "Q4 2024").records()[0]["value"] is None


def test_a_year_no_report_gives_is_the_sum_of_its_quarters(desk: Desk) -> None:
    (amount,) = desk.amounts("CLSK", "bitcoin mined", "FY2024")
    figure = amount.amount
    assert isinstance(figure, Figure)
    assert figure.note.startswith("sum of the quarters")
    quarters = [desk.trace(operand).figure for operand in figure.operands]
    assert sum(quarter.value for quarter in quarters) == figure.value
    assert [str(quarter.quarter) for quarter in quarters] == ["2023Q4", "2024Q1", "2024Q2", "2024Q3"]


def test_a_year_with_a_quarter_missing_is_not_the_sum_of_three(desk: Desk) -> None:
    (amount,) = desk.amounts("CORZ", "SG&A", "FY2024")
    assert isinstance(amount.amount, Missing)
    assert "2024Q1" in amount.amount.reason


def test_no_ratio_is_summed(desk: Desk) -> None:
    (amount,) = desk.amounts("IREN", "average hash rate", "FY2024")
    assert isinstance(amount.amount, Missing)


def test_gross_profit_of_a_company_is_as_reported_or_revenue_less_cost(desk: Desk) -> None:
    (derived,) = desk.amounts("CORZ", "gross profit", "2025Q3")
    (revenue,) = desk.amounts("CORZ", "revenue", "2025Q3")
    (cost,) = desk.amounts("CORZ", "cost of revenue", "2025Q3")
    assert isinstance(derived.amount, Figure)
    assert isinstance(revenue.amount, Figure)
    assert isinstance(cost.amount, Figure)
    assert derived.amount.value == revenue.amount.value - cost.amount.value


def test_a_slip_names_whom_it_may_mean(desk: Desk) -> None:
    with pytest.raises(UnknownCompany, match="Core Scentific") as caught:
        desk.company_of("Core Scentific")
    assert "CORZ (Core Scientific, Inc.)" in caught.value.hint


def test_any_company_has_a_latest_period(desk: Desk) -> None:
    for ticker in desk.companies:
        assert desk.period(ticker, "latest").quarter

"""Operating cash flow with the cash for bitcoin sold: added only where it stands in investing cash flow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import MEASURES, Figure, Line, Missing, PlainLocator, Quarter, Source
from hashpivot.ledger import Figures, View
from hashpivot.season import Metric
from hashpivot.season.answers._cash_flow import operating_with_sales

QUARTER, KNOWN = Quarter(2024, 4), date(2025, 2, 1)
NETWORK = NetworkHistory.load()
PRICE = NETWORK.quarter(QUARTER).mean_price_usd
SOLD = 1000
PROCEEDS = int(SOLD * PRICE)
CAPEX, BURN = 200_000_000, -50_000_000


def row(measure: str, value: int, line: Line | None = None) -> Figure:
    definition = MEASURES[measure]
    start = QUARTER.start if definition.flow else None
    place = PlainLocator(f"{measure} {line}")
    return Figure(
        "TEST",
        measure,
        line,
        start,
        QUARTER.end,
        Decimal(value),
        definition.unit,
        measure,
        "s",
        place,
        KNOWN,
        breakdown="main" if line else "",
    )


def flow(lines: dict[Line, int] | None = None, **measures: int) -> Metric:
    given = {"operating_cash_flow": BURN, "capital_expenditure": CAPEX} | measures
    figures = [row(name, value) for name, value in given.items()]
    revenue = lines or {Line.SELF_MINING: 100_000_000}
    figures += [row("revenue", value, line) for line, value in revenue.items()]
    figures.append(row("total_revenue", sum(revenue.values())))
    source = Source("s", "TEST", "10-Q", KNOWN, "filed", "A")
    view = View(Figures({"s": source}, tuple(figures)), companies={})
    return operating_with_sales(view, NETWORK, "TEST", QUARTER)


@pytest.mark.parametrize(
    "measures",
    [
        {"bitcoin_sold": 0},
        {"bitcoin_mined": 1000, "bitcoin_held": 50},
        {"bitcoin_sold": 100},  # proceeds are small beside capital expenditure
        {"bitcoin_sold": SOLD, "investing_cash_flow": -CAPEX},
        {"bitcoin_mined": 1000, "investing_cash_flow": -CAPEX - 1_000_000},
    ],
    ids=["nothing sold", "sold at once", "immaterial", "not in investing", "not in investing, sales unknown"],
)
def test_it_stays_as_reported(measures: dict[str, int]) -> None:
    metric = flow(**measures)
    assert metric.value == BURN and metric.method == "operating cash flow as reported"


def test_a_company_that_mines_nothing_is_left_alone() -> None:
    assert flow({Line.AI_CLOUD: 100, Line.HOSTING: 50}).value == BURN


def test_proceeds_that_investing_cash_flow_holds_are_added() -> None:
    metric = flow(bitcoin_sold=SOLD, investing_cash_flow=-CAPEX + PROCEEDS)
    assert metric.value == pytest.approx(BURN + SOLD * PRICE)
    assert {figure.measure for figure in metric.figures} == {"operating_cash_flow", "bitcoin_sold"}
    assert metric.formula and metric.formula.value() == metric.value


@pytest.mark.parametrize(
    ("measures", "why"),
    [
        ({}, "how many were sold is not known"),
        ({"bitcoin_sold": SOLD}, "the proceeds of 1,000 bitcoin"),
        (
            {"bitcoin_sold": SOLD, "investing_cash_flow": -CAPEX + PROCEEDS // 2},
            "the proceeds of 1,000 bitcoin",
        ),
        ({"bitcoin_sold": SOLD, "investing_cash_flow": -5 * CAPEX}, "the proceeds of 1,000 bitcoin"),
    ],
)
def test_otherwise_it_says_why_not(measures: dict[str, int], why: str) -> None:
    value = flow(**measures).value
    assert isinstance(value, Missing) and value.code == "not_derivable"
    assert why in value.reason and value.needs

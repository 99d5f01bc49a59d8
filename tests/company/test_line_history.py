from __future__ import annotations

import pytest

from hashpivot.company import number_in
from hashpivot.core import Figure, Line, Missing
from hashpivot.testing import MadeUpMiner

from .conftest import profile


@pytest.fixture
def grown(miner: MadeUpMiner) -> MadeUpMiner:
    """Mining falls from 100 to 50 in a year, AI doubles in a quarter."""
    for quarter, mining, ai in (("2024Q1", 100, 0), ("2024Q4", 60, 20), ("2025Q1", 50, 40)):
        miner.quarter(quarter, Line.SELF_MINING, mining * 1e6).quarter(quarter, Line.AI_CLOUD, ai * 1e6)
        miner.quarter(quarter, None, (mining + ai) * 1e6)
    return miner


def test_growth_on_the_quarter_and_on_the_year(grown: MadeUpMiner) -> None:
    table = profile(grown).lines
    mining, ai, total = (row.quarters[-1] for row in table.rows())
    assert mining.growth_yoy.value == pytest.approx(-0.5)
    assert mining.growth_qoq.value == pytest.approx(50 / 60 - 1)
    assert ai.growth_qoq.value == pytest.approx(1.0)
    assert total.growth_yoy.value == pytest.approx(-0.1)


def test_growth_from_nothing_is_not_applicable(grown: MadeUpMiner) -> None:
    ai = profile(grown).lines.lines[1].quarters[-1].growth_yoy
    assert isinstance(ai.value, Missing) and ai.value.code == "not_applicable"


def test_a_margin_needs_a_cost(grown: MadeUpMiner) -> None:
    row = profile(grown).lines.lines[0].quarters[-1]
    assert isinstance(row.gross_profit, Missing) and isinstance(row.margin.value, Missing)
    assert row.gross_profit.needs


def test_gross_profit_and_margin(grown: MadeUpMiner) -> None:
    quarter = profile(grown).quarters[-1]
    for line, cost in ((Line.SELF_MINING, 40e6), (Line.AI_CLOUD, 10e6)):
        grown.figure(
            "cost_of_revenue", quarter.start, quarter.end, cost, line=line, source="10-Q 2025Q1", label="cost"
        )
    table = profile(grown).lines
    mining, ai, total = (row.quarters[-1] for row in table.rows())
    assert number_in(mining.gross_profit) == 10_000_000 and mining.margin.value == pytest.approx(0.2)
    assert ai.margin.value == pytest.approx(0.75)
    assert total.margin.value == pytest.approx(40 / 90)


def test_revenue_on_no_line_stands_in_a_row_of_its_own(miner: MadeUpMiner) -> None:
    miner.quarter("2025Q1", Line.SELF_MINING, 60e6).quarter("2025Q1", None, 100e6)
    table = profile(miner).lines
    rest = table.unattributed[-1]
    assert isinstance(rest, Figure) and rest.value == 40_000_000


def test_lines_that_tie_need_no_such_row(grown: MadeUpMiner) -> None:
    assert profile(grown).lines.unattributed == ()

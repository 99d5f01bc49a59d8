"""Every number of every answer follows from its formula, to the last bit; the few without one are named."""

from __future__ import annotations

from collections import Counter

import pytest

from hashpivot import Desk
from hashpivot.formula import Term
from hashpivot.season import Metric, Season
from hashpivot.season.answers.base._formula import share_at_a_loss, spread_over_terms

WITHOUT = {
    "contracts_and_targets_to_build_usd",  # targets of texts stand in no cell
    "mining_hashprice_sensitivity",  # a regression on the network's history
    "total_hashprice_sensitivity",
    "ai_chips_hashprice_sensitivity",
    "targets_contracted",  # counts of targets, and what targets say
    "targets_guided",
    "targets_aspiration",
    "targets_met_share",
    "targets_median_delay_days",
    "targets_contracted_quarterly_revenue_usd",
    "targets_guided_quarterly_revenue_usd",
    "targets_aspired_quarterly_revenue_usd",
    "targets_financing_contracted_usd",
}
ZERO_WITHOUT = {  # "none" is told by the lines, not computed
    "mining_revenue_usd",
    "ai_revenue_usd",
    "chips_revenue_usd",
    "other_revenue_usd",
    "ai_contracts",
    "contracts_to_begin_critical_it_mw",
}


@pytest.fixture(scope="module")
def seasons(desk: Desk) -> list[Season]:
    quarters = sorted({q for ticker in desk.view.tickers() for q in desk.view.quarters(ticker)})
    return [desk.season(quarter) for quarter in quarters]


def numbers(seasons: list[Season]) -> list[Metric]:
    return [
        metric
        for season in seasons
        for company in season.companies
        for answer in company.answers
        for metric in answer.metrics
        if isinstance(metric.value, int | float)
    ]


def test_a_formula_comes_to_the_metrics_value(seasons: list[Season]) -> None:
    checked = Counter(m.name for m in numbers(seasons) if m.formula and m.formula.value() == float(m.value))  # type: ignore[arg-type]
    stated = Counter(m.name for m in numbers(seasons) if m.formula)
    assert checked == stated and len(stated) > 35 and stated.total() > 1500


def test_metrics_without_a_formula_are_the_named_ones(seasons: list[Season]) -> None:
    bare = {metric.name for metric in numbers(seasons) if metric.formula is None and metric.value}
    zero = {metric.name for metric in numbers(seasons) if metric.formula is None and not metric.value}
    assert bare <= WITHOUT <= {m.name for c in seasons[-1].companies for a in c.answers for m in a.metrics}
    assert zero <= WITHOUT | ZERO_WITHOUT


def test_one_expression_serves_numbers_and_cells() -> None:
    assert spread_over_terms(400.0, 10.0, 120.0, 3.0) == 20.0
    cells = [Term("B1", 400.0), Term("C1", 10.0), Term("B2", 120.0), Term("C2", 3.0)]
    term = spread_over_terms(*cells)
    assert (term.text, term.value) == ("SUM(B1/(C1*4),B2/(C2*4))", 20.0)


def test_the_share_at_a_loss_follows_the_sign_of_each_profit() -> None:
    assert share_at_a_loss(30.0, -1.0, 70.0, 5.0) == 0.3
    cells = [Term("B1", 30.0), Term("C1", -1.0), Term("B2", 70.0), Term("C2", 5.0)]
    term = share_at_a_loss(*cells)
    assert (term.text, term.value) == ("SUM(IF(C1<0,B1,0),IF(C2<0,B2,0))/SUM(B1,B2)", 0.3)

"""A metric's formula is written over cells or refused; no number slips through without one."""

from __future__ import annotations

from dataclasses import dataclass
from operator import truediv
from typing import Any

import pytest

from hashpivot.core import not_disclosed
from hashpivot.formula import FormulaError, Term
from hashpivot.report.workbook._metric_cells import MetricCells
from hashpivot.report.workbook._sheet import ComputedNumber
from hashpivot.season import Formula, Metric


@pytest.fixture
def cells() -> MetricCells:
    return MetricCells(None, {})  # type: ignore[arg-type]


def test_a_formula_refers_to_the_first_cell_of_each_metric(cells: MetricCells) -> None:
    over, under = Metric("over", 6.0), Metric("under", 3.0)
    cells.put(over, Term("B2", 6.0))
    cells.put(over, Term("B9", 6.0))
    cells.put(under, Term("B3", 3.0))
    metric = Metric("quotient", 2.0, formula=Formula(truediv, (over, under)))
    assert cells.content(metric) == Term("B2/B3", 2.0, metric.formula.term(_literal).bond)  # type: ignore[union-attr]


def test_a_metric_that_stands_in_no_cell_is_written_out(cells: MetricCells) -> None:
    part = Metric("part", 4.0)
    cells.put(part, Term("B2", 4.0))
    year = Metric("year", 16.0, formula=Formula(lambda quarterly: quarterly * 4, (part,)))
    content = cells.content(Metric("half", 8.0, formula=Formula(lambda amount: amount / 2, (year,))))
    assert isinstance(content, Term) and content.text == "B2*4/2" and content.value == 8.0


def test_without_a_formula_the_number_itself_with_its_method(cells: MetricCells) -> None:
    assert cells.content(Metric("count", 3, (), "counted")) == ComputedNumber(3.0, "counted")


def test_a_missing_value_stays_missing(cells: MetricCells) -> None:
    assert cells.content(Metric("gone", not_disclosed("why"))) == not_disclosed("why")


@dataclass
class Weather:
    value: float = 1.0


@pytest.mark.parametrize(
    "metric",
    [
        Metric("word", "steady"),
        Metric("no_cell", 1.0, formula=Formula(lambda number: number, (Metric("nowhere", 1.0),))),
        Metric("no_kind", 1.0, formula=Formula(lambda number: number, (Weather(),))),
    ],
)
def test_what_cannot_be_written_is_an_error(cells: MetricCells, metric: Metric) -> None:
    with pytest.raises(FormulaError):
        cells.content(metric)


def test_a_formula_that_comes_to_something_else_is_an_error(cells: MetricCells) -> None:
    one = Metric("one", 1.0)
    cells.put(one, Term("B2", 1.0))
    with pytest.raises(FormulaError, match="report this"):
        cells.content(Metric("two", 2.0, formula=Formula(lambda number: number, (one,))))


def _literal(operand: Any) -> Term:
    return Term("X", float(operand.value))

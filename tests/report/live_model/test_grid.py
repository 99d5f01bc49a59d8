"""Rows of a live sheet and the model that fills them go together, or there is an error."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot.core import Quarter
from hashpivot.formula import FormulaError, Term
from hashpivot.report.live_model._grid import ModelGrid, ModelRow
from hashpivot.report.workbook import Book

QUARTERS = [Quarter(2027, 1), Quarter(2027, 2)]


def grid(*rows: ModelRow) -> ModelGrid:
    made = ModelGrid(Book("test", date(2027, 1, 1)).page("Live"), QUARTERS, 5)
    made.add([ModelRow("A heading"), *rows])
    return made


def test_a_quantity_becomes_the_cell_it_stands_in() -> None:
    made = grid(
        ModelRow("Cash", "cash"), ModelRow("Twice", "twice", formula=lambda t: 2 * made.cell("cash", t))
    )
    assert made("cash", Term("'Inputs'!B7", 3.0)) == Term("C7", 3.0)
    for step in range(len(QUARTERS)):
        made.enter(step)
        made("cash", made.cell("cash", step - 1) + 1)
    assert made.cell("cash", 1) == Term("E7", 5.0)
    assert made.cell("twice", 1) == Term("E8", 10.0)
    assert "C7+1" in made.write() and "'Inputs'!B7" in made.write()


def test_a_quantity_without_a_row_is_an_error() -> None:
    with pytest.raises(FormulaError, match="'debt', which no row"):
        grid(ModelRow("Cash", "cash"))("debt", 1.0)


def test_a_row_the_model_does_not_fill_is_an_error() -> None:
    made = grid(ModelRow("Cash", "cash"), ModelRow("Debt", "debt"))
    for step in range(len(QUARTERS)):
        made.enter(step)
        made("cash", 1.0)
    with pytest.raises(FormulaError, match="does not compute 'debt'"):
        made.write()

"""One model on three kinds of numbers: plain ones, arrays of paths, and the terms of a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from hashpivot.core import Line
from hashpivot.formula import Number, Term, as_term
from hashpivot.outlook import (
    Chips,
    CompanyInputs,
    CompanyModel,
    MarketQuarter,
    ModelledQuarter,
    run_company,
    with_numbers,
)

from ...formula.sheet import compute
from ..companies import companies
from ..flat import FIRST, HASHPRICE, PRICE, flat_market

QUARTERS = 7
CENT = 0.005
COMPANIES = companies()


class Sheet:
    """Keeps each quantity as a cell of a spreadsheet of its own, and computes it from its formula alone."""

    shows_all = True

    def __init__(self) -> None:
        self.step, self.values, self.names = -1, {}, {}
        self.values: dict[str, float]
        self.names: dict[tuple[str, int], str]

    def put(self, value: float) -> Term:
        cell = f"A{len(self.values) + 1}"
        self.values[cell] = value
        return Term(cell, value)

    def __call__(self, name: str, quantity: Number) -> Term:
        term = as_term(quantity)
        cell = self.put(compute(term.text, self.values))
        self.names[name, self.step] = cell.text
        return Term(cell.text, term.value)

    def __getitem__(self, at: tuple[str, int]) -> float:
        return self.values[self.names[at]]


def on_plain_numbers(inputs: CompanyInputs) -> list[ModelledQuarter]:
    model = CompanyModel(inputs, FIRST, PRICE)
    return [
        model.quarter(step, MarketQuarter.of_means(FIRST + step, PRICE, HASHPRICE))
        for step in range(QUARTERS)
    ]


def on_terms(inputs: CompanyInputs) -> Sheet:
    sheet = Sheet()

    def cell(key: str, value: Any) -> Term:
        return sheet.put(float(value) if isinstance(value, int | float) else value.year * 4 + value.number)

    model = CompanyModel(with_numbers(inputs, cell), FIRST, sheet.put(PRICE), record=sheet)
    for sheet.step in range(QUARTERS):
        market = MarketQuarter.of_means(FIRST + sheet.step, sheet.put(PRICE), sheet.put(HASHPRICE))
        model.quarter(sheet.step, market)
    return sheet


@pytest.mark.parametrize("name", COMPANIES)
def test_plain_numbers_arrays_and_cells_come_to_the_same_cent(name: str) -> None:
    inputs = COMPANIES[name]
    paths = run_company(inputs, flat_market(QUARTERS), PRICE, 1)
    sheet = on_terms(inputs)
    for step, plain in enumerate(on_plain_numbers(inputs)):
        for row, line in enumerate(Line):
            assert plain.flows.revenue[line] == pytest.approx(paths.lines_usd[row, step, 0], abs=CENT)
            assert plain.flows.profit[line] == pytest.approx(paths.profits_usd[row, step, 0], abs=CENT)
            if line != Line.CHIPS or inputs.chips.first_quarter is not None:
                assert sheet[f"revenue_{line}", step] == pytest.approx(plain.flows.revenue[line], abs=CENT)
        balance = plain.balance
        for quantity, value, array in (
            ("ebitda", plain.ebitda_usd, paths.ebitda_usd),
            ("cash", balance.cash_usd, paths.cash_usd),
            ("bitcoin", balance.bitcoin, paths.bitcoin),
            ("shares", balance.shares, paths.shares),
            ("shortfall", balance.shortfall_usd, paths.shortfall_usd),
            ("interest", balance.interest_usd, paths.interest_usd),
            ("capex", plain.capex_usd, paths.capex_usd),
            ("free_cash", balance.free_cash_usd, paths.free_cash_usd),
            ("equity", balance.equity_usd, paths.equity_usd),
        ):
            assert value == pytest.approx(array[step, 0], abs=CENT), quantity
            assert sheet[quantity, step] == pytest.approx(value, abs=CENT), quantity


def test_inputs_of_cells_keep_what_is_no_number() -> None:
    inputs = COMPANIES["full"]
    cells = with_numbers(inputs, lambda key, value: Term(f"'Inputs'!{key}", 0.0))
    assert cells.ticker == inputs.ticker
    assert [(each.name, each.kind, each.pricing) for each in cells.contracts] == [
        (each.name, each.kind, each.pricing) for each in inputs.contracts
    ]
    assert cells.contracts[0].start == Term("'Inputs'!contracts.signed.start", 0.0)
    assert with_numbers(replace(inputs, chips=Chips()), lambda key, value: 0.0).chips.first_quarter is None
    assert inputs == with_numbers(inputs, lambda key, value: value)


def test_every_quantity_has_one_name() -> None:
    names = [name for name, step in on_terms(COMPANIES["full"]).names if step == 0]
    assert len(names) == len(set(names)) > 80
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)

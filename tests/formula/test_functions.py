"""The functions on plain numbers, arrays and terms: one result, whatever holds the numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose
from statistics import stdev
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.formula import (
    Term,
    effective_number,
    equal,
    exp,
    floor,
    if_,
    is_zero,
    log,
    log_change_deviation,
    max_,
    mean,
    min_,
    power,
    ratio,
    signed,
    standard_deviation,
    sum_of_squares,
    total,
)

from .sheet import compute

FORMULAS: dict[str, Callable[[Any, Any], Any]] = {
    "max": lambda a, b: max_(a, b),
    "min with a constant": lambda a, b: min_(a - b, 2.0),
    "if": lambda a, b: if_((a > b) & (a <= 7), a / 2, -b),
    "if of constants": lambda a, b: if_(a >= b, 1.0, 0.0),
    "equal": lambda a, b: if_(equal(floor(a), floor(b)), a, b),
    "ratio": lambda a, b: ratio(a, b, otherwise=-1.0),
    "exp and log": lambda a, b: exp(a / 10) + log(max_(b, 0.25)),
    "power": lambda a, b: power(1 + max_(a, 0.0), floor(max_(b, 0.0) / 4)),
    "sums": lambda a, b: total([a, b, 1.0]) - mean([a, b]) + signed([(-1, a), (1, b)]),
    "mixed order": lambda a, b: 2 - a * (b / 3) / (1 + b * b),
}
values = st.floats(-20, 20).map(lambda value: round(value, 3))


@pytest.mark.parametrize("name", FORMULAS)
@settings(deadline=None)
@given(pairs=st.lists(st.tuples(values, values), min_size=1, max_size=6))
def test_numbers_arrays_and_terms_give_one_result(name: str, pairs: list[tuple[float, float]]) -> None:
    formula = FORMULAS[name]
    plain = [float(formula(a, b)) for a, b in pairs]
    array = formula(*(np.array(column) for column in zip(*pairs, strict=True)))
    assert list(array) == pytest.approx(plain, rel=1e-13, abs=1e-13)  # libm and numpy may differ in exp
    for (a, b), value in zip(pairs, plain, strict=True):
        term = formula(Term("A1", a), Term("B1", b))
        assert term.value == value
        assert compute(term.text, {"A1": a, "B1": b}) == value


def test_an_array_beside_a_plain_number() -> None:
    array = np.array([-1.0, 0.0, 4.0])
    assert ratio(2.0, array).tolist() == [0.0, 0.0, 0.5]
    assert ratio(array, 2.0).tolist() == [-0.5, 0.0, 2.0]
    assert if_(array > 0, 1.0, array).tolist() == [-1.0, 0.0, 1.0]
    assert max_(0.0, array).tolist() == [0.0, 0.0, 4.0]


def test_only_a_plain_zero_is_known_to_stay_zero() -> None:
    assert is_zero(0) and is_zero(0.0)
    assert not is_zero(Term("A1", 0.0)) and not is_zero(np.zeros(2)) and not is_zero(1e-300)


def test_a_condition_that_is_known_chooses_at_once() -> None:
    then, otherwise = Term("A1", 1.0), Term("A2", 2.0)
    assert if_(True, then, otherwise) is then and if_(1 > 2, then, otherwise) is otherwise


@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=8))
def test_effective_number_lies_between_one_and_the_count(amounts: list[float]) -> None:
    cells = {f"A{n}": amount for n, amount in enumerate(amounts, 1)}
    term = effective_number([Term(name, amount) for name, amount in cells.items()])
    assert 1 - 1e-9 <= term.value <= len(amounts) + 1e-9
    assert isclose(term.value, effective_number(amounts), rel_tol=1e-12)
    assert isclose(compute(term.text, cells), term.value, rel_tol=1e-12)


def test_aggregates() -> None:
    a, b, c = Term("A1", 1.0), Term("A2", 2.0), Term("A3", 8.0)
    assert total([a, b]) == Term("SUM(A1,A2)", 3.0)
    assert total([a]) is a
    assert signed([(-1, a), (1, b)]).text == "-A1+A2"
    assert sum_of_squares([a, b]) == Term("SUMSQ(A1,A2)", 5.0)
    spread = log_change_deviation([(b, a), (c, b)])
    assert spread.text == "STDEV(LN(A2/A1),LN(A3/A2))"
    assert isclose(spread.value, stdev([log(2.0), log(4.0)]))
    assert isclose(standard_deviation([1.0, 2.0, 4.0]), stdev([1.0, 2.0, 4.0]))

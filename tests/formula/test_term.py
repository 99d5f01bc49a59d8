"""Terms: what Python computes and what a spreadsheet makes of their text are the same, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import HashpivotError
from hashpivot.formula import (
    FormulaError,
    Term,
    equal,
    exp,
    floor,
    if_,
    literal,
    log,
    max_,
    mean,
    min_,
    power,
    ratio,
    total,
)

from .sheet import compute

CELLS = {f"A{n}": value for n, value in enumerate((3.0, -7.5, 0.25, 1e9, 42.0, 0.0, 1.0), 1)}

numbers = st.one_of(st.integers(-9, 9), st.floats(-1e6, 1e6), st.sampled_from([0.1, -2.5e-7, 1e21]))
leaves = st.one_of(
    st.sampled_from([Term(name, value) for name, value in CELLS.items()]), numbers.map(literal)
)


def quotient(over: Term, under: Term) -> Term:
    return over / under if under.value else over


def bounded(function: Callable[[Term], Term]) -> Callable[[Term], Term]:
    """Of a number brought to between 0.5 and 20, so that no power or exponential overflows."""
    return lambda term: function(max_(min_(term, 20), 0.5))


def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    two: list[Callable[[Any, Any], Term]] = [
        lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, quotient, max_, min_, ratio,
        lambda a, b: if_(a > b, a, b), lambda a, b: if_((a >= b) & (b <= 3), a - b, b),
        lambda a, b: if_(equal(a, b), 2 * a, 7 - b), lambda a, b: total([a, b, a]), lambda a, b: mean([a, b]),
    ]  # fmt: skip
    one: list[Callable[[Term], Term]] = [
        lambda a: -a, lambda a: 1 / a if a.value else a, floor, lambda a: 24 * a - 1, bounded(exp),
        bounded(log), bounded(lambda a: power(a, a / 10)), lambda a: a * 0 + 1,
    ]  # fmt: skip
    return st.one_of(
        *(st.builds(f, inner, inner) for f in two), *(st.builds(f, inner.filter(_small)) for f in one)
    )


def _small(term: Term) -> bool:
    return isfinite(term.value)


terms = st.recursive(leaves, grown, max_leaves=10)


# A drawn formula may be long; hypothesis warns of printing it.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(deadline=None)
@given(terms)
def test_a_spreadsheet_computes_the_same_from_the_text(term: Term) -> None:
    if isfinite(term.value):
        assert compute(term.text, CELLS) == term.value


# A drawn formula may be long; hypothesis warns of printing it.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(deadline=None)
@given(terms, terms, terms)
def test_brackets_keep_the_order(a: Term, b: Term, c: Term) -> None:
    for term in (a - (b + c), a - (b - c), a + (b + c), a * (b * c), a * (b + c), -a * b, -(a + b) - c):
        if isfinite(term.value):
            assert compute(term.text, CELLS) == term.value


def test_brackets_only_where_needed() -> None:
    a, b, c = (Term(f"A{n}", 2.0) for n in (1, 2, 3))
    assert (a + b - c).text == "A1+A2-A3"
    assert (a - (b + c)).text == "A1-(A2+A3)"
    assert (a * b / c).text == "A1*A2/A3"
    assert (a / (b * c)).text == "A1/(A2*A3)"
    assert (a / -b).text == "A1/(-A2)"
    assert (1 - a).text == "1-A1"
    assert (a > b + 1) == (b + 1 < a) or (a > b + 1).text == "A1>A2+1"


def test_neutral_constants_vanish() -> None:
    a = Term("A1", 5.0)
    for same in (a + 0, 0 + a, a - 0.0, a * 1, 1.0 * a, a / 1):
        assert same is a
    assert (a * 0).text == "0" and (0.0 * a).text == "0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (2.0, "2"),
        (0.1, "0.1"),
        (-3, "-3"),
        (1e-7, "1E-07"),
        (1e21, "1E+21"),
        (np.float64(2.5), "2.5"),
    ],
)
def test_constants(value: float, text: str) -> None:
    assert literal(value).text == text
    assert literal(value).value == float(value)


def test_what_no_spreadsheet_computes_is_an_error() -> None:
    a, zero = Term("A1", -1.0), Term("A2", 0.0)
    for wrong in (
        lambda: a / zero, lambda: log(a), lambda: exp(Term("A3", 1e4)), lambda: power(a, 0.5),
        lambda: literal(nan), lambda: literal(inf), lambda: a + "x", lambda: total([]), lambda: mean([]),
        lambda: a * np.ones(3), lambda: np.ones(3) * a,
    ):  # fmt: skip
        with pytest.raises(FormulaError):
            wrong()
    assert issubclass(FormulaError, HashpivotError)


def test_excels_limits_are_kept() -> None:
    cell = Term("'Inputs'!B100", 1.0)
    with pytest.raises(FormulaError, match="arguments"):
        total([cell] * 256)
    assert total([cell] * 255).value == 255.0
    with pytest.raises(FormulaError, match="characters"):
        total([total([cell] * 200), total([cell] * 200), total([cell] * 200), total([cell] * 200)])


def test_a_condition_has_no_truth_of_its_own() -> None:
    a = Term("A1", 1.0)
    with pytest.raises(FormulaError, match="if_"):
        assert a > 0
    with pytest.raises(FormulaError):
        max(a, Term("A2", 2.0))


def test_a_quotient_that_may_have_no_divisor() -> None:
    over, zero = Term("A1", 6.0), Term("A2", 0.0)
    assert ratio(over, zero) == Term("IF(A2>0,A1/A2,0)", 0.0)
    assert ratio(over, zero, otherwise=3.0).value == 3.0
    assert compute(ratio(over, zero).text, {"A1": 6.0, "A2": 0.0}) == 0.0
    assert compute(ratio(over, zero).text, {"A1": 6.0, "A2": 4.0}) == 1.5


def test_agreement_to_nine_digits() -> None:
    assert Term("A1", 1.0).agrees(1 + 1e-10)
    assert not Term("A1", 1.0).agrees(1 + 1e-8)

from __future__ import annotations

from math import inf, isclose
from statistics import stdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hashpivot.report.workbook._book import sheet_name
from hashpivot.report.workbook._sheet import column_letters
from hashpivot.report.workbook._term import Term, effective_number, log_changes_deviation, signed, total

CELLS = {f"A{n}": value for n, value in enumerate((3.0, -7.5, 0.25, 1e9, 42.0), 1)}

leaves = st.sampled_from([Term(name, value) for name, value in CELLS.items()])
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a - b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, b: a / b if b.value else a, inner, inner),
        st.builds(lambda a: -a, inner),
        st.builds(lambda a, n: a * n - n, inner, st.integers(1, 9)),
    ),
    max_leaves=12,
)


@given(terms)
def test_text_and_value_say_the_same(term: Term) -> None:
    assume(abs(term.value) < inf)
    assert isclose(eval(term.text, {}, CELLS), term.value, rel_tol=1e-9, abs_tol=1e-6)


def test_brackets_only_where_needed() -> None:
    a, b, c = (Term(f"A{n}", 2.0) for n in (1, 2, 3))
    assert (a + b - c).text == "A1+A2-A3"
    assert (a - (b + c)).text == "A1-(A2+A3)"
    assert (a / (b * c)).text == "A1/(A2*A3)"
    assert (a / -b).text == "A1/(-A2)"
    assert signed([(-1, a), (1, b)]).text == "-A1+A2"


@given(st.lists(st.floats(1, 1e9), min_size=1, max_size=8))
def test_effective_number_lies_between_one_and_the_count(values: list[float]) -> None:
    found = effective_number([Term(f"A{n}", value) for n, value in enumerate(values)])
    assert 1 - 1e-9 <= found.value <= len(values) + 1e-9


def test_functions() -> None:
    a, b, c = Term("A1", 1.0), Term("A2", 2.0), Term("A3", 8.0)
    assert total([a, b]) == Term("SUM(A1,A2)", 3.0)
    assert total([a]) == a
    with pytest.raises(ValueError):
        total([])
    spread = log_changes_deviation([(b, a), (c, b)])
    assert spread.text == "STDEV(LN(A2/A1),LN(A3/A2))"
    assert isclose(spread.value, stdev([0.6931471805599453, 1.3862943611198906]))


@given(st.lists(st.text(max_size=60), max_size=6))
def test_sheet_names_are_acceptable_and_unique(texts: list[str]) -> None:
    taken: set[str] = set()
    for text in texts:
        name = sheet_name(text, taken)
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\") and name.isprintable()
        assert not name.startswith("'") and not name.endswith("'")
        assert name.casefold() not in taken and name.casefold() != "history"
        taken.add(name.casefold())


@given(st.integers(0, 16383))
def test_column_letters_count_in_base_26(column: int) -> None:
    number = 0
    for letter in column_letters(column):
        number = number * 26 + ord(letter) - 64
    assert number == column + 1

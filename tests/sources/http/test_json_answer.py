"""JSON of services: exact where it can be, refused in words where it is something else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import UnexpectedAnswer
from hashpivot.sources.http import Fetched, JsonAnswer


def answer(body: str | bytes) -> JsonAnswer:
    return JsonAnswer.of(Fetched("https://example.org/a", body.encode() if isinstance(body, str) else body))


@given(st.integers(0, 10**39))
def test_whole_numbers_are_exact_as_numbers_and_as_texts(number: int) -> None:
    read = answer(json.dumps({"a": number, "b": str(number)}))
    assert read["a"].whole() == read["b"].whole() == number


def test_a_whole_number_with_an_exponent_is_one() -> None:
    assert answer("1.0512e+21").whole() == 1_051_200_000_000_000_000_000
    assert answer("[12.50]")[0].number() == 12.5


def test_what_is_missing_is_null_or_absent() -> None:
    read = answer('{"a": null, "b": 0}')
    assert read.get("a") is None
    assert read.get("c") is None
    assert read["b"].whole(0) == 0


@pytest.mark.parametrize(
    ("body", "ask", "message"),
    [
        ("<html>", lambda a: a, "expected JSON, but it gave a page of HTML"),
        ("", lambda a: a, "something else"),
        ('{"a": 1', lambda a: a, "something else"),
        ("[" * 100_000, lambda a: a, "something else"),
        ("NaN", lambda a: a, "something else"),
        (b"\xff\xfe\x00", lambda a: a, "something else"),
        ("9" * 5000, lambda a: a, "something else"),
        ('{"b": 1, "a": 2}', lambda a: a["c"], r"expected an object with 'c', but it gave one with 'a', 'b'"),
        ("[]", lambda a: a["c"], "expected an object, but it gave a list"),
        ("[1]", lambda a: a[3], "a list with a place 3"),
        ('{"a": [[1]]}', lambda a: a["a"].items(2), r"a list of at least 2 at a, but it gave one of 1"),
        ('{"a": {}}', lambda a: a["a"].items(), r"expected a list at a, but it gave an object"),
        ('[{"h": "x"}]', lambda a: a[0]["h"].whole(), r"a number at \[0\]\.h, but it gave a text"),
        ("true", lambda a: a.number(), "it gave true or false"),
        ("1.5", lambda a: a.whole(), "a whole number"),
        ("-1", lambda a: a.whole(0), "a whole number from 0 to any, but it gave -1"),
        ("1e999999999", lambda a: a.whole(), "one out of all bounds"),
        ('"Infinity"', lambda a: a.number(), "one out of all bounds"),
        ("3", lambda a: a.text(), "a text"),
    ],
)  # fmt: skip
def test_another_shape_is_refused_in_words(body: str | bytes, ask, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnexpectedAnswer, match=message) as caught:
        ask(answer(body))
    assert caught.value.where == "https://example.org/a"
    assert caught.value.hint

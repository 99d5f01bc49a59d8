"""CSV rows: where each begins, and what is none."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from hashpivot.core import NotCsv, csv_records, csv_rows


@pytest.fixture(autouse=True)
def usual_limit() -> Iterator[None]:
    """The limit of `csv` to a field: other libraries raise it for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


def test_rows_have_the_line_they_begin_at() -> None:
    rows = list(csv_rows('a,b\r\n"1\r\n2",3\r\n\r\n4,"5,6"'))
    assert [(row.line, row.cells) for row in rows] == [
        (1, ["a", "b"]),
        (2, ["1\r\n2", "3"]),
        (4, []),
        (5, ["4", "5,6"]),
    ]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('a\n"b\nc\n', 2, "a quote is not closed"),
        ('a\nb\n"c"d\n', 3, "expected after"),
        (f"a\n{'x' * 131_073}\n", 2, "a cell has more than 131,072 characters"),
    ],
)
def test_what_is_no_csv_says_where_and_why(text: str, line: int, why: str) -> None:
    with pytest.raises(NotCsv, match=why) as caught:
        list(csv_rows(text))
    assert caught.value.line == line


def test_records_are_rows_by_column() -> None:
    assert list(csv_records("a,b\n1,2\n\n3,4\n", ["b"])) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    assert list(csv_records('a\tb\n"1\t2\n', quoted=False, delimiter="\t")) == [{"a": '"1', "b": "2"}]
    assert list(csv_records("")) == []


@pytest.mark.parametrize(("text", "why"), [("a\n1\n", "no column b"), ("a,b\n1\n", "has 1 cells")])
def test_records_that_lack_something(text: str, why: str) -> None:
    with pytest.raises(NotCsv, match=why):
        list(csv_records(text, ["b"]))

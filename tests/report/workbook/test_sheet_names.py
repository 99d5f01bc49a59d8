from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hashpivot.report.workbook._book import sheet_name
from hashpivot.report.workbook._sheet import column_letters


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

"""Tables on terminals of any width: a number is whole or its column is left out and named."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from hashpivot.report.terminal._console import add_column, add_row, new_table, print_table, show_table

HEADS = ("Company", "Revenue", "Cost of revenue", "Gross profit", "Hash rate")
ROW = ("Riot Platforms of Castle Rock", "1,234,567.8", "−987,654.3", "10 / 50 / 90", "34.5 EH/s")


def printed(width: int, rows: list[tuple[str, ...]], encoding: str = "utf-8", left: int = 1) -> str:
    out = io.TextIOWrapper(io.BytesIO(), encoding, "backslashreplace")
    print_table(Console(file=out, width=width), "Title", HEADS, rows, left=left)
    out.flush()
    return out.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", range(16, 100))
def test_no_number_is_cut_or_broken(width: int) -> None:
    text = printed(width, [ROW])
    table, _, left_out = text.partition("Left out at")
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for head, cell in list(zip(HEADS, ROW, strict=True))[1:]:
        assert (cell in table) is not (head in " ".join(left_out.split())), head
    assert bool(left_out) is (width < 65)


def test_a_table_that_fits_is_left_alone() -> None:
    assert "Left out" not in printed(120, [ROW]) and "Castle Rock   1,234,567.8 " in printed(120, [ROW])


NUMBERS = st.tuples(*[st.from_regex(r"\A-?[1-9][0-9,.]{0,14}\Z")] * len(HEADS))


@settings(max_examples=60, deadline=None)
@given(st.integers(20, 90), st.lists(NUMBERS, max_size=3))
def test_any_numbers_are_whole_or_left_out(width: int, rows: list[tuple[str, ...]]) -> None:
    table, _, named = printed(width, rows, left=0).partition("Left out at")
    left_out = " ".join(named.split())
    for head, column in zip(HEADS, zip(*rows, strict=True), strict=False):
        assert head in left_out or all(cell in table.split() for cell in column)
    assert HEADS[0] not in left_out


def test_rules_are_hyphens_on_a_code_page_and_as_wide() -> None:
    rows = [("Riot", "1", "2", "3", "4")]
    lines, plain = (printed(90, rows, code).splitlines() for code in ("utf-8", "cp1252"))
    assert [line.replace("─", "-") for line in lines] == plain


def test_columns_without_heads_are_counted() -> None:
    out = io.StringIO()
    table = new_table(show_header=False)
    for _ in range(3):
        add_column(table, "")
    add_row(table, ("RIOT", "self-mining", "2024-08-01"))
    show_table(Console(file=out, width=20), table)
    assert " RIOT   self-mining" in out.getvalue()
    assert " ".join(out.getvalue().split()).endswith("Left out at 20 columns: the last one.")

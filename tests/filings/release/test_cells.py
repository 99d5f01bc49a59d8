"""Cells, rows and layouts of releases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.filings import ReleaseRow, read_release
from hashpivot.testing import RELEASE_LAYOUTS, ReleaseLayout, release_page, release_table

HEADER = ("", "Q1 2025")


def row(*cells: str) -> ReleaseRow:
    found = read_release("x", data=release_page(release_table(HEADER, ("Total revenue", "$ 1,234"), cells)))
    return found.tables[0].rows[-1]


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("57,438",), 57438),
        (("$57,438",), 57438),
        (("$", "57,438"), 57438),
        (("(156)",), -156),
        (("(156", ")"), -156),
        (("$", "(156", ")"), -156),
        (("(", "156", ")"), -156),
        (("$(156)",), -156),
        (("($156)",), -156),
        (("-156",), -156),
        (("−156",), -156),
        (("—",), 0),
        (("-",), 0),
        (("$", "—"), 0),
        (("$ -",), 0),
        (("81,103(1)",), 81103),
        (("81,103 (2)",), 81103),
        (("81,103*",), 81103),
        (("81,103<sup>3</sup>",), 81103),
        (("81,103", "(1)"), 81103),
        (("5 (1)",), 5),
        (("1,000.25",), Decimal("1000.25")),
    ],
)
def test_numbers(cells: tuple[str, ...], value: Decimal) -> None:
    (found,) = row("Other", *cells).values
    assert found.value == value and found.unit == "USD"


@pytest.mark.parametrize(
    ("cell", "value", "unit", "shown"),
    [
        ("$5.2 million", 5_200_000, "USD", "5.2"),
        ("$5.2M", 5_200_000, "USD", "5.2"),
        ("$(0.5)bn", None, "", ""),
        ("$12k", 12_000, "USD", "12"),
        ("31.5 EH/s", Decimal("31.5"), "EH/s", "31.5"),
        ("516 BTC", 516, "BTC", "516"),
        ("21.2 J/TH", Decimal("21.2"), "J/TH", "21.2"),
        ("$0.036/kWh", Decimal("0.036"), "USD/unit", "0.036"),
        ("3.6¢", Decimal("3.6"), "USD/unit", "3.6"),
    ],
)
def test_numbers_with_their_unit(cell: str, value: Decimal | None, unit: str, shown: str) -> None:
    found = row("Other", cell).values
    assert [(v.value, v.unit, str(v.shown)) for v in found] == (
        [] if value is None else [(value, unit, shown)]
    )


@pytest.mark.parametrize(
    "cell", ["N/A", "NM", "n/m", "see note 3", "6M", "4th", "1,23", "12,34,567", "9" * 200]
)
def test_words_and_garbled_numbers_are_no_values(cell: str) -> None:
    assert row("Next", cell) == row("Next", cell)
    found = read_release(
        "x", data=release_page(release_table(HEADER, ("Total revenue", "$ 1,234"), ("Next", cell)))
    )
    assert [r.label for r in found.tables[0].rows if r.values] == ["Total revenue"]


@pytest.mark.parametrize("cells", [("23%",), ("23", "%"), ("(3", ")%"), ("(3)", "%"), ("— %",), ("1.5x",)])
def test_percentages_are_kept_apart(cells: tuple[str, ...]) -> None:
    assert {value.unit for value in row("Gross margin", *cells).values} == {"percent"}


def test_a_parenthesis_that_never_opened_is_said_aloud() -> None:
    found = read_release(
        "x", data=release_page(release_table(HEADER, ("Total revenue", "1,234"), ("Loss", "1,783", ")")))
    )
    assert found.tables[0].rows[-1].values[0].value == 1783
    assert any("parentheses" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("written", "read"),
    [("Revenue(1)", "Revenue"), ("Revenue <sup>2</sup>", "Revenue"), ("Revenue (a)", "Revenue"),
     ("Revenue*", "Revenue"),
     ("Reve<b>nue</b>", "Revenue"), ("<div>Total<br>revenue</div>", "Total revenue")],
)  # fmt: skip
def test_labels(written: str, read: str) -> None:
    assert row(written, "5").label == read


def test_headings_indents_and_locators() -> None:
    body = (
        "<table><tr><td></td><td>Q1 2025</td></tr><tr><td>Revenue:</td><td></td></tr>"
        '<tr><td style="padding-left: 9pt">Mining</td><td colspan="2">7</td></tr>'
        '<tr style="display:none"><td>Hidden</td><td>8</td></tr>'
        "<tr><td><table><tr><td>inner</td></tr></table>Total revenue</td><td>7</td></tr></table>"
    )
    heading, mining, total = read_release("x", data=release_page("<table></table>", body)).tables[0].rows
    assert (heading.label, heading.values) == ("Revenue:", ())
    assert (mining.heading, mining.indent, str(mining.values[0].locator)) == (
        "Revenue:",
        9.0,
        "table:1/row:2/col:1",
    )
    assert total.label == "Total revenue"


def test_cells_that_span_rows() -> None:
    body = (
        '<table><tr><td rowspan="2"></td><td colspan="2">Three months ended March 31,</td>'
        '<td rowspan="2">Change</td></tr><tr><td>2025</td><td>2024</td></tr>'
        "<tr><td>Revenue</td><td>7</td><td>5</td><td>2</td></tr></table>"
    )
    found = read_release("x", data=release_page(body)).tables[0]
    assert [(str(found.columns[v.column].end), int(v.value)) for v in found.rows[0].values] == [
        ("2025-03-31", 7),
        ("2024-03-31", 5),
    ]


LABEL = st.sampled_from(
    ("Mining revenue", "Hosting", "Cloud services", "Net loss", "Other, net", "Total revenue")
)
VALUE = st.none() | st.integers(-(10**9), 10**9)


def rows_of(width: int) -> st.SearchStrategy[list[tuple[str, list[int | None]]]]:
    values = st.lists(VALUE, min_size=width, max_size=width)
    return st.lists(st.tuples(LABEL, values), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(RELEASE_LAYOUTS),
    st.integers(1, 4).flatmap(rows_of),
    st.sampled_from((("", 0), ("(in thousands)", 3), ("(in millions, except per share data)", 6))),
)
def test_a_statement_reads_back_equal(
    layout: ReleaseLayout, rows: list[tuple[str, list[int | None]]], unit: tuple[str, int]
) -> None:
    headers = [f"Quarter ended March 31, {2025 - n}" for n in range(len(rows[0][1]))]
    found = read_release("x", data=release_page(f"<p>{unit[0]}</p>", layout(headers, rows)))
    (only,) = found.tables
    assert [column.end.year for column in only.columns] == [2025 - n for n in range(len(headers))]
    assert [row.label for row in only.rows] == [label for label, _ in rows]
    for row, (_, values) in zip(only.rows, rows, strict=True):
        assert [v.column for v in row.values] == list(range(len(values)))
        assert [v.value for v in row.values] == [(value or 0) * 10 ** unit[1] for value in values]
        assert {v.decimals for v in row.values} == {-unit[1]}
    assert not found.warnings

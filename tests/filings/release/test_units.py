"""Units of tables, columns, rows and hash rates."""

from __future__ import annotations

import pytest

from hashpivot.core import hash_rate_shifts
from hashpivot.filings import read_release
from hashpivot.filings.release._unit_note import default_currency, read_unit_note
from hashpivot.testing import release_page, release_table


@pytest.mark.parametrize(
    ("text", "scale", "shares"),
    [
        ("(Millions, except per share amounts)", 6, 6),
        ("Thousands of dollars", 3, 3),
        ("Nine Months Ended September 30 (Millions)", 6, 6),
        ("Dollars in millions, except per share data", 6, 6),
        ("Weighted average shares outstanding (in thousands)", None, 3),
        ("dollars in millions; shares in thousands", 6, 3),
        ("$ in thousands, except share amounts", 3, 0),
        ("Millions of customers use it", None, 0),
    ],
)
def test_unit_notes(text: str, scale: int | None, shares: int) -> None:
    note = read_unit_note(text)
    assert (note.scale, note.of_shares) == (scale, shares)


def amounts(header: str, label: str, *about: str, below: str = "") -> list[int]:
    lines = "".join(f"<p>{line}</p>" for line in about)
    table = (
        f"<table><tr><td></td><td>Three months ended June 30, 2025{header}</td></tr>{below}"
        f"<tr><td>{label}</td><td>5</td></tr></table>"
    )
    release = read_release("page.htm", data=f"<html><body>{lines}{table}</body></html>".encode())
    return [int(value.value) for row in release.tables[0].rows for value in row.values]


def test_the_line_about_shares_is_not_the_unit_of_dollars() -> None:
    about = (
        "Dollars in millions, except per share data",
        "Weighted average shares outstanding (in thousands)",
    )
    assert amounts("", "Net sales", *about) == [5_000_000]


def test_a_unit_of_its_own_in_a_column_or_a_row() -> None:
    assert amounts(" (US$ millions)", "Net sales", "(in thousands)") == [5_000_000]
    assert amounts("", "Net sales (in billions)", "(in thousands)") == [5_000_000_000]


def test_a_row_of_units_below_the_dates() -> None:
    below = "<tr><td></td><td>US$’000</td></tr>"
    assert amounts("", "Net sales", below=below) == [5_000]


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("EH/s", {0}), ("26.7 EH/sec", {0}), ("EH / s", {0}), ("exahash per second", {0}),
        ("Exa-hashes", {0}),
        ("PH", {-3}), ("ph/s", {-3}), ("TH/s", {-6}), ("terahash", {-6}), ("GH/s", {-9}), ("MH/s", {-12}),
        ("ZH/s", {3}), ("zettahash", {3}), ("J/TH", set()), ("watts per TH/s", set()), ("the 5th", set()),
        ("EH/s or PH/s", {0, -3}),
    ],
)  # fmt: skip
def test_hash_rates(text: str, shifts: set[int]) -> None:
    assert hash_rate_shifts(text) == shifts


def test_a_currency_named_for_something_else_is_not_the_documents() -> None:
    assert default_currency("All amounts are in Canadian dollars unless otherwise noted.") == "CAD"
    assert (
        default_currency("We issued €500 million of notes. Unless otherwise noted, years are fiscal.") == ""
    )
    assert default_currency("Notes of €500 million due 2028, unless otherwise stated, rank equally.") == ""


@pytest.mark.parametrize("unit", ["($000)", "$000", "(000)", "(000's)", "US$000", "(US$ 000)", "$'000"])
def test_thousands_in_the_first_cell_of_the_header_are_a_unit_not_a_number(unit: str) -> None:
    header = f"<tr><th rowspan=2>{unit}</th><th colspan=2>Three Months Ended June 30</th></tr>"
    rows = "<tr><th>2025</th><th>2024</th></tr><tr><td>Total revenue</td><td>1,234</td><td>2,345</td></tr>"
    page = release_page(f"<table>{header}{rows}</table>")
    (table,) = read_release("release.htm", data=page).tables
    assert [value.value for value in table.rows[-1].values] == [1_234_000, 2_345_000]


def test_thousands_of_shares_in_a_heading_are_no_unit_of_the_table() -> None:
    rows = (("Total revenue", "1,234"), ("SHARES USED IN CALCULATION (000's)", ""), ("Basic", "443"))
    page = release_page("<p>(in millions)</p>", release_table(("", "Q2 2025"), *rows))
    (table,) = read_release("release.htm", data=page).tables
    assert table.note.scale == 6

"""Hidden cells, rows and columns, style sheets, marks and labels of releases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hashpivot.filings import ReleaseRow, read_release

HEADER = "<tr><td>Metric</td><td>December 2024</td><td>November 2024</td></tr>"


def row(text: str, head: str = "", header: str = HEADER, columns: str = "") -> ReleaseRow:
    page = f"<html><head>{head}</head><body><table>{columns}{header}{text}</table></body></html>"
    return read_release("x", data=page.encode()).tables[0].rows[-1]


def shown(text: str, **parts: str) -> list[Decimal]:
    return [value.shown for value in row(text, **parts).values]


@pytest.mark.parametrize(
    "hidden",
    [
        '<td style="display:none">9</td>',
        "<td hidden>9</td>",
        '<td style="DISPLAY: none !important">9</td>',
        '<td class="gone">9</td>',
        '<td id="gone">9</td>',
        '<td class="a b">9</td>',
    ],
)
def test_a_hidden_cell_takes_no_place(hidden: str) -> None:
    head = "<style>.gone, #gone { display: none } td.a.b { display: none }</style>"
    cells = f"<tr><td>Bitcoin Produced</td><td>516</td>{hidden}<td>495</td></tr>"
    assert shown(cells, head=head) == [516, 495]


@pytest.mark.parametrize(
    "hidden", ['style="display:none"', "hidden", 'style="visibility:collapse"', 'class="gone"']
)
def test_a_hidden_row_is_no_row(hidden: str) -> None:
    head = "<style>tr.gone { visibility: collapse }</style>"
    rows = (
        f"<tr><td>Bitcoin Held</td><td>7</td><td>8</td></tr><tr {hidden}><td>x</td><td>9</td><td>9</td></tr>"
    )
    assert row(rows, head=head).label == "Bitcoin Held"


def test_a_hidden_row_ends_no_cell_that_reaches_down() -> None:
    header = '<tr><td rowspan="2">Metric</td><td colspan="2">2024</td></tr>'
    header += '<tr style="display:none"><td>z</td></tr>'
    header += "<tr><td>December</td><td>November</td></tr>"
    found = row("<tr><td>Bitcoin Produced</td><td>516</td><td>495</td></tr>", header=header)
    assert [value.shown for value in found.values] == [516, 495]


def test_a_collapsed_column_is_not_read() -> None:
    columns = '<colgroup><col><col><col style="visibility:collapse"><col></colgroup>'
    header = "<tr><td></td><td>December 2024</td><td>October 2024</td><td>November 2024</td></tr>"
    cells = "<tr><td>Bitcoin Produced</td><td>516</td><td>9</td><td>495</td></tr>"
    assert shown(cells, header=header, columns=columns) == [516, 495]


def test_an_invisible_cell_keeps_its_place() -> None:
    cells = '<tr><td>Bitcoin Produced</td><td style="visibility:hidden">9</td><td>495</td></tr>'
    assert [(v.locator.column, v.shown) for v in row(cells).values] == [(2, 495)]


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("td i { display: none }", "516"),
        ("td > i { display: none }", "516"),
        ("table > i { display: none }", "9516"),
        ("div i { display: none }", "9516"),
        ("@media print { i { display: none } }", "9516"),
        ("@media screen { i { display: none } }", "516"),
        ("i { display: none } i { display: inline }", "9516"),
        ("i.x { display: none } i { display: inline }", "516"),
        ("i { display: none !important } i.x { display: inline }", "516"),
        ("/* i { display: none } */", "9516"),
        ("i { display: none", "516"),
        ("} i { display: none }", "516"),
        ("i:hover { display: none }", "9516"),
    ],
)
def test_rules_of_a_style_sheet(sheet: str, kept: str) -> None:
    cells = '<tr><td>Bitcoin Produced</td><td><i class="x">9</i>516</td><td>495</td></tr>'
    assert shown(cells, head=f"<style>{sheet}</style>") == [int(kept), 495]


def test_a_rule_that_may_hide_cells_and_is_not_understood_is_named() -> None:
    rule = "<style>td:nth-child(3) { display: none }</style>"
    page = f"{rule}<table>{HEADER}<tr><td>Bitcoin Produced</td><td>5</td></tr>"
    warnings = read_release("x", data=page.encode()).warnings
    assert warnings == ("a style rule that may hide cells is not understood: 'td:nth-child(3)'",)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Bitcoin<sup>1</sup> produced", "Bitcoin produced"),
        ("Bitcoin produced¹", "Bitcoin produced"),
        ("Bitcoin produced<sup>(1)</sup>", "Bitcoin produced"),
        ('Bit<sup>TM</sup>coin<span style="display:none">s sold</span> produced', "Bitcoin produced"),
        ("Bit\u00adcoin\u200b produced\ufeff", "Bitcoin produced"),
        ('Bitcoin produced <font size="1">(BTC)</font>', "Bitcoin produced (BTC)"),
        ("Bitcoin<br>produced", "Bitcoin produced"),
        ("Bitcoin <span style='color:white;background:navy'>produced</span>", "Bitcoin produced"),
    ],
)
def test_labels(label: str, words: str) -> None:
    assert row(f"<tr><td>{label}</td><td>516</td><td>495</td></tr>").label == words


def test_white_headers_on_dark_ground_are_seen() -> None:
    head = "<style>.dark td { background: #003366; color: white }</style>"
    header = HEADER.replace("<tr>", '<tr class="dark">')
    assert shown("<tr><td>Bitcoin Produced</td><td>516</td><td>495</td></tr>", head=head, header=header) == [
        516,
        495,
    ]


def test_digits_of_the_colour_of_the_paper_are_left_out_with_a_warning() -> None:
    white = '<span style="color:#fff;font-size:0">9</span>'
    cells = f"<tr><td>Bitcoin Produced</td><td>{white}516</td><td>495</td></tr>"
    found = read_release("x", data=f"<table>{HEADER}{cells}</table>".encode())
    assert [value.shown for value in found.tables[0].rows[-1].values] == [516, 495]
    assert found.warnings == ("digits that cannot be seen left out: '9' in table 0",)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("5<br>16", "5 16"),
        ("5&nbsp;16", "5 16"),
        ("\u202e615\u202c", "\u202e615"),
        ('<bdo dir="rtl">615</bdo>', "\u202e615"),
        ("5\u200f16", "5\u200f16"),
        ("<s>600</s> 516", "6\u03360\u03360\u0336 516"),
        ("5<sup>1</sup>6", "5 6"),
        ("51<small>6</small>", "51 6"),
        ("<sup>516</sup>", "⁵¹⁶"),
        ('5<span style="visibility:hidden">9</span>16', "5 16"),
        ("5e2", "5e2"),
        ("~516", "~516"),
        ("516a", "516a"),
        (
            "approximately 516 including those of a joint venture",
            "approximately 516 including those of a joint venture",
        ),
        ("5.16", "5.16"),
        ("1.516", "1.516"),
    ],
)
def test_what_is_no_plain_number_is_kept_as_unread(cell: str, text: str) -> None:
    beside = "1,495" if cell == "1.516" else "495"
    found = row(f"<tr><td>Bitcoin Produced</td><td>{cell}</td><td>{beside}</td></tr>")
    assert [value.locator.column for value in found.values] == [2]
    assert [(c.locator.column, c.header, c.text) for c in found.unread] == [(1, "December 2024", text)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("500²", 500),
        ("500<sup>2</sup>", 500),
        ("<sup>$</sup>", None),
        ("+516", 516),
        ("516*", 516),
        ('516<font style="font-size:6.5pt;vertical-align:top">(1)</font>', 516),
        ("516 BTC", 516),
        ("\u200e516\u200f", 516),
        ("٥١٦", 516),
        ('<font style="font-size:7pt">516</font>', 516),
        ("—", 0),
        ("N/A", None),
    ],
)
def test_cells_that_are_read_or_say_nothing(cell: str, value: int | None) -> None:
    found = row(f"<tr><td>Bitcoin Produced</td><td>{cell}</td><td>495</td></tr>")
    assert {v.locator.column: v.shown for v in found.values}.get(1) == value
    assert found.unread == ()


def test_a_first_row_without_any_number_is_no_header() -> None:
    rows = "<tr><td>Bitcoin Produced</td><td>~516</td><td>~495</td></tr>"
    rows += "<tr><td>Bitcoin Held</td><td>17,722</td><td>16,728</td></tr>"
    table = read_release("x", data=f"<table>{HEADER}{rows}</table>".encode()).tables[0]
    assert [(row.label, len(row.values), len(row.unread)) for row in table.rows[1:]] == [
        ("Bitcoin Produced", 0, 2),
        ("Bitcoin Held", 2, 0),
    ]
    assert [column.header for column in table.columns] == ["December 2024", "November 2024"]


def test_footnote_marks_in_cells_of_their_own_are_no_numbers() -> None:
    cells = "<td>516</td><td><sup>1</sup></td><td>495</td><td><sup>(2)</sup></td>"
    cells = f"<tr><td>Bitcoin Produced</td>{cells}</tr>"
    header = '<tr><td></td><td colspan="2">December 2024</td><td colspan="2">November 2024</td></tr>'
    found = row(cells, header=header)
    assert ([value.shown for value in found.values], found.unread) == ([516, 495], ())

"""A fragment: text stays text, the style stays inside, nothing is loaded."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from lxml import etree, html

from hashpivot.report import Chart, season_fragment, trace_fragment
from hashpivot.report.notebook import (
    Fragment,
    FragmentTable,
    Letters,
    Picture,
    Titled,
    records_fragment,
    render_fragment,
)
from hashpivot.report.notebook._fragment import first_rows, fragment_style
from hashpivot.report.season_page.company import Badge
from hashpivot.report.shared import Cell, Link, TextTable, palette
from hashpivot.season import Season

EVIL = '</style><script>alert(1)</script><img src=x onerror="alert(2)">\u202e"\'&'
ELEMENTS = {
    "div", "style", "p", "b", "span", "ul", "li", "figure", "figcaption", "img", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "code", "a", "sup",
}  # fmt: skip
DRAWN = {"svg", "style", "rect", "text", "g", "title", "line", "circle", "polygon", "polyline", "path", "a"}


def everywhere(text: str) -> Fragment:
    """A fragment with one text in every place that holds one."""
    cells = (
        text,
        Titled(text, text),
        Letters(text, text),
        Cell(text),
        Cell(text, text),
        Badge(text, text, "good"),
    )
    rows = ((*cells, Link(text), Link(text, "https://x.example/a?b=1&c=2")),)
    return Fragment(
        title=text,
        lede=text,
        meta=(text, text),
        tiles=((Cell(text, text), text),),
        sentences=(text,),
        pictured=text,
        pictures=(Picture(Chart(text, text, 100, 50, "<rect/>", {"g-ai": text}), text),),
        tables=(FragmentTable((text,) * 8, rows, text, notes=(text,)), TextTable(text, (text,), ((text,),))),
        notes=(text, ""),
    )


def elements(markup: str) -> list[html.HtmlElement]:
    return [node for node in html.fragment_fromstring(markup).iter() if isinstance(node.tag, str)]


def assert_inert(markup: str) -> None:
    """Only elements of ours, no handler, no address but http, https and drawings in the markup itself."""
    for node in elements(markup):
        assert node.tag in ELEMENTS, node.tag
        assert not [name for name in node.attrib if name.startswith("on")]
        assert re.match(r"https?://|$", node.get("href", "")), node.get("href")
        assert re.match(r"data:image/svg\+xml;base64,[\w+/=]+$|$", node.get("src", ""))
        for drawing in filter(None, [node.get("src")]):
            drawn = etree.fromstring(b64decode(drawing.partition(",")[2]))
            assert {"script", "foreignObject", "image"}.isdisjoint(
                etree.QName(part).localname for part in drawn.iter()
            )


def test_hostile_text_stays_text_everywhere() -> None:
    markup = render_fragment(everywhere(EVIL), [EVIL])
    assert_inert(markup)
    assert markup.count("<style>") == markup.count("</style>") == 1
    shown = html.fragment_fromstring(markup).text_content()
    assert shown.count("<script>alert(1)</script>") > 20
    assert "\u202e" not in markup


def test_the_worst_filing_shows_as_text(hostile: Season) -> None:
    markup = render_fragment(season_fragment(hostile))
    assert_inert(markup)
    assert "alert(3)" not in markup and "\x1b" not in markup


def test_a_trace_shows_each_operand_with_its_source(hostile: Season) -> None:
    trace = hostile.view.trace("EVIL/2024Q4/gross_profit/chips")
    markup = render_fragment(trace_fragment(trace))
    assert_inert(markup)
    rows = html.fragment_fromstring(markup).xpath(".//tbody/tr")
    assert len(rows) == 3 and len(trace.operands) == 2


def test_the_style_stays_within_the_fragment() -> None:
    style = fragment_style()
    assert style.count("{") == style.count("}")
    outside = re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}", "", style)))
    selectors = [line for line in re.split(r"[\n}]", outside) if line.strip()]
    assert selectors and all(".hashpivot-result" in line or line.startswith("@media") for line in selectors)
    assert "url(" not in style and "@import" not in style and "/*" not in style
    for theme in ("light", "dark"):
        assert f"--paper: {palette(theme)['paper']}" in style


def test_a_picture_carries_both_themes_and_its_words() -> None:
    image = Chart("A title", "one; two", 100, 50, '<rect class="g-ai"/>').image()
    (node,) = elements(f"<div>{image}</div>")[1:]
    assert node.get("alt") == "A title: one; two"
    drawn = b64decode(node.get("src").partition(",")[2]).decode()
    assert palette("light")["ai"] in drawn and palette("dark")["ai"] in drawn
    assert "prefers-color-scheme: dark" in drawn


def test_rows_that_are_left_out_are_counted() -> None:
    table = TextTable("t", ("a",), tuple((str(n),) for n in range(5)))
    assert first_rows(table, 5, ".x()") is table
    cut = first_rows(table, 3, ".x()")
    assert len(cut.rows) == 3 and cut.notes == ("2 more rows: .x()",)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (1234567.8, "1,234,568"),
        (0.123456789, "0.123457"),
        (True, "True"),
        (12, "12"),
        ("a_b", "a_b"),
    ],
)
def test_records_are_written_as_text(value: object, shown: str) -> None:
    fragment = records_fragment("Result(1)", [{"some_name": value}])
    (table,) = fragment.tables
    assert table.header == ("some name",) and table.rows == ((shown,),)


def test_no_records_are_no_table() -> None:
    assert "<table>" not in render_fragment(records_fragment("Result(0)", []))

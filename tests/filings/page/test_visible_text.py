"""What a person sees is what is read: our text of a cell against Chromium's."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hashpivot.filings import ReleaseRow, read_release

from .browser import CHROMIUM, seen_by_a_person

HEAD = """<style>
.gone { display: none } .unseen { visibility: hidden; } .up, .above { vertical-align: super; font-size: 7pt }
td .deep > i { display: none } #never { color: red } span.none { font-size: 0 !important }
.white { color: #FFF }
@media print { .paper { display: none } } @media screen { .screen { display: none } }
[data-x="1"] { opacity: 0 } .low { position: relative; top: 4px; font-size: 60% }
.seen { visibility: visible }
</style>"""

HIDDEN = (
    "display:none",
    "visibility:hidden",
    "visibility:collapse",
    "font-size:0",
    "font-size:0px",
    "opacity:0",
    "opacity:0.0",
    "display:inline-block;width:0;overflow:hidden",
    "display:block;height:0;overflow:hidden",
    "position:absolute;left:-9999px",
    "position:absolute;top:-9999px",
    "position:fixed;left:-99em",
    "position:absolute;clip:rect(0,0,0,0)",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "clip-path:inset(50%)",
    "color:white",
    "color:#fff",
    "color:#FFFFFF;",
    "color:rgb(255,255,255)",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    "background:navy;color:navy",
    "DISPLAY : NONE",
    "display:none!important",
    "color:red;color:white",
    "font:0/0 a",
    "text-indent:-9999px;display:block;overflow:hidden",
    "display:inline-block;transform:scale(0)",
    "display:inline-block;max-width:0;overflow:hidden",
)
RAISED = (
    "vertical-align:super;font-size:6.5pt",
    "vertical-align:sub;font-size:60%",
    "vertical-align:super",
    "vertical-align:top;font-size:6pt",
    "vertical-align:4px;font-size:8px",
    "vertical-align:30%;font-size:.6em",
    "position:relative;top:-4px;font-size:7pt",
    "position:relative;top:-.4em",
    "font-size:50%",
    "font-size:8px",
    "font-size:xx-small",
    "font-size:smaller",
    "font-size:85%",
    "font-size:120%",
    "font-size:.8em",
)
HARMLESS = (
    "font-weight:bold",
    "color:red",
    "font-family:serif",
    "width:0;overflow:hidden",
    "opacity:0.9",
    "color:#333",
    "display:inline",
    "vertical-align:baseline",
    "visibility:visible",
    "background:yellow",
    "left:-9999px",
    "font-size:inherit",
    "position:relative",
    "vertical-align:top",
    "margin-left:2px",
    "display:inline-block",
    "unicode-bidi:bidi-override;direction:rtl",
    "direction:rtl",
    "float:right",
    "text-decoration:line-through",
    "position:relative;left:20px",
    "float:left",
    "margin-right:1em",
    "padding:0 3px",
    "direction:ltr",
    "text-indent:-9pt",
    "border:1px solid",
    "text-transform:uppercase",
    "display:inline-block;text-indent:2em",
)
TAGS = (
    "<sup>{}</sup>",
    "<sub>{}</sub>",
    "<small>{}</small>",
    "<big>{}</big>",
    '<font size="1">{}</font>',
    '<font size="-2">{}</font>',
    '<font size="4">{}</font>',
    '<font color="white">{}</font>',
    '<font color="#ffffff">{}</font>',
    "<span hidden>{}</span>",
    "<template>{}</template>",
    "<noscript>{}</noscript>",
    "<script>{}</script>",
    "<style>{}</style>",
    "<textarea>{}</textarea>",
    "<select><option>{}</option></select>",
    '<input value="{}">',
    '<input type="hidden" value="{}">',
    "<!--{}-->",
    "<?x {}?>",
    "<b>{}</b>",
    "<i>{}</i>",
    "<div>{}</div>",
    "<br>{}",
    "{}<br>",
    '<span class="gone">{}</span>',
    '<span class="x unseen">{}</span>',
    '<span class="up">{}</span>',
    '<b class="above">{}</b>',
    '<span class="deep"><i>{}</i></span>',
    '<span id="never">{}</span>',
    '<span class="none" style="font-size:12pt">{}</span>',
    '<i class="white">{}</i>',
    '<i class="paper">{}</i>',
    '<i class="screen">{}</i>',
    '<i data-x="1">{}</i>',
    '<i class="low">{}</i>',
    '<bdo dir="rtl">{}</bdo>',
    '<bdo dir="ltr">{}</bdo>',
    "<title>{}</title>",
    '<span style="visibility:hidden"><span class="seen">{}</span></span>',
    "<details><summary>{}</summary></details>",
    "<details><i>{}</i></details>",
    "<dialog>{}</dialog>",
    "<datalist>{}</datalist>",
    "<button hidden>{}</button>",
)
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff\u2063\u202c\u202d"
WRAPPERS = (
    *(f'<span style="{style}">{{}}</span>' for style in (*HIDDEN, *RAISED, *HARMLESS)),
    *TAGS,
    *(
        f"{char}{{}}"
        for char in (*INVISIBLE, "\u200f", "\u202e", "\u2067", "\u061c", " ", "&nbsp;", "<wbr>", "&#8203;")
    ),
)
DIGITS = st.text("0123456789", min_size=1, max_size=3) | st.sampled_from(
    ("5,1", ",516", ".5", "1,2", "٥", "５", "²", "¹", "₂", "*")
)


@st.composite
def _piece(draw: st.DrawFn) -> str:
    text = draw(DIGITS)
    for wrapper in draw(st.lists(st.sampled_from(WRAPPERS), max_size=2)):
        text = wrapper.format(text)
    return text


CELL = st.tuples(
    st.sampled_from(
        ("", ' style="font-size:10pt"', ' style="font-size:6pt"', ' align="right"', ' bgcolor="white"')
    ),
    st.lists(_piece(), min_size=1, max_size=3),
    st.sampled_from(
        ("{}", '<font style="font-size:10pt">{}</font>', "<div>{}</div>", '<font size="2">{}</font>')
    ),
)
PLAIN = re.compile(r"\**(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*\**")


def table(style: str, text: str) -> str:
    return (
        "<table><tr><td>Metric</td><td>December 2024</td><td>November 2024</td></tr>"
        f'<tr><td>Bitcoin Produced</td><td class="asked"{style}>{text}</td><td>495</td></tr></table>'
    )


def read(head: str, one: str, doctype: str = "") -> tuple[Decimal | None, bool]:
    """The value of the asked cell, and whether it is reported as unread; the cell beside it is always 495."""
    data = f"{doctype}<html><head><meta charset='utf-8'>{head}</head><body>{one}</body></html>".encode()
    row: ReleaseRow = read_release("x.htm", data=data).tables[0].rows[-1]
    assert row.label == "Bitcoin Produced"
    values = {value.locator.column: value.shown for value in row.values}
    assert values[2] == 495
    return values.get(1), any(cell.locator.column == 1 for cell in row.unread)


def disagreement(text: str, value: Decimal | None, reported: bool) -> str:
    """What is wrong about reading a visible text as this value; empty if nothing."""
    plain = PLAIN.fullmatch(text)
    if value is None:
        return "lost in silence" if plain and not reported else ""
    return "" if plain and Decimal(plain[1].replace(",", "")) == value else f"read {value}"


def compare(seed_cells: list[tuple[str, list[str], str]], folder: Path, doctype: str) -> list[str]:
    tables = [table(style, around.format("".join(pieces))) for style, pieces, around in seed_cells]
    problems = []
    for one, text in zip(tables, seen_by_a_person(HEAD, tables, folder, doctype=doctype), strict=True):
        problem = disagreement(text, *read(HEAD, one, doctype))
        if problem:
            problems.append(f"{problem}, a person sees {text!r} in {one}")
    return problems


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to say what a person sees")
@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE html>"])
def test_digits_are_those_a_browser_shows(tmp_path: Path, doctype: str) -> None:
    cells: list[tuple[str, list[str], str]] = []

    @settings(
        max_examples=500, phases=[Phase.generate], database=None, derandomize=True, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(CELL)
    def generate(cell: tuple[str, list[str], str]) -> None:
        cells.append(cell)

    generate()
    problems = compare(cells, tmp_path, doctype)
    assert problems == [], f"{len(problems)} of {len(cells)}"

"""A filing as safe pages: nothing acts or loads, the text is unchanged, every place has its id."""

from __future__ import annotations

import re

import pytest
from lxml import html

from hashpivot.core import JoinedLocator, Locator, UnreadableFile, UnreadableFiling
from hashpivot.filings import read_filing, read_prose, read_release
from hashpivot.filings.page import PageLines
from hashpivot.filings.release import parse_page
from hashpivot.filings.shown import SHOWN_POLICY, ShownFile, anchor_of, shown_file
from hashpivot.filings.source import Notes
from hashpivot.testing import InlineFiling, release_page, release_table

HOSTILE = b"""<html><head><title>A <b>title</b></title><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/"><link rel="stylesheet" href="https://evil.example/a.css">
<style>@import "https://evil.example/b.css"; p { color: red; background: u\\72l(https://evil.example/c) }
td { background-image: url(https://evil.example/d.png); padding: 2px }</style><script>alert(1)</script></head>
<body onload="alert(2)" background="https://evil.example/e.png">
<p onclick="alert(3)" style="color:blue;background:url(https://evil.example/f.png)">Revenue was $5 million.</p>
<form action="https://evil.example/g"><button formaction="javascript:alert(4)">Send</button><input value="x"></form>
<a href="javascript:alert(5)">Link</a> <a href="#there">Within</a> <a href="https://evil.example/">Out</a>
<iframe src="https://evil.example/h"></iframe><object data="x"></object><embed src="x">
<svg onload="alert(6)"><script>alert(7)</script><style>*{x:url(y)}</style><a xlink:href="javascript:alert(8)">Drawn</a></svg>
<math><mtext><img src=x onerror="alert(9)"></mtext></math>
<template><p>Templated</p></template><noscript><p>Without script</p></noscript>
<table><tr><td id="there" style="behavior:url(x)">A cell</td><td id="at-t0-r0-c1">4</td></tr></table>
<textarea>&lt;/textarea&gt;&lt;script&gt;alert(10)&lt;/script&gt;</textarea>
</body></html>"""


def lines(page: bytes) -> list[str]:
    root = parse_page(page, Notes(), "page")
    assert root is not None
    return PageLines(root).lines


def text_at(shown: ShownFile, locator: str) -> str:
    (place,) = shown.places(Locator.parse(locator))
    root = html.fromstring(shown.documents[place.document].page().decode())
    (element,) = root.xpath("//*[@id=$at]", at=place.anchor)
    assert " ".join(element.text_content().split()) == place.text
    return place.text


def test_nothing_acts_and_nothing_loads() -> None:
    page = shown_file(HOSTILE, "hostile.htm").documents[0].page().decode()
    assert "evil" not in re.sub(r"<title>.*?</title>", "", page)
    root = html.fromstring(page)
    names = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert not names & {"script", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "link",
                        "base", "template", "textarea", "img", "noscript"}  # fmt: skip
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") for name in attributes)
    assert not attributes & {"src", "background", "action", "formaction", "data", "xlink:href"}
    assert [element.get("href") for element in root.iter("a") if element.get("href")] == ["#there"]
    assert "url(" not in page and "@import" not in page and "javascript:" not in page


def test_its_own_styles_and_links_stay() -> None:
    page = shown_file(HOSTILE, "hostile.htm").documents[0].page().decode()
    assert "color:blue" in page and "padding: 2px" in page
    root = html.fromstring(page)
    (cell,) = [element for element in root.iter("td") if element.text_content() == "A cell"]
    assert cell.get("id") == "at-t0-r0-c0" and cell.xpath(".//*[@id='there']")
    assert len(root.xpath("//*[@id='at-t0-r0-c1']")) == 1


def test_the_policy_forbids_all_but_styles() -> None:
    assert SHOWN_POLICY.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert SHOWN_POLICY.endswith("sandbox")


def test_a_tagged_page_names_its_facts() -> None:
    data = InlineFiling.quarterly().to_bytes() if hasattr(InlineFiling, "quarterly") else tagged()
    filing, shown = read_filing("q.htm", data=data), shown_file(data, "q.htm")
    visible = [fact for fact in filing.facts if not fact.hidden and not fact.nil]
    assert visible
    for fact in visible:
        assert text_at(shown, str(fact.locator)) == fact.text
    assert lines(shown.documents[0].page()) == lines(data)


def tagged(*, hidden: str = "") -> bytes:
    return f"""<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:us-gaap="http://fasb.org/us-gaap/2024"
xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:dei="http://xbrl.sec.gov/dei/2024"><head><title>Q</title></head><body>
<div style="display:none"><ix:header><ix:hidden><ix:nonFraction id="h1" name="us-gaap:Assets" contextRef="c" unitRef="u">7</ix:nonFraction>
<ix:nonNumeric id="h2" name="dei:DocumentType" contextRef="c">10-Q</ix:nonNumeric></ix:hidden><ix:resources>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">1</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-03-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
<p style="-sec-ix-hidden:h1">Assets of seven dollars.</p>
<table><tr><td>Revenue</td><td>$</td><td><ix:nonFraction id="f.1" name="us-gaap:Revenues" contextRef="c" unitRef="u" scale="3">1,234</ix:nonFraction></td></tr>
<tr><td>Cost</td><td/><td>(<ix:nonFraction name="us-gaap:CostOfRevenue" contextRef="c" unitRef="u" scale="3">567</ix:nonFraction>)</td></tr></table>
<p>Revenue was <b>$<ix:nonFraction id="f.2" name="us-gaap:Revenues" contextRef="c" unitRef="u" scale="3">1,234</ix:nonFraction></b> thousand. It rose. {hidden}</p>
</body></html>""".encode()


def test_facts_cells_sentences_and_sums_have_places() -> None:
    shown = shown_file(tagged(), "q.htm")
    assert text_at(shown, "fact:f.1") == "1,234"
    assert text_at(shown, "fact:n3") == "567"
    assert text_at(shown, "table:0/row:1/col:2") == "(567)"
    assert text_at(shown, "fact:h1") == "Assets of seven dollars."
    assert shown.places(Locator.parse("fact:h2")) == ()
    assert [place.text for place in shown.places(Locator.parse("fact:f.1+fact:n3"))] == ["1,234", "567"]
    assert isinstance(Locator.parse("fact:f.1+fact:n3"), JoinedLocator)
    sentence = Locator.parse("p:2/s:1")
    (place,) = shown.places(sentence)
    root = html.fromstring(shown.documents[0].page().decode())
    parts = root.xpath("//*[@class=$at]", at=place.anchor)
    assert "".join("".join(part.itertext()) for part in parts) == "Revenue was $1,234 thousand."
    assert place.anchor == anchor_of(sentence) and parts[0].get("id") == place.anchor


def test_the_places_of_one_fact() -> None:
    shown = shown_file(tagged(), "q.htm")
    found = shown.occurrences(Locator.parse("fact:f.2"))
    assert [place.anchor for place in found] == ["at-f_2e_1", "at-f_2e_2"]
    assert [place.text for place in shown.occurrences(Locator.parse("fact:n3"))] == ["567"]


def test_a_release_names_its_cells() -> None:
    data = release_page(release_table()).encode()
    shown, release = shown_file(data, "r.htm"), read_release("r.htm", data=data)
    values = [value for table in release.tables for row in table.rows for value in row.values]
    assert values
    for value in values:
        assert text_at(shown, str(value.locator)).strip("$() ")
    assert lines(shown.documents[0].page()) == lines(data)


def test_a_text_names_its_sentences() -> None:
    data = b"Call of 1 May 2025.\n\nWe mined 500 bitcoin. Next quarter we will have 50 EH/s <script>.\n"
    shown = shown_file(data, "call.txt")
    for sentence in read_prose("call.txt", data=data):
        assert text_at(shown, str(sentence.locator)) == sentence.text
    assert "<script" not in shown.documents[0].page().decode()


def test_documents_of_a_submission_are_numbered_through() -> None:
    first, second = b"<html><body><table><tr><td>1</td></tr></table><p>One said so.</p></body></html>", HOSTILE
    data = b"<SEC-DOCUMENT>x.txt\n<SEC-HEADER>\n</SEC-HEADER>\n" + b"".join(
        b"<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>%s\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n" % parts
        for parts in ((b"8-K", 1, b"a.htm", first), (b"GRAPHIC", 2, b"b.jpg", b"begin"), (b"EX-99.1", 3, b"c.htm", second))
    )
    shown = shown_file(data, "x.txt")
    assert list(shown.documents) == [0, 2]
    (place,) = shown.places(Locator.parse("table:1/row:0/col:0"))
    assert (place.document, place.text) == (2, "A cell")
    sentences = read_prose("x.txt", data=data).sentences
    assert [shown.places(sentence.locator)[0].document for sentence in sentences][:2] == [0, 2]


def test_a_box_has_the_colour_of_its_operand_and_only_our_ids_get_in() -> None:
    document = shown_file(tagged(), "q.htm").documents[0]
    page = document.page(["at-f_2e_1", "x{}</style><script>"], 1).decode()
    assert ":target,#at-f_2e_1,.at-f_2e_1{outline:3px solid #b5522b" in page
    assert "<script" not in page and "x{}" not in page


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 400, b"<?xml version='1.0'?><a/>"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises((UnreadableFile, UnreadableFiling)):
        shown_file(data, "odd")

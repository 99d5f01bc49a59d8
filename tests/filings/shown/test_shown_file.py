"""A filing as safe pages: nothing acts or loads, the text is unchanged, every place has its id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from hashpivot.core import JoinedLocator, Locator, UnreadableFile, UnreadableFiling
from hashpivot.filings import read_filing, read_prose, read_release
from hashpivot.filings.page import PageLines
from hashpivot.filings.release import parse_page
from hashpivot.filings.shown import SHOWN_POLICY, ShownFile, anchor_of, shown_file
from hashpivot.filings.source import Notes
from hashpivot.testing import release_page, release_table

HERE = Path(__file__).parent / "data"
HOSTILE = (HERE / "hostile.htm").read_bytes()
TAGGED = (HERE / "tagged.htm").read_bytes()


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
    assert not names & {
        "script", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "link", "base",
        "template", "textarea", "img", "noscript",
    }  # fmt: skip
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
    data = TAGGED
    filing, shown = read_filing("q.htm", data=data), shown_file(data, "q.htm")
    visible = [fact for fact in filing.facts if not fact.hidden and not fact.nil]
    assert visible
    for fact in visible:
        assert text_at(shown, str(fact.locator)) == fact.text
    assert lines(shown.documents[0].page()) == lines(data)


def test_facts_cells_sentences_and_sums_have_places() -> None:
    shown = shown_file(TAGGED, "q.htm")
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
    said = "".join("".join(part.itertext()) for part in parts)
    assert said.replace(" ", "") == "Revenuewas$1,234thousand."
    assert place.anchor == anchor_of(sentence) and parts[0].get("id") == place.anchor


def test_a_hidden_number_is_where_its_paragraph_shows_it() -> None:
    said = (
        b"<p><span>900 preferred, </span><span>7</span><span> shares </span>"
        b'<span style="-sec-ix-hidden:h1">outstanding</span></p>'
    )
    data = TAGGED.replace(b'<p style="-sec-ix-hidden:h1">Assets of seven dollars.</p>', said)
    assert data != TAGGED and text_at(shown_file(data, "q.htm"), "fact:h1") == "7"


def test_what_would_take_minutes_is_refused() -> None:
    with pytest.raises(UnreadableFiling, match=r"400,00\d elements"):
        shown_file(b"<html><body>" + b"<p>" * 400_000, "padded.htm")
    many = b"Revenue was up. " * 45_000
    (document,) = shown_file(many, "call.txt").documents.values()
    assert b'id="at-p' not in document.page()


def test_the_places_of_one_fact() -> None:
    shown = shown_file(TAGGED, "q.htm")
    found = shown.occurrences(Locator.parse("fact:f.2"))
    assert [place.anchor for place in found] == ["at-f_2e_1", "at-f_2e_2"]
    assert [place.text for place in shown.occurrences(Locator.parse("fact:n3"))] == ["567"]


def test_a_release_names_its_cells() -> None:
    data = release_page(
        "<p>In thousands</p>",
        release_table(
            ("", "Three Months Ended March 31, 2025", "Three Months Ended March 31, 2024"),
            ("Total revenue", "$1,234", "$987"),
            ("Net loss", "(5)", "(6)"),
        ),
    )
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
    first, second = (
        b"<html><body><table><tr><td>1</td></tr></table><p>One said so.</p></body></html>",
        HOSTILE,
    )
    data = b"<SEC-DOCUMENT>x.txt\n<SEC-HEADER>\n</SEC-HEADER>\n" + b"".join(
        b"<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>%s\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n" % parts
        for parts in (
            (b"8-K", 1, b"a.htm", first),
            (b"GRAPHIC", 2, b"b.jpg", b"begin"),
            (b"EX-99.1", 3, b"c.htm", second),
        )
    )
    shown = shown_file(data, "x.txt")
    assert list(shown.documents) == [0, 2]
    (place,) = shown.places(Locator.parse("table:1/row:0/col:0"))
    assert (place.document, place.text) == (2, "A cell")
    sentences = read_prose("x.txt", data=data).sentences
    assert [shown.places(sentence.locator)[0].document for sentence in sentences][:2] == [0, 2]


def test_a_box_has_the_colour_of_its_operand_and_only_our_ids_get_in() -> None:
    document = shown_file(TAGGED, "q.htm").documents[0]
    page = document.page(["at-f_2e_1", "x{}</style><script>"], 1).decode()
    assert ":target,#at-f_2e_1,.at-f_2e_1{outline:3px solid #b5522b" in page
    assert "<script" not in page and "x{}" not in page


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 400, b"<?xml version='1.0'?><a/>"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises((UnreadableFile, UnreadableFiling)):
        shown_file(data, "odd")


def test_facts_in_each_other_take_no_more_memory_than_the_page() -> None:
    opened = "".join(
        f'<ix:nonNumeric id="d{depth}" name="us-gaap:X{depth}" contextRef="c">' for depth in range(200)
    )
    inner = opened + "word " * 20_000 + "</ix:nonNumeric>" * 200
    shown = shown_file(TAGGED.replace(b"It rose.", inner.encode()), "deep.htm")
    (place,) = shown.places(Locator.parse("fact:d0"))
    assert len(place.text) <= 2_000

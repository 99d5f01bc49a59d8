"""References as browsers show them: names that XML does not know, Windows-1252, surrogate pairs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from hashpivot.filings import read_filing, read_prose, read_release
from hashpivot.filings.source import Notes
from hashpivot.filings.source._references import mended_references, numeric_references

Page = Callable[..., bytes]
Number = Callable[..., str]
DOCTYPE = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://unreachable.example/x.dtd">'

SHOWN = [
    ("Bitcoin mining revenue &mdash; net", "Bitcoin mining revenue — net"),
    ("Mining&nbsp;revenue", "Mining revenue"),
    ("Mining&nbsprevenue", "Mining revenue"),
    ("Antminer&reg S21", "Antminer® S21"),
    ("Power &Amp; hosting", "Power &Amp; hosting"),
    ("AT&T power", "AT&T power"),
    ("R & D", "R & D"),
    ("Power &amp; hosting", "Power & hosting"),
    ("Power &lt;b&gt;", "Power <b>"),
    ("Years 2023&#150;2024", "Years 2023–2024"),
    ("Years 2023&#x96;2024", "Years 2023–2024"),
    ("Miners&#146; fees", "Miners’ fees"),
    ("Rockets &#xD83D;&#xDE80;", "Rockets \U0001f680"),
    ("Rockets &#55357;&#56960;", "Rockets \U0001f680"),
    ("Half &#xD83D; rocket", "Half \ufffd rocket"),
    ("Null &#0; bell &#7; far &#x110000;", "Null \ufffd bell \ufffd far \ufffd"),
    ("Bogus &bogus; name", "Bogus &bogus; name"),
    ("Not equal &nvlt; two", "Not equal <⃒ two"),
]


@pytest.mark.parametrize("head", [b"", DOCTYPE])
@pytest.mark.parametrize(("written", "shown"), SHOWN)
def test_a_label_reads_as_displayed(
    page: Page, number: Number, written: str, shown: str, head: bytes
) -> None:
    body = f"<table><tr><td>{written}</td><td>{number('7')}</td></tr></table>"
    fact = read_filing("r.htm", data=head + page(body)).facts[0]
    assert (fact.label, fact.value) == (shown, 7)


def test_what_xml_does_not_know_is_reported(page: Page, number: Number) -> None:
    warnings = read_filing("r.htm", data=page(f"<p>&mdash; &nbsp;</p>{number('7')}")).warnings
    assert warnings == [
        "references that XML does not know, read as a browser does (2 times; first: '&mdash;')"
    ]
    lone = read_filing("r.htm", data=page(f"<p>&#xD83D;</p>{number('7')}")).warnings
    assert lone == ["references to no character, shown as \ufffd: '&#xD83D;'"]


@pytest.mark.parametrize("written", ["&mdash;", "&#151;", "&#8212;"])
def test_a_dash_is_zero_however_it_is_written(page: Page, number: Number, written: str) -> None:
    assert read_filing("r.htm", data=page(number(written, format="ixt3:zerodash"))).facts[0].value == 0


def test_half_a_pair_in_a_number_or_a_text_is_never_a_traceback(page: Page, number: Number) -> None:
    text = '<ix:nonNumeric name="dei:T" contextRef="c">10-Q &#xD83D;</ix:nonNumeric>'
    filing = read_filing("r.htm", data=page(number("&#xD83D;1,000") + number("7") + text))
    assert [fact.value for fact in filing.facts] == [7]
    assert filing.texts[0].text == "10-Q \ufffd"


def test_an_attribute_keeps_what_only_looks_like_a_name(page: Page, number: Number) -> None:
    link = '<a href="?a=1&copy=2&reg&lt;">x</a> &copy'
    data = mended_references(page(f"{link}{number('7')}"), Notes())
    found = etree.fromstring(data).find(".//{*}a")
    assert found.get("href") == "?a=1&copy=2®<"
    assert found.tail == " ©"


def test_releases_and_their_prose_read_the_same_characters() -> None:
    row = "<tr><td>Miners&#146; output &#xD83D;&#xDE80;</td><td>516</td></tr>"
    table = f"<table><tr><td></td><td>December 2024</td></tr>{row}</table>"
    data = f"<html><body><p>Riot&#146;s hash rate grew.</p>{table}</body></html>".encode()
    labels = {row.label for table in read_release("r.htm", data=data).tables for row in table.rows}
    assert "Miners’ output \U0001f680" in labels
    assert "Riot’s hash rate grew." in {s.text for s in read_prose("r.htm", data=data).sentences}


def _lines(text: str) -> str:
    """Without what stands for no character, line ends alike."""
    return text.replace("\ufffd", "").replace("\r", "\n")


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from([*"&#;xX0159aDdF<>=\"' ", "&#", "nbsp", "amp;", "&lt;", "copy", "&#150;", "]]>"])
    )
)
@example(["&#", "1" * 50, ";"])
@example(["<!--", "&nbsp;"])
def test_text_reads_as_a_browser_shows_it(pieces: list[str]) -> None:
    text = "".join(pieces).replace("<", "").replace(">", "")
    shown = etree.fromstring(b"<p>" + mended_references(text.encode(), Notes()) + b"</p>").text or ""
    browser = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", html.unescape(text))
    assert _lines(shown) == _lines(browser)


@pytest.mark.parametrize("piece", ["&", "&#", "&#xD83D;", "<", "<a", "&nbsp", "<!--", "&#1", "&a"])
def test_a_hostile_page_is_mended_in_linear_time(piece: str) -> None:
    data = piece.encode() * (2_000_000 // len(piece))
    assert mended_references(numeric_references(data, Notes()), Notes())


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_bytes_without_references_stay(data: bytes) -> None:
    assert numeric_references(data.replace(b"&", b""), Notes()) == data.replace(b"&", b"")

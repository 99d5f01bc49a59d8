"""Whatever comes in: a typed error or a warning that says what and where, in bounded time and memory."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.core import UnreadableFile, UnreadableFiling
from hashpivot.filings import Filing, read_filing

Page = Callable[..., bytes]
Number = Callable[..., str]


def read(data: bytes, **options: int) -> Filing:
    return read_filing("it.htm", data=data, **options)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        read_filing(tmp_path / "none.htm")


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="directory"):
        read_filing(tmp_path)


def test_an_impossible_path() -> None:
    with pytest.raises(UnreadableFile):
        read_filing("a\0b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFile, match="regular file"):
        read_filing(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.htm"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_filing(path)


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\0" * 5000])
def test_empty(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="empty"):
        read(data)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\0\1" * 999, b"%PDF-1.7 xyz"]
)
def test_binary(data: bytes) -> None:
    with pytest.raises(UnreadableFiling, match="no XBRL facts"):
        read(data)


@pytest.mark.parametrize(
    "data", [b"<html><body><table><tr><td>Revenue</td><td>5</td></tr></table></body></html>", b"plain words"]
)
def test_html_without_xbrl(data: bytes) -> None:
    with pytest.raises(UnreadableFiling, match="holds no XBRL facts") as caught:
        read(data)
    assert caught.value.where == "it.htm"
    assert "full submission" in caught.value.hint


def test_a_page_with_the_namespace_but_no_fact(page: Page) -> None:
    with pytest.raises(UnreadableFiling, match="holds no XBRL facts"):
        read(page("<p>nothing</p>"))


def test_truncated(small: Path) -> None:
    whole = (small / "small.htm").read_bytes()
    cut = read(whole[: whole.index(b"Total revenue")])
    assert "not well-formed" in cut.warnings[0]
    assert cut.fact("fact:m").value == 1234000
    assert cut.fact("fact:m").label == "Bitcoin mining"


def test_truncated_and_damaged_gzip(page: Page, number: Number) -> None:
    packed = gzip.compress(page(number("5")))
    assert read(packed).facts[0].value == 5
    assert read(packed).sha256 == read(gzip.decompress(packed)).sha256
    with pytest.raises(UnreadableFile, match="truncated gzip"):
        read(packed[:-20])
    with pytest.raises(UnreadableFile, match="damaged gzip"):
        read(packed[:40] + b"\0\0\0\0" + packed[44:])


def test_a_gzip_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        read(bomb, max_bytes=1_000_000)


def test_a_200_mb_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.htm"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(UnreadableFile, match="200,000,000 bytes"):
        read_filing(path)


def test_an_entity_bomb_is_refused(page: Page, number: Number) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!-- - --><!DOCTYPE html [<!ENTITY e0 "ha">{levels}]>'.encode()
    for data in (bomb + page(number("&e11;")), bomb + page(f'<p class="&e11;">{number("1")}</p>')):
        with pytest.raises(UnreadableFiling, match="declares entities"):
            read(data)
    with pytest.raises(UnreadableFiling, match="declares entities"):
        read((bomb + page(number("&e11;"))).decode().encode("utf-16"))


def test_files_are_not_pulled_in(page: Page, number: Number, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("12345")
    head = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    with pytest.raises(UnreadableFiling, match="declares entities"):
        read(head + page(number("&x;")))


def test_a_document_type_without_entities_is_fine(page: Page, number: Number) -> None:
    head = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://unreachable.example/xhtml1.dtd">'
    assert read(head + page(number("7"))).facts[0].value == 7


def test_html_entities_are_mended(page: Page, number: Number) -> None:
    filing = read(page(f"<table><tr><td>Power&nbsp;sales</td><td>{number('7')}</td></tr></table>"))
    assert filing.facts[0].value == 7
    assert "nbsp" in filing.warnings[0]


@pytest.mark.parametrize("depth", [300, 200_000])
def test_a_depth_bomb(page: Page, number: Number, depth: int) -> None:
    data = page(number("1") + "<div>" * depth + number("2") + "</div>" * depth + " " * 10_500_000)
    try:
        values = [fact.value for fact in read(data).facts]
        labels = [fact.label for fact in read(data).facts]
    except UnreadableFiling:
        return
    assert values[0] == 1
    assert set(labels) == {""}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1", "shift_jis"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings(page: Page, number: Number, encoding: str, declared: bool) -> None:
    word = "売上" if encoding == "shift_jis" else "Énergie"
    if encoding == "shift_jis" and not declared:
        pytest.skip("nobody can tell")
    text = page(f"<table><tr><td>{word}</td><td>{number('7')}</td></tr></table>").decode()
    head = f'<?xml version="1.0" encoding="{encoding.replace("-sig", "")}"?>' if declared else ""
    filing = read((head + text).encode(encoding))
    assert filing.facts[0].label == word
    assert filing.facts[0].value == 7


@pytest.mark.parametrize("declared", ["utf-8", "us-ascii", "utf-16", "no-such-code", "utf-7"])
def test_a_wrongly_declared_encoding(page: Page, number: Number, declared: str) -> None:
    text = page(f"<table><tr><td>Énergie</td><td>{number('7')}</td></tr></table>").decode()
    filing = read((f'<?xml version="1.0" encoding="{declared}"?>' + text).encode("cp1252"))
    assert filing.facts[0].value == 7
    assert filing.facts[0].label == "Énergie"
    assert any("encoding" in warning for warning in filing.warnings)


def test_problems_of_single_facts(page: Page, number: Number) -> None:
    bad = [
        number("1", contextRef="gone"),
        number("1", contextRef="gone too"),
        number("1", unitRef="gone"),
        number("1", unitRef=""),
        number("1,0", format="ixt:fixed-dates"),
        number("1", format="nowhere:num-dot-decimal"),
        number("about ten", format="ixt:num-dot-decimal"),
        number("", format="ixt:num-dot-decimal"),
        number("1", scale="x"),
        number("1", scale="999999999"),
        number("9" * 500),
        number("1e99999999"),
        number("NaN"),
        number("1", name="acme:Cash"),
        number("1", target="other"),
        '<ix:nonNumeric name="dei:D" contextRef="c" format="ixt:date-month-day">13/45</ix:nonNumeric>',
    ]
    filing = read(page("".join(bad) + number("8", id="good")))
    assert [fact.value for fact in filing.facts] == [8]
    assert filing.texts == []
    told = "\n".join(filing.warnings)
    assert "facts without a usable context left out (2 times; first: contextRef 'gone' of fact:n0)" in told
    for kind in (
        "usable unit",
        "unknown format",
        "unreadable numbers",
        "undeclared prefix",
        "target",
        "fit their",
    ):
        assert kind in told
    assert len(filing.warnings) == len({warning.split("(")[0] for warning in filing.warnings})


def test_broken_contexts_and_units(page: Page, number: Number) -> None:
    broken = """<ix:header><xbrli:context id="c"><xbrli:entity/><xbrli:period>
    <xbrli:instant>2024-13-01</xbrli:instant></xbrli:period></xbrli:context>
    <xbrli:context id="d"><xbrli:period><xbrli:startDate>2025-01-01</xbrli:startDate>
    <xbrli:endDate>2024-01-01</xbrli:endDate></xbrli:period></xbrli:context><xbrli:context id="e"/>
    <xbrli:unit id="u"/></ix:header>"""
    with pytest.raises(UnreadableFiling, match="no XBRL facts"):
        read(page(number("1") + number("2", contextRef="d") + number("3", contextRef="e"), resources=broken))


def test_a_circle_of_continuations_ends(page: Page) -> None:
    body = """<ix:nonNumeric name="dei:N" contextRef="c" continuedAt="a">x</ix:nonNumeric>
    <ix:continuation id="a" continuedAt="b">y</ix:continuation><ix:continuation id="b" continuedAt="a">z
    </ix:continuation><ix:nonNumeric name="dei:M" contextRef="c" continuedAt="gone">w</ix:nonNumeric>"""
    filing = read(page(body))
    assert [fact.text for fact in filing.texts] == ["x y z", "w"]
    assert "circle" in filing.warnings[0]
    assert "2 times" in filing.warnings[0]


def test_doubled_ids_are_still_told_apart(page: Page, number: Number) -> None:
    filing = read(page(number("1", id="a") + number("1", id="a") + number("1", id="n3") + number("1")))
    assert [str(fact.locator) for fact in filing.facts] == ["fact:a", "fact:n1", "fact:n3", "fact:n3_"]
    assert "one id" in filing.warnings[0]


def test_contradictory_duplicates(page: Page, number: Number) -> None:
    filing = read(page(number("70018", id="a") + number("70081", id="b", contextRef="c2")))
    assert len(filing.facts) == 2
    assert filing.warnings == [
        "contradictory duplicates: us-gaap:Cash is 70018 USD at fact:a but 70081 at fact:b "
        "for 2024-01-01..2024-03-31"
    ]


@pytest.mark.parametrize(("scale", "factor"), [("1", "10x"), ("3", "1000x"), ("-2", "100x")])
def test_scale_errors_have_their_own_word(page: Page, number: Number, scale: str, factor: str) -> None:
    filing = read(page(number("70018", id="a") + number("70018", id="b", scale=scale)))
    (warning,) = filing.warnings
    assert warning.startswith(f"scale error ({factor}): us-gaap:Cash")
    assert "fact:a" in warning
    assert "fact:b" in warning


def test_consistent_duplicates_are_kept_in_silence(page: Page, number: Number) -> None:
    rounded = number("70", scale="6", decimals="-6", id="b")
    filing = read(page(number("70018000", decimals="-3", id="a") + rounded))
    assert [fact.value for fact in filing.facts] == [Decimal(70018000), Decimal(70000000)]
    assert filing.warnings == []


def test_a_foreign_namespace_cannot_pass_for_the_standard(page: Page, number: Number) -> None:
    data = page(number("1")).replace(b"http://fasb.org/us-gaap/2024", b"http://evil.example/us-gaap")
    assert read(data).facts[0].concept == "us-gaap-custom:Cash"


def test_prefixes_declared_on_the_way_down(page: Page, number: Number) -> None:
    inner = '<div xmlns:us-gaap="http://other.example/x" xmlns:q="http://fasb.org/us-gaap/2020">{}</div>'
    body = number("1") + inner.format(number("2", name="q:Cash") + number("3"))
    assert [fact.concept for fact in read(page(body)).facts] == [
        "us-gaap:Cash",
        "us-gaap:Cash",
        "us-gaap-custom:Cash",
    ]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ixt-sec:durwordsen", "a-" * 50_000),
        ("ixt-sec:durwordsen", "hundred " * 50_000 + "years"),
        ("ixt-sec:numwordsen", "nine hundred " + "hundred " * 50_000),
        ("ixt:num-dot-decimal", "1 " * 50_000 + "x"),
        ("ixt:num-unit-decimal", "1." * 50_000),
        ("ixt:date-month-day", "1 " * 50_000),
    ],
)
def test_long_words_are_read_to_the_end(page: Page, form: str, text: str) -> None:
    keep = '<ix:nonNumeric name="dei:K" contextRef="c">kept</ix:nonNumeric>'
    body = f'<ix:nonNumeric name="dei:T" contextRef="c" format="{form}">{text}</ix:nonNumeric>'
    assert [fact.text for fact in read(page(body + keep)).texts] == ["kept"]


@pytest.mark.parametrize(
    "label", ["Power " + "(1) " * 20_000 + "x", "*" * 50_000 + "x", "Power " + " " * 50_000]
)
def test_long_labels_are_read_to_the_end(page: Page, number: Number, label: str) -> None:
    fact = read(page(f"<table><tr><td>{label}</td><td>{number('7')}</td></tr></table>")).facts[0]
    assert fact.label in (" ".join(label.split()))


def test_a_long_submission_header_is_read_to_the_end() -> None:
    with pytest.raises(UnreadableFiling, match="no XBRL facts"):
        read(b"<SEC-DOCUMENT>" + b"\n \t" * 300_000 + b"<DOCUMENT>" * 10_000)

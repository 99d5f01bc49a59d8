"""Prose: sentences with places, from made-up pages and the real texts."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import HashpivotError, InvalidInput, UnreadableFile, UnreadableFiling
from hashpivot.filings import Prose, read_prose
from tools.bundle.snapshot import Snapshot

NAMES = ("Ann", "Bob", "Cid", "Dan")


def page(body: str) -> Prose:
    return read_prose("page.htm", data=f"<html><body>{body}</body></html>".encode())


def texts(prose: Prose) -> list[str]:
    return [sentence.text for sentence in prose]


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("We grew. They shrank.", ["We grew.", "They shrank."]),
        ("Hash, Inc. owns approx. 40.5 EH/s. It grows.", ["Hash, Inc. owns approx. 40.5 EH/s.", "It grows."]),
        ("We joined Hash, Inc. The price was fair.", ["We joined Hash, Inc.", "The price was fair."]),
        ("In the U.S. Texas leads. See No. 5.", ["In the U.S. Texas leads.", "See No. 5."]),
        ("J. Smith signed on Jan. 5, 2025. He left.", ["J. Smith signed on Jan. 5, 2025.", "He left."]),
        ("Is it done? No. Wait!", ["Is it done?", "No.", "Wait!"]),
        ("“It works.” They cheered.", ["“It works.”", "They cheered."]),
        ("It cost (approx. $5.2 million). 2025 is.", ["It cost (approx. $5.2 million).", "2025 is."]),
        ("We will (i) build; (ii) sell and (iii) rest.", ["We will (i) build;", "(ii) sell and (iii) rest."]),
    ],
)  # fmt: skip
def test_sentences(paragraph: str, sentences: list[str]) -> None:
    assert texts(page(f"<p>{paragraph}</p>")) == sentences


def test_blocks_split_and_inline_elements_do_not() -> None:
    found = page(
        "<div>We <b>grow</b> fast</div><div>They<span> do</span> not<br/>at all<br/><br/>New one</div>"
    )
    assert texts(found) == ["We grow fast", "They do not at all", "New one"]


def test_tables_are_left_out_but_lists_laid_out_as_tables_are_not() -> None:
    table = "<table><tr><td>Revenue</td><td>5</td></tr></table>"
    bullets = "<table><tr><td>●</td><td>We build.</td></tr><tr><td>●</td><td>We sell.</td></tr></table>"
    assert texts(page(f"<p>Before.</p>{table}{bullets}<p>After.</p>")) == [
        "Before.",
        "We build.",
        "We sell.",
        "After.",
    ]


def test_hidden_facts_scripts_and_styles_are_left_out() -> None:
    hidden = '<ix:header><ix:hidden>secret</ix:hidden></ix:header><div style="display: none">no</div>'
    assert texts(page(f"{hidden}<script>x = 1</script><style>p {{}}</style><p>Seen.</p>")) == ["Seen."]


def test_sections_and_headings() -> None:
    found = page(
        "<p><b>Item 2. Outlook</b></p><p><b>Power</b></p><p>We grow.</p><p><b>Item 3.</b> It is long.</p>"
    )
    assert [(s.section, s.heading) for s in found][:3] == [
        ("", True),
        ("Item 2. Outlook", True),
        ("Item 2. Outlook / Power", False),
    ]


def test_a_sentence_cut_by_a_page_is_whole_again() -> None:
    body = "".join(
        f"<p>{name} climbs to the</p><p>{n}</p><p>Hashworks report</p><p>top of hill {n}.</p>"
        for n, name in enumerate(NAMES)
    )
    assert texts(page(body)) == [f"{name} climbs to the top of hill {n}." for n, name in enumerate(NAMES)]


def test_locators_lead_back() -> None:
    found = page("<p>One. Two.</p><p>Three.</p>")
    assert [str(s.locator) for s in found] == ["p:1/s:1", "p:1/s:2", "p:2/s:1"]
    assert found.sentence("p:1/s:2").text == "Two."
    assert found.sentence("p:2/s:1").paragraph == 2
    with pytest.raises(InvalidInput, match="no sentence"):
        found.sentence("p:9/s:1")


def test_transcript_with_speakers() -> None:
    call = """Prepared Remarks:

Operator

Good morning, and welcome. All lines are muted.

Ann Miner -- Chief Executive Officer

Thank you. We expect 45 EH/s.
This line goes on.

Questions and Answers:

Bob Analyst: When is it due?

Ann Miner: In 2026."""
    found = read_prose("call.txt", data=call.encode())
    said = [(s.speaker, s.section, s.text) for s in found if not s.heading]
    assert said == [
        ("Operator", "Prepared Remarks", "Good morning, and welcome."),
        ("Operator", "Prepared Remarks", "All lines are muted."),
        ("Ann Miner", "Prepared Remarks", "Thank you."),
        ("Ann Miner", "Prepared Remarks", "We expect 45 EH/s."),
        ("Ann Miner", "Prepared Remarks", "This line goes on."),
        ("Bob Analyst", "Questions and Answers", "When is it due?"),
        ("Ann Miner", "Questions and Answers", "In 2026."),
    ]


def test_submission_reads_the_main_document_and_the_release() -> None:
    data = (
        b"<SEC-DOCUMENT>x\n"
        b"<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n<html><p>We report.</p></html>\n</TEXT>\n</DOCUMENT>\n"
        b"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n<html><p>We grow.</p></html>\n</TEXT>\n</DOCUMENT>\n"
        b"<DOCUMENT>\n<TYPE>EX-101.INS\n<TEXT>\n<p>Not this.</p>\n</TEXT>\n</DOCUMENT>\n"
    )
    found = read_prose("filing.txt", data=gzip.compress(data))
    assert [(s.section, s.text) for s in found] == [("8-K", "We report."), ("EX-99.1", "We grow.")]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnreadableFile),
        (b"\x00\x01\x02" * 500, UnreadableFile),
        (b"\x1f\x8bbroken", UnreadableFile),
        (b"<html><body><table><tr><td>1</td><td>2</td></tr></table></body></html>", UnreadableFiling),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><html><p>&a;</p></html>', UnreadableFiling),
    ],
)
def test_bad_input(data: bytes, error: type[HashpivotError]) -> None:
    with pytest.raises(error):
        read_prose("bad.htm", data=data)


def test_too_large_and_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="more than"):
        read_prose("big.htm", data=b"<p>word</p>" * 100, max_bytes=100)
    with pytest.raises(UnreadableFile, match="no such file"):
        read_prose(tmp_path / "none.htm")


def test_wrong_encoding_is_read_with_a_warning() -> None:
    found = read_prose("old.htm", data="<html><p>Costs – 5 € – rose.</p></html>".encode("cp1252"))
    assert texts(found) == ["Costs – 5 € – rose."]
    assert "encoding" in found.warnings[0]


@pytest.mark.parametrize(
    "body", ["<div>" * 20_000 + "deep", "<p>" + "A. " * 200_000, "a" * 2_000_000, "<p>x" * 50_000]
)
def test_hostile_pages_are_read_to_the_end(body: str) -> None:
    found = read_prose("hostile.htm", data=f"<html><body><p>One.</p>{body}".encode())
    assert found.sentences[0].text == "One."


@given(st.lists(st.text(st.sampled_from("abcAB .!?;()1,\n"), min_size=1), min_size=1))
def test_no_word_is_lost_and_reading_is_stable(parts: list[str]) -> None:
    html = "".join(f"<p>{part}</p>" for part in ["Begin.", *parts])
    found = page(html)
    assert found == page(html)
    kept = "".join("".join(texts(found)).split())
    letters = [c for part in parts for c in part if c.isalpha()]
    assert sum(c.isalpha() for c in kept) <= len(letters) + 5
    assert all(found.sentence(s.locator) == s for s in found)


def test_real_texts_are_read_whole(taken_in: Snapshot) -> None:
    for path in (*taken_in.paths("filings/ixbrl"), *taken_in.paths("filings/submissions")):
        data = path.read_bytes()
        found = read_prose(path, data=data)
        assert len(found.sentences) > 20, path.name  # an 8-K that only announces is short
        assert max(len(s.text) for s in found) < 6000
        assert not found.warnings


def test_a_real_release_in_detail(real: Path) -> None:
    path = next(real.glob("submissions/CORZ_8K_2025Q3*"))
    found = read_prose(path)
    release = [s for s in found if s.section.startswith("EX-99.1")]
    assert any(s.heading and s.text.startswith("Fiscal Third Quarter 2025") for s in release)
    assert any(s.text.startswith("Total revenue was $81.1 million") for s in release)
    assert not any("-more-" in s.text for s in found)

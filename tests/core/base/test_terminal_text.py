"""What a terminal would obey or hide is spelt out; all else stays as it is, and JSON stays equal."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import HashpivotError, json_text, terminal_line, terminal_text

GLYPHLESS = {chr(code) for first, last in (
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164), (0xFFA0, 0xFFA0),
    (0xE0000, 0xE0FFF), (0x2065, 0x2065), (0xFFF0, 0xFFF8), (0x13430, 0x1345F),
) for code in range(first, last + 1)}  # fmt: skip
"""Characters without a glyph that are in no category of such, or whose category came with a later Unicode."""


def acts(letter: str) -> bool:
    """True for a character that a terminal obeys or hides, by its Unicode category."""
    return letter not in "\t\n" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def test_every_character_of_unicode() -> None:
    letters = map(chr, range(sys.maxunicode + 1))
    changed = {letter for letter in letters if terminal_text(letter) != letter}
    wanted = {letter for letter in map(chr, range(sys.maxunicode + 1)) if acts(letter)}
    assert wanted <= changed
    assert changed <= wanted | GLYPHLESS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bitcoin mining, net – 挖矿 ⚡ €5", "Bitcoin mining, net – 挖矿 ⚡ €5"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202egpj", "\\u202egpj"),
        ("name\udcff", "name\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("one\r\ntwo\tthree", "one\r\ntwo\tthree"),
        ("seen\rforged", "seen\\rforged"),
    ],
)
def test_written_as_python_writes_it(text: str, shown: str) -> None:
    assert terminal_text(text) == shown


def test_a_line_stays_one() -> None:
    assert terminal_line("one\ntwo\r\nthree\tfour\x0bfive") == "one\\ntwo\\r\\nthree\\tfour\\x0bfive"


def test_the_place_of_an_error_forges_no_line() -> None:
    error = HashpivotError("is empty", where="a.htm\nhashpivot: all is well\x1b[2J", hint="fetch it again")
    assert str(error) == "a.htm\\nhashpivot: all is well\\x1b[2J: is empty\n  hint: fetch it again"


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    assert not any(map(acts, terminal_text(text).replace("\r\n", "\n")))
    assert not any(map(acts, terminal_line(text)))
    assert len(terminal_line(text).splitlines()) <= 1
    assert terminal_text(terminal_text(text)) == terminal_text(text)


ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(ANSWERS, st.sampled_from([None, 2]))
def test_json_is_equal_and_safe(answer: object, indent: int | None) -> None:
    text = json_text(answer, indent=indent)
    assert json.loads(text) == answer
    assert not any(map(acts, text))
    text.encode()


def test_json_of_other_alphabets_is_readable() -> None:
    text = json_text({"name": "挖矿 ⚡", "mark": "\u2028"}, indent=None)
    assert text == '{"name": "挖矿 ⚡", "mark": "\\u2028"}'


def test_json_has_no_number_that_is_none() -> None:
    with pytest.raises(ValueError):
        json_text(float("nan"))

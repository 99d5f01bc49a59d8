"""Character references as browsers read them, rewritten as those that XML knows.

XML knows five names, and refuses `&mdash;`, `&nbsp` without a semicolon, a bare `&` and halves of surrogate
pairs. Neither XML nor libxml2 reads `&#150;` as browsers do, as the dash it is in Windows-1252.
Nothing is expanded: every reference becomes the characters that HTML gives it, two at most.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5

from ._notes import Notes

_ODD_NUMBER = (
    rb"&#(?:0*(?:12[89]|1[345][0-9]|5[567][0-9]{3})|[xX]0*(?:[89]|[dD][89a-fA-F][0-9a-fA-F])[0-9a-fA-F]);"
)
_ODD = re.compile(_ODD_NUMBER + rb"(?:" + _ODD_NUMBER + rb")*")  # begins with a literal, which is found fast
_NUMBERS = re.compile(rb"(?:&#(?:[0-9]+|[xX][0-9a-fA-F]+);?)+")
_NUMBER = re.compile(r"&#(\w+)")
_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(rb"(<[^<>]*>)")
_NAME = re.compile(rb"&(?!#[0-9]+;)([A-Za-z][A-Za-z0-9]{0,31})?(;?)(?=(=?))")
_OF_XML = frozenset({b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;"})
_REPLACEMENT = "\ufffd"


def numeric_references(data: bytes, notes: Notes, odd: re.Pattern[bytes] = _ODD) -> bytes:
    """The document with numeric references of Windows-1252 and of surrogate pairs as browsers read them.

    A reference to no character becomes U+FFFD, with a note.
    """

    def shown(run: re.Match[bytes]) -> bytes:
        characters = _characters(run)
        shown = _NO_CHARACTER.sub(_REPLACEMENT, characters)
        if shown != characters:
            notes.add(f"references to no character, shown as {_REPLACEMENT}", repr(run[0][:40].decode()))
        return _references(shown)

    return odd.sub(shown, data)


def mended_references(data: bytes, notes: Notes) -> bytes:
    """The document with the references that XML refuses as a browser reads them, and a note for each kind."""

    @cache
    def named(reference: bytes, name: bytes, end: bytes, whole: bool) -> bytes:
        if reference in _OF_XML:
            return reference
        shown, rest = _expanded(name.decode(), end.decode(), whole)
        notes.add("references that XML does not know, read as a browser does", repr(reference.decode()))
        return _references(shown) + rest.encode()

    def in_text(found: re.Match[bytes]) -> bytes:
        return named(found[0], found[1] or b"", found[2], False)

    def in_tag(found: re.Match[bytes]) -> bytes:
        goes_on = found[3] and not found[2]  # `?a=1&copy=2` names a parameter
        return (
            _references("&") + found[0][1:] if goes_on else named(found[0], found[1] or b"", found[2], True)
        )

    parts = _TAG.split(numeric_references(data, notes, _NUMBERS))
    return b"".join(_NAME.sub(in_tag if n % 2 else in_text, part) for n, part in enumerate(parts))


def _characters(run: re.Match[bytes]) -> str:
    """What numeric references that follow each other stand for: two may be halves of one character."""
    halves = "".join(map(_character, _NUMBER.findall(run[0].decode())))
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _character(number: str) -> str:
    """The character of `8212` or `x2014`; U+FFFD where there is none."""
    digits, base = (number[1:], 16) if number[0] in "xX" else (number, 10)
    code = int(digits.lstrip("0")[:8] or "0", base)  # eight digits are beyond Unicode already
    if 0x80 <= code <= 0x9F:
        return bytes([code]).decode("cp1252", "replace")
    return chr(code) if code <= 0x10FFFF else _REPLACEMENT


def _expanded(name: str, end: str, whole: bool) -> tuple[str, str]:
    """What a named reference shows, and what of its text is none; old names need no semicolon after them.

    Args:
        name: What follows the `&`.
        end: The semicolon, if there is one.
        whole: True for an attribute, where a name that goes on is no reference.
    """
    if end and f"{name};" in html5:
        return html5[f"{name};"], ""
    for length in range(len(name), len(name) - 1 if whole else 0, -1):
        if name[:length] in html5:
            return html5[name[:length]], name[length:] + end
    return "&", name + end


def _references(characters: str) -> bytes:
    """Numeric references: ASCII, whatever the encoding, and never markup."""
    return "".join(f"&#{ord(character)};" for character in characters).encode()

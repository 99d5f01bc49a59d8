"""Sentences on a page: each found in its running text by its characters, and set in elements of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ..prose import Sentence, TextPiece
from ._anchor import anchor_of
from ._clean import writable

_WORD = re.compile("[^\\s\u200b\ufeff]+")
_FURNITURE = 2_000  # characters without blanks that may stand between two sentences: page heads, bullets
_HEADS = (16, 8, 4)  # characters that find a sentence which a page number cuts
TAG = "ix-say"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a piece of text that belongs to a sentence."""

    start: int
    end: int
    anchor: str
    first: bool


class _Stream:
    """The characters of all pieces without white space, each with its piece and place in it."""

    def __init__(self, pieces: list[TextPiece]) -> None:
        self._begins: list[int] = []
        self._words: list[tuple[int, int]] = []  # piece, place in it
        texts: list[str] = []
        length = 0
        for number, piece in enumerate(pieces):
            for word in _WORD.finditer(piece.text):
                self._begins.append(length)
                self._words.append((number, word.start()))
                texts.append(word[0])
                length += len(word[0])
        self.text = "".join(texts)

    def parts(self, start: int, end: int) -> dict[int, tuple[int, int]]:
        """By piece the characters from its first to its last between two places of the stream."""
        found: dict[int, tuple[int, int]] = {}
        word = bisect_right(self._begins, start) - 1
        while word < len(self._begins) and self._begins[word] < end:
            begin = self._begins[word]
            piece, place = self._words[word]
            after = self._begins[word + 1] if word + 1 < len(self._begins) else len(self.text)
            low, high = place + max(start - begin, 0), place + min(end, after) - begin
            found[piece] = (found[piece][0] if piece in found else low, high)
            word += 1
        return found


def mark_sentences(pieces: list[TextPiece], sentences: Iterable[Sentence]) -> set[str]:
    """Set each sentence in elements of its own, the first with its id, all with that as a class.

    Args:
        pieces: The running text of the page; its tree is changed.
        sentences: Those of the page, in order.

    Returns:
        The ids of those that were found.
    """
    stream = _Stream(pieces)
    parts: dict[int, list[_Part]] = defaultdict(list)
    found: set[str] = set()
    at = 0
    for sentence in sentences:
        anchor = anchor_of(sentence.locator)
        for start, end in _ranges(stream.text, "".join(_WORD.findall(writable(sentence.text))), at):
            for piece, (low, high) in stream.parts(start, end).items():
                parts[piece].append(_Part(low, high, anchor, anchor not in found))
                found.add(anchor)
            at = end
    for number, held in parts.items():
        _set(pieces[number], held)
    return found


def _ranges(text: str, sought: str, at: int) -> list[tuple[int, int]]:
    """Where in the text a sentence stands: once, or in parts where a page number cut it."""
    ranges: list[tuple[int, int]] = []
    while sought:
        start = text.find(sought, at, at + len(sought) + _FURNITURE)
        length = len(sought)
        if start < 0:
            start = _cut_in_two(text, sought, at)
            if start < 0:
                break
            length = _alike(text, start, sought)
        ranges.append((start, start + length))
        at, sought = start + length, sought[length:]
    return ranges


def _cut_in_two(text: str, sought: str, at: int) -> int:
    """Where a sentence begins that something stands within, and goes on behind it; -1 if nowhere near."""
    for length in _HEADS:
        start = text.find(sought[:length], at, at + length + _FURNITURE)
        if start >= 0:
            begun = _alike(text, start, sought)
            rest = sought[begun : begun + _HEADS[0]]
            if text.find(rest, start + begun, start + begun + len(rest) + _FURNITURE) >= 0:
                return start
    return -1


def _alike(text: str, start: int, sought: str) -> int:
    """How many characters from `start` on are those sought."""
    pairs = zip(text[start : start + len(sought)], sought, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), len(sought))


def _set(piece: TextPiece, parts: list[_Part]) -> None:
    """Put the parts of a piece in elements, the text between them unchanged."""
    element, text = piece.element, piece.text
    made: list[etree._Element] = []
    for part, behind in zip(parts, [*(part.start for part in parts[1:]), len(text)], strict=True):
        new = etree.Element(TAG, {"class": part.anchor})
        if part.first:
            new.set("id", part.anchor)
        new.text, new.tail = text[part.start : part.end], text[part.end : behind]
        made.append(new)
    before = text[: parts[0].start]
    if piece.behind:
        element.tail = None
        for new in reversed(made):
            element.addnext(new)
        element.tail = before
    else:
        element.text = None
        for new in reversed(made):
            element.insert(0, new)
        element.text = before

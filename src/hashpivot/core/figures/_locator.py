"""Where in a source a number or a statement stands: a fact, a cell, a labelled row or a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = "(0|[1-9][0-9]*)"
_CELL = re.compile(rf"table:{_NUMBER}/row:{_NUMBER}/col:{_NUMBER}")
_SENTENCE = re.compile(rf"p:{_NUMBER}/s:{_NUMBER}")


class Locator:
    """A place in a source.

    `str(locator)` is its canonical text, from which ids are computed and which stored rows and JSON hold:
    `str(Locator.parse(text)) == text` for every text.
    """

    __slots__ = ()

    @staticmethod
    def parse(text: str) -> Locator:
        """Return the locator of a canonical text; a `PlainLocator` for a text in no form of ours."""
        if text.startswith("row:"):
            return LabelLocator(text[4:])
        if "+" not in text:
            return _fact(text[5:]) if text.startswith("fact:") else _place(text)
        places = tuple(map(_place, text.split("+")))
        return PlainLocator(text) if any(map(_is_plain, places)) else JoinedLocator(places)

    def __bool__(self) -> bool:
        """False for the empty locator alone."""
        return True


@dataclass(frozen=True, slots=True)
class FactLocator(Locator):
    """A tagged fact, `fact:f-123`.

    Args:
        id: The element's id; `n12` for the twelfth fact of a filing whose element has none.
    """

    id: str

    def __str__(self) -> str:
        return f"fact:{self.id}"


@dataclass(frozen=True, slots=True)
class CellLocator(Locator):
    """A cell of a table, `table:31/row:12/col:15`.

    Args:
        table: Number of the table in the file, from 0.
        row: From 0, rows without numbers counted too.
        column: From 0, spans counted.
    """

    table: int
    row: int
    column: int

    def __str__(self) -> str:
        return f"table:{self.table}/row:{self.row}/col:{self.column}"


@dataclass(frozen=True, slots=True)
class LabelLocator(Locator):
    """The row of a page that was read by eye, `row:Mining revenue`.

    Args:
        label: The row's label as printed.
    """

    label: str

    def __str__(self) -> str:
        return f"row:{self.label}"


@dataclass(frozen=True, slots=True)
class SentenceLocator(Locator):
    """A sentence of running text, `p:12/s:3`.

    Args:
        paragraph: From 1.
        sentence: Within the paragraph, from 1.
    """

    paragraph: int
    sentence: int

    def __str__(self) -> str:
        return f"p:{self.paragraph}/s:{self.sentence}"


@dataclass(frozen=True, slots=True)
class JoinedLocator(Locator):
    """Several facts or cells that were added up, `fact:f-1+fact:f-2`.

    Args:
        parts: At least two.
    """

    parts: tuple[Locator, ...]

    def __str__(self) -> str:
        return "+".join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class PlainLocator(Locator):
    """A place in words of its own, as a caller gave it; empty for none.

    Args:
        text: As given.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NO_LOCATOR = PlainLocator("")
"""Of a derived figure, and of a text as a whole."""


def joined(parts: tuple[Locator, ...]) -> Locator:
    """Return the locator of what several places together say; the place itself if there is one."""
    return parts[0] if len(parts) == 1 else JoinedLocator(parts)


_set_id = FactLocator.__dict__["id"].__set__


def _fact(id_: str) -> FactLocator:
    """What `FactLocator(id_)` is, in half the time: most figures have one."""
    locator = object.__new__(FactLocator)
    _set_id(locator, id_)
    return locator


def _place(text: str) -> Locator:
    """A fact, a cell or a sentence."""
    if text.startswith("fact:"):
        return _fact(text[5:])
    if cell := _CELL.fullmatch(text):
        return CellLocator(*map(int, cell.groups()))
    if sentence := _SENTENCE.fullmatch(text):
        return SentenceLocator(*map(int, sentence.groups()))
    return PlainLocator(text) if text else NO_LOCATOR


def _is_plain(locator: Locator) -> bool:
    return isinstance(locator, PlainLocator)

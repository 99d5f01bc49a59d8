"""Dollars in thousands: where a text says that bare amounts such as `$5,000` stand for thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashpivot.filings import Sentence

_STATEMENTS = re.compile(r"financial statements|notes to", re.IGNORECASE)
_HEAD = re.compile(r"^[^.;]{0,90}\((?:[^()]{0,40}[ ;,])?in (?P<unit>thousands|millions)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\bamounts\b[^.;()]{0,80}\b(?:are|stated|presented|expressed|disclosed|reported) in"
    r" (?P<unit>thousands|millions)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:item|part)\s", re.IGNORECASE)
_WHOLE = re.compile(r"\bin this (?:\w+ )?(?:report|release|filing)\b", re.IGNORECASE)
_BARE = re.compile(r"\$ ?\d{1,3}(?:,\d{3})+(?!\d|[,.]\d)(?! ?(?:thousand|million|billion))", re.IGNORECASE)
_SCALED = re.compile(r"\$ ?[\d,.]+ ?(?:million|billion)\b", re.IGNORECASE)
_LONGEST_HEAD = 200
_MANY = 20
_Declared = tuple[str, int]


def with_scale(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, int]]:
    """Each sentence with what one bare dollar in it stands for: 1000 where thousands were declared, else 1.

    A line such as `($ in thousands, except per share amounts)` at the financial statements holds for the rest
    of their item, notes included; a sentence such as `amounts are stated in thousands` for the rest of its
    item, and where it speaks of `this report` for the rest of the document. A part that declares thousands,
    but mostly writes `$5 million`, means it for its tables alone. Where thousands are meant somewhere, they
    are in any item full of bare amounts that never writes `million`.
    """
    parts = [
        (scale, [sentence for sentence, _ in part])
        for (_, scale), part in groupby(_declarations(sentences), key=lambda pair: pair[1])
    ]
    counts = [_amounts(part) for _, part in parts]
    scales = [scale for scale, _ in parts]
    declared = [scale > 1 and b > s for scale, (b, s) in zip(scales, counts, strict=True)]
    for (_, part), meant, (bare, scaled) in zip(parts, declared, counts, strict=True):
        alike = any(declared) and bare >= _MANY and not scaled
        yield from ((sentence, 1000 if meant or alike else 1) for sentence in part)


def _declarations(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, _Declared]]:
    """Each sentence with its item and the scale declared for it."""
    whole, item, here = 1, "", 1
    for sentence in sentences:
        if _item_of(sentence.section) != item:
            item, here = _item_of(sentence.section), whole
        said = _declaration(sentence)
        if said:
            here = 1000 if said["unit"].lower() == "thousands" else 1
            whole = here if _WHOLE.search(sentence.text) else whole
        yield sentence, (item, here)


def _declaration(sentence: Sentence) -> re.Match[str] | None:
    said = _SAID.search(sentence.text)
    if said or len(sentence.text) > _LONGEST_HEAD:
        return said
    around = f"{_item_of(sentence.section)} {sentence.text if sentence.heading else ''}"
    return _HEAD.search(sentence.text) if _STATEMENTS.search(around) else None


def _item_of(section: str) -> str:
    """The outer headings down to the item; none if there is no item."""
    parts = section.split(" / ")
    last = max((n for n, part in enumerate(parts) if _ITEM.match(part)), default=-1)
    return " / ".join(parts[: last + 1])


def _amounts(sentences: list[Sentence]) -> tuple[int, int]:
    """How many amounts are bare, and how many are written with million or billion."""
    bare, scaled = (
        sum(len(pattern.findall(sentence.text)) for sentence in sentences) for pattern in (_BARE, _SCALED)
    )
    return bare, scaled

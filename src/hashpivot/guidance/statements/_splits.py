"""Stock splits that a text says have happened."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..mentions import SplitMention
from ..words import excerpt

if TYPE_CHECKING:
    from hashpivot.filings import Prose

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40,
    "fifty": 50, "hundred": 100,
}  # fmt: skip
_NUMBER = rf"(\d{{1,4}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_RATIO = re.compile(rf"\b{_NUMBER}[\s(\d)]*?[\s\-–]*(?:for|:)[\s\-–]*{_NUMBER}\b", re.IGNORECASE)
_SPLIT = re.compile(
    r"\b(reverse )?(stock|share|forward|reverse) (split|consolidation)|\bsubdivision of\b", re.IGNORECASE
)
_REVERSE = re.compile(r"reverse|consolidat", re.IGNORECASE)
_DONE = re.compile(
    r"\b(effected|effectuated|implemented|completed|executed|(became|was|were) effective|took effect"
    r"|retroactive\w*|(gives?|gave|giving) effect|adjusted (to reflect|for))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b((?-i:may)|might|could|propos\w+|if approved|authoriz\w+ (the|our) board|intends?)\b", re.IGNORECASE
)
_DAY = re.compile(rf"\b({'|'.join(month_name[1:])})\s+(\d{{1,2}}),\s+(\d{{4}})")


def find_splits(prose: Prose) -> list[SplitMention]:
    """Return each split once, at the first sentence that dates it, or else that states it."""
    found: dict[Decimal, SplitMention] = {}
    for mention in _mentions(prose):
        first = found.setdefault(mention.ratio, mention)
        if first.day is None and mention.day:
            found[mention.ratio] = mention
    return list(found.values())


def _mentions(prose: Prose) -> Iterator[SplitMention]:
    for sentence in prose:
        text = sentence.text
        split, ratio = _SPLIT.search(text), _RATIO.search(text)
        if not (split and ratio and _DONE.search(text)) or _OPEN.search(text):
            continue
        one, two = (_number(word) for word in ratio.groups())
        if one == two or not one or not two:
            continue
        less, more = sorted((one, two))
        reverse = _REVERSE.search(text)
        value = Decimal(less) / more if reverse else Decimal(more) / less
        shown = excerpt(text, split.start(), split.end())
        yield SplitMention(value, _last_day(text), str(sentence.locator), shown)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word.lower()]


def _last_day(text: str) -> date | None:
    days = []
    for month, day, year in _DAY.findall(text):
        try:
            days.append(date(int(year), list(month_name).index(month), int(day)))
        except ValueError:
            continue
    return max(days, default=None)

"""English number words, as the formats of the SEC's registry take them.

`twenty-five` is 25, `one hundred and five` is 105, `no` is 0. A word may begin with a capital.
"""

from __future__ import annotations

import re
from functools import cache

from ._numbers import misfit, refuse_long

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen"]
_TEENS += ["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: number for number, word in enumerate(("zero", *_UNITS, *_TEENS))}
_VALUES |= {word: 10 * number for number, word in enumerate(_DECADES, start=2)}
_SCALES = {
    "quintillion": 10**18,
    "quadrillion": 10**15,
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 10**3,
}
_DASHES = "\u058a\u05be\u2010-\u2015\ufe58\ufe63\uff0d-"
GAP = rf"(?:[{_DASHES}]|\s+)"
_LINKS = re.compile(r",|\sand\s")
_SPLIT = re.compile(rf"[\s{_DASHES}]+")
_NOTHING = frozenset({"no", "none", "nil"})


def either(*words: str) -> str:
    """A pattern for one of some words, each with or without a capital."""
    return "(?:" + "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words) + ")"


def below_hundred() -> str:
    """A pattern for 1 to 99."""
    return f"(?:{either(*_UNITS, *_TEENS)}|{either(*_DECADES)}(?:{GAP}{either(*_UNITS)})?)"


def hundreds(gap: str) -> str:
    """A pattern for `five hundred and twelve`; counts up to nineteen hundred."""
    count = either(*_UNITS, *_TEENS)
    return f"{count}{gap}{either('hundred')}(?:{gap}(?:and\\s+)?{below_hundred()})?"


@cache
def _pattern() -> re.Pattern[str]:
    small, large = below_hundred(), hundreds(r"\s+")
    number, comma = f"(?:{large}|{small})", r"(?:\s*,\s*|\s+)"
    *scales, thousand = _SCALES
    groups = "".join(rf"(?:{number}\s+{either(scale)}(?:{comma}|$))?" for scale in scales)
    rest = rf"{number}\s+{either(thousand)}(?:{comma}(?:{large}|(?:and\s+)?{small}))?"
    return re.compile(f"{groups}(?:{rest}|{number})?|{either('zero', *_NOTHING)}")


def number_from_words(text: str) -> str:
    """The number that `text` spells, below 10^21.

    Raises:
        ValueError: If it spells none.
    """
    refuse_long(text)
    if not text or not _pattern().fullmatch(text):
        raise misfit(text)
    return "0" if text.lower() in _NOTHING else str(value_of_words(text))


def value_of_words(text: str) -> int:
    """The value of number words whose order has been checked.

    Raises:
        ValueError: If a word, such as an `and` after a dash, counts for nothing.
    """
    total = part = 0
    for word in _SPLIT.split(_LINKS.sub(" ", text.lower())):
        if word in _VALUES:
            part += _VALUES[word]
        elif word == "hundred" and part:
            part *= 100
        elif word in _SCALES:
            total, part = total + part * _SCALES[word], 0
        else:
            raise misfit(text)
    return total + part

"""English number words: `twenty-five` is 25, `one hundred and five` is 105, `no` is 0."""

from __future__ import annotations

import re

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_TEENS = ("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate(_UNITS + _TEENS)}
_TENS = {word: 10 * number for number, word in enumerate(_DECADES, start=2)}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NOTHING = frozenset({"no", "none", "nil", "zero"})


def number_from_words(text: str) -> int:
    """The number that `text` spells.

    Raises:
        ValueError: If a word is not a number word.
    """
    words = [word for word in re.split(r"[\s\-,]+", text.strip().lower()) if word != "and"]
    if len(words) == 1 and words[0] in _NOTHING:
        return 0
    total = part = 0
    for word in words:
        if word in _SMALL or word in _TENS:
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred" and part:
            part *= 100
        elif word in _SCALES and part:
            total, part = total + part * _SCALES[word], 0
        elif word == "a" and not part:
            part = 1
        else:
            raise ValueError(f"{text!r} is not a number in words")
    return total + part

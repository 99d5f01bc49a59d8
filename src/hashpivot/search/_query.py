"""From what people type to an expression of SQLite's full-text search; no text is an error."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_WORDS = 12
"""Words of a question that are looked for; a sentence of more is found by its first ones."""
_MOST_LETTERS = 200
_PROVENANCE = re.compile(r"@[0-9a-f]{8}\b")  # of a figure's id; the address before it is what is looked for
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_MAGNITUDE = re.compile(r"(?<=\d)\s?(?:k|m|mn|mm|bn|b|million|billion)\b")
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+")


def read_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case; a number such as `8.521` is one word.

    Args:
        text: Anything; `$8.521m` is read as `8.521`, `1,234` as `1234`.
    """
    plain = _PROVENANCE.sub("", text[:_MOST_LETTERS].casefold())
    plain = _MAGNITUDE.sub("", _THOUSANDS.sub("", plain))
    return tuple(dict.fromkeys(_WORD.findall(plain)))[:MOST_WORDS]


def match_expression(words: Sequence[str], *, every: bool = True) -> str:
    """Return the expression that matches beginnings of words.

    Each word stands in quotes, so that none is read as an operator.

    Args:
        words: At least one, of `read_words`.
        every: All of them must be there, not only one.
    """
    return (" AND " if every else " OR ").join(f'"{word}"*' for word in words)

"""A sentence that quotes numbers, each with the company whose evidence it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Figure


@dataclass(frozen=True, slots=True)
class Quote:
    """A number as a sentence writes it.

    Args:
        text: The number.
        ticker: Whose it is.
        figures: What it was computed from.
    """

    text: str
    ticker: str
    figures: tuple[Figure, ...] = ()


Sentence = tuple[str | Quote, ...]
"""Words and quoted numbers in order; empty if there is nothing to say."""


def plain(sentence: Sentence) -> str:
    """A sentence as text."""
    return "".join(part if isinstance(part, str) else part.text for part in sentence)


def joined(*sentences: Sentence) -> Sentence:
    """Sentences one after another, empty ones left out."""
    parts: list[str | Quote] = []
    for sentence in filter(None, sentences):
        parts += [*([" "] if parts else []), *sentence]
    return tuple(parts)


_COUNTS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def count_words(count: int) -> str:
    """A count in a sentence: a word up to twelve, digits above."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def listed(names: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

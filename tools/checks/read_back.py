"""A boxed text read back as a number, without the readers: digits, sign and the scale that is stated."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from hashpivot.core import CellLocator, FactLocator, Locator, SentenceLocator

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9, 12, -2))
_WORDS = {"no": 0, "none": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
          "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip


def numbers_in(text: str) -> list[Decimal]:
    """Every number a text shows, positive; a dash or `no` is zero."""
    found = [Decimal(digits.replace(",", "")) for digits in _DIGITS.findall(text)]
    if not found:
        word = text.strip().lower()
        found = [Decimal(_WORDS[word])] if word in _WORDS else []
        found += [Decimal(0)] if word and not word.strip(_DASHES + "$ ") else []
    return found


def gives(text: str, locator: Locator, value: Decimal, tag: etree._Element | None) -> bool:
    """True if the text at a place gives the size of the value: its sign is that of its measure in our tables.

    Args:
        text: What stands in the box.
        locator: Of the place.
        value: As recorded.
        tag: The element as filed, for a tagged fact.
    """
    numbers = numbers_in(text)
    if isinstance(locator, FactLocator):
        return tag is not None and len(numbers) == 1 and numbers[0] * scale_of(tag) == abs(value)
    if isinstance(locator, CellLocator):
        return len(numbers) >= 1 and any(numbers[0] * scale == abs(value) for scale in _SCALES)
    if isinstance(locator, SentenceLocator):
        return any(number * scale == abs(value) for number in numbers for scale in _SCALES)
    return False


def sum_of(texts: list[str], tags: list[etree._Element | None], value: Decimal) -> bool:
    """True if texts give parts that add up to the value, each with its own sign."""
    sums = {Decimal(0)}
    for text, tag in zip(texts, tags, strict=True):
        numbers = numbers_in(text)
        if len(numbers) != 1:
            return False
        part = numbers[0] * (scale_of(tag) if tag is not None else 1)
        sums = {total + sign * part for total in sums for sign in (1, -1)}
    return any(
        abs(total) * scale == abs(value) for total in sums for scale in (_SCALES if None in tags else (1,))
    )


def scale_of(tag: etree._Element) -> Decimal:
    """What a tagged number is multiplied by."""
    return Decimal(10) ** int(tag.get("scale") or 0)


def tags_of(data: bytes) -> dict[str, etree._Element]:
    """The inline elements of a page by the id a locator gives them."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, recover=True))
    found: dict[str, etree._Element] = {}
    for number, element in enumerate(root.iter("{*}nonFraction", "{*}nonNumeric", "{*}fraction")):
        name = element.get("id") or ""
        found[name if name and name not in found else f"n{number}"] = element
    return found

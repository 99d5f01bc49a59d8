"""Months as headers write them without a day: `December 2024`, `Dec-24`, `2024-12`, `12/2024`, `2024 Dec`."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of each."""

MONTH = (
    r"\b(?P<m>jan(?=uary|\b)|feb(?=ruary|\b)|mar(?=ch|\b)|apr(?=il|\b)|may|jun(?=e|\b)|jul(?=y|\b)"
    r"|aug(?=ust|\b)|sep(?=t|\b)|oct(?=ober|\b)|nov(?=ember|\b)|dec(?=ember|\b))[a-z]*\b\.?"
)
"""Pattern of a month's name in lower case; its group `m` is one of `MONTHS`."""

_BEFORE_YEAR = re.compile(MONTH + r"[,\-–]?\s*(?=(?:19|20)\d\d\b)")
_AFTER_YEAR = re.compile(r"\b20\d\d\b[\W_]{0,3}" + MONTH + r"(?!\s*\d)")
_SHORT_YEAR = re.compile(MONTH + r"\s?[-–/'’]\s?(?P<y>[1-3]\d)\b(?![/\-])")
_ISO = re.compile(r"(?<![\d\-])(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])\b(?!-)")
_SLASH = re.compile(r"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d\d)\b")
_LONG_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def months_named(text: str) -> list[tuple[int, int]]:
    """`(place, month)` of each month named with its year and no day, in lower-case text.

    `2011-12` may be a year that ends in the next, and is none.
    """
    named = [*_BEFORE_YEAR.finditer(text), *_AFTER_YEAR.finditer(text)]
    found = {(m.start("m"), MONTHS.index(m["m"]) + 1) for m in (*named, *_short(text))}
    numbers = [m for m in _ISO.finditer(text) if int(m["y"]) % 100 + 1 != int(m["m"])]
    found |= {(m.start(), int(m["m"])) for m in (*numbers, *_SLASH.finditer(text))}
    return sorted(found)


def short_years(text: str) -> list[tuple[int, int]]:
    """`(place, year)` of each year of two digits that follows a month's name."""
    return [(m.start("y"), 2000 + int(m["y"])) for m in _short(text)]


def _short(text: str) -> list[re.Match[str]]:
    """`dec-24`, unless a whole year is named too: then the number is a day."""
    return [] if _LONG_YEAR.search(text) else list(_SHORT_YEAR.finditer(text))

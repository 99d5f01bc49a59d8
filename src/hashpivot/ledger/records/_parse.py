"""What the text of a cell means: a day, an amount, a word of a list; or `Unfit`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from hashpivot.core import Company, InvalidInput, Line, Quarter, near_keys

from ._cells import Unfit

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
_WHOLE = re.compile(r"-?[0-9]{1,2}")
_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")
_BREAKDOWN = re.compile(r"[a-z][a-z0-9_-]{0,39}(?:@[^@]{1,40})?")
_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9 /.-]{0,19}")
_URL = re.compile(r"https?://[^\s/]+\S*")
_MONTH_OR_DAY = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_LONGEST = 1000
"""Characters of a cell: no title, locator or note is longer."""
_BOOLS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def words(text: str) -> str:
    """Any text of one line."""
    if len(text) > _LONGEST:
        raise Unfit(f"has {len(text)} characters", f"write at most {_LONGEST}")
    odd = next((sign for sign in text if not sign.isprintable()), "")
    if odd:
        raise Unfit(f"holds a character that cannot be printed, U+{ord(odd):04X}", "write one line of text")
    return text


def day(text: str) -> date:
    """An ISO date."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unfit(f"{text!r} is not a date", "write it like 2025-01-31")


def amount(text: str) -> Decimal:
    """A finite decimal number in plain notation."""
    if not _AMOUNT.fullmatch(text):
        raise Unfit(
            f"{text!r} is not a plain number",
            "write digits with a decimal point and nothing else, such as -153000000 or 33.7",
        )
    return Decimal(text)


def positive(text: str) -> Decimal:
    """An amount above zero."""
    value = amount(text)
    if value <= 0:
        raise Unfit(f"{text} is not above zero", "leave the cell empty if nothing is disclosed")
    return value


def fraction(text: str) -> Decimal:
    """A number above 0 and up to 1."""
    value = positive(text)
    if value > 1:
        raise Unfit(f"{text} is more than 1", "write 45% as 0.45")
    return value


def whole(text: str) -> int:
    """A small whole number."""
    if not _WHOLE.fullmatch(text):
        raise Unfit(f"{text!r} is not a small whole number", "write 0 for units, -3 for thousands")
    return int(text)


def switch(text: str) -> bool:
    """True or false."""
    try:
        return _BOOLS[text.lower()]
    except KeyError:
        raise Unfit(f"{text!r} is neither true nor false", "write true or false") from None


def one_of(options: Iterable[str]) -> Callable[[str], str]:
    """A word of a list; the nearest ones are suggested for another."""
    known = tuple(options)

    def parse(text: str) -> str:
        if text in known:
            return text
        raise Unfit(f"{text!r} is not known here", near_keys(text, known) or f"one of {', '.join(known)}")

    return parse


def grade(text: str) -> str:
    """A, B or C."""
    if text.upper() not in ("A", "B", "C"):
        raise Unfit(f"{text!r} is not a grade", "write A for a filing, B for a company release, C otherwise")
    return text.upper()


def url(text: str) -> str:
    """An address on the web."""
    if not _URL.fullmatch(words(text)):
        raise Unfit(f"{text!r} is not a web address", "write it whole, beginning with https://")
    return text


def accession(text: str) -> str:
    """An SEC accession number."""
    if not _ACCESSION.fullmatch(text):
        raise Unfit(f"{text!r} is not an accession number", "write it like 0001558370-24-010495")
    return text


def form(text: str) -> str:
    """A form's name, in upper case."""
    if not _FORM.fullmatch(text):
        raise Unfit(f"{text!r} is not the name of a form", "write it like 10-Q, 8-K or 6-K")
    return text.upper()


def breakdown(text: str) -> str:
    """The name of a breakdown, with its basis after `@` if it has one: `main`, `main@IFRS`."""
    if not _BREAKDOWN.fullmatch(words(text)):
        raise Unfit(
            f"{text!r} is no breakdown", "write a name in lower case, such as main, segment or main@IFRS"
        )
    return text


def ticker_among(companies: Mapping[str, Company]) -> Callable[[str], str]:
    """The ticker of a known company, in any case."""

    def parse(text: str) -> str:
        if text.upper() in companies:
            return text.upper()
        near = near_keys(text.upper(), companies)
        advice = near if near.startswith("did") else "add it to companies.toml in HASHPIVOT_HOME"
        raise Unfit(f"no company {text!r} is known", advice)

    return parse


def month_or_day(text: str) -> str:
    """A day or a month, as written: `2025-06-02` or `2024-08`."""
    if _MONTH_OR_DAY.fullmatch(text):
        day(text if len(text) == 10 else f"{text}-01")
        return text
    raise Unfit(f"{text!r} is neither a day nor a month", "write it like 2025-06-02 or 2024-08")


def last_day(text: str) -> date:
    """A day, or the last one of a quarter or a year."""
    if _DAY.fullmatch(text):
        return day(text)
    try:
        return Quarter.parse(f"{text}Q4" if re.fullmatch("[0-9]{4}", text) else text).end
    except (InvalidInput, ValueError, OverflowError):
        raise Unfit(f"{text!r} is no due date", "write it like 2026-12-31, 2026Q4 or 2026") from None


def line_of(text: str) -> Line:
    """A line of business."""
    one_of(Line)(text)
    return Line(text)

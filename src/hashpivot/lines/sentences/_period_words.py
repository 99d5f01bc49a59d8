"""Periods named in running text, and those named by their distance: `the same quarter last year`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hashpivot.core import FiscalCalendar, months_in
from hashpivot.filings import read_period

Span = tuple[date | None, date]

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = rf"{_MONTH} \d{{1,2}}, 20\d\d"
_COUNT = r"(?:two|three|six|nine|twelve|\d\d?)"
_NTH = r"(?:first|second|third|fourth)"
_YEAR = r"20\d\d(?![,.]?\d)"
_ENDED = (
    rf"(?:fiscal )?(?:{_NTH} (?:fiscal )?quarter|{_COUNT}[- ]months?|quarter|(?:full |fiscal )?year)"
    r"(?: period)?s?,? (?:ended|ending) "
)
_PAIR = re.compile(
    rf"(?P<head>{_ENDED})(?P<a>{_DAY}) and (?P<b>{_DAY}|{_YEAR})"
    rf"|(?P<nth>(?:fiscal )?{_NTH}(?: fiscal)? quarters?) (?:of )?(?P<c>{_YEAR}) and (?P<d>{_YEAR})"
    rf"|(?P<e>{_DAY}) and (?P<f>{_DAY})"
)
_NAMED = re.compile(
    rf"{_ENDED}{_DAY}"
    rf"|(?:fiscal )?{_NTH}(?: fiscal)? quarter,?(?: of| for)?(?: the)?(?: fiscal)?(?: year)?,? {_YEAR}"
    rf"|(?:fiscal )?q[1-4](?: of)?(?: fiscal| fy)? ?(?:{_YEAR}|['’]\d\d\b)|\b[1-4]q ?(?:20)?\d\d\b"
    rf"|first (?:half|six months|nine months)(?: of)? {_YEAR}"
    rf"|(?:full[- ]year|fiscal(?: year)?|fy)(?: of)? ?{_YEAR}"
    rf"|{_DAY}|{_MONTH} {_YEAR}"
)
_CONTEXT = re.compile(
    r"(?:the |this |our )?(?:end of the (?:fiscal )?(?:quarter|year|period)|(?:quarter|year|period)[- ]end"
    rf"|(?:(?:fiscal )?(?P<nth>{_NTH})(?: fiscal)? )?(?P<what>quarter|period))\b"
    r"(?! (?:ended|of|a|in|last|ago))"
)
_BARE_YEAR = re.compile(rf"(?<= in ){_YEAR}")
_YEAR_AGO = re.compile(
    r"(?:the )?(?:same|comparable|corresponding|prior|previous|year[- ]ago|preceding)"
    r"(?:[- ]year)?(?:['’]s)? (?:\w+ )?(?:quarter|period|(?:three|six|nine|twelve)[- ]months?(?: period)?)"
    r"(?: (?:of|in|during|from) (?:the )?(?:prior|previous|last|preceding) year| last year"
    rf"| (?:a|one) year (?:ago|earlier)| (?:of|in) (?P<year>{_YEAR}))?"
    r"|(?:a|one) year (?:ago|earlier)"
)
_WHOLE_YEAR_AGO = re.compile(r"(?:the )?(?:prior|previous|preceding) year\b(?! (?:quarter|period))")
_SAYS_YEAR = re.compile(r"\byear\b|\b20\d\d\b")
_QUARTER_AGO = re.compile(r"(?:the )?(?:prior|previous|preceding) quarter\b(?! (?:of|in|last|a))")
_SEVERAL = re.compile(
    r"\b(?:quarters?|months?|half|years?)\b|\b(?:three|six|nine|first|second|third|fourth) and\b"
)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@dataclass(frozen=True, slots=True)
class Before:
    """A period named by how many months it lies before the one just named.

    Args:
        months: 12 for the year before, 3 for the quarter before.
        year: The year it is said to lie in, if it is said.
        of: Months of the period it is said of; 0 for any.
    """

    months: int
    year: int | None = None
    of: int = 0


@dataclass(frozen=True, slots=True)
class BareYear:
    """A year by its number alone: the year the text is about, or the one before."""

    year: int


@dataclass(frozen=True, slots=True)
class Current:
    """The period the text is about: `the quarter`, `quarter-end`.

    Args:
        instant: True for its last day.
        quarter: Its number, if said.
    """

    instant: bool
    quarter: int | None = None


def pairs_in(text: str, calendar: FiscalCalendar | None) -> Iterator[tuple[int, int, tuple[Span, Span]]]:
    """Begin, end and meaning of each pair of periods: `three months ended June 30, 2025 and 2024`."""
    for found in _PAIR.finditer(text):
        spans = [read_period(words, "", calendar) for words in _both(found)]
        if None not in spans:
            yield found.start(), found.end(), (spans[0], spans[1])  # type: ignore[misc]


def _both(found: re.Match[str]) -> tuple[str, str]:
    if found["head"]:
        second = found["b"]
        day = second if len(second) > 4 else found["a"][:-4] + second
        return found["head"] + found["a"], found["head"] + day
    if found["nth"]:
        return f"{found['nth']} {found['c']}", f"{found['nth']} {found['d']}"
    return f"as of {found['e']}", f"as of {found['f']}"


def periods_in(
    text: str, calendar: FiscalCalendar | None
) -> Iterator[tuple[int, int, Span | Current | BareYear]]:
    """Begin, end and meaning of each period that stands by itself, in lower-case text."""
    for found in _NAMED.finditer(text):
        words = found.group()
        span = read_period(f"as of {words}" if re.fullmatch(_DAY, words) else words, "", calendar)
        if span is not None:
            yield found.start(), found.end(), span
    for found in _CONTEXT.finditer(text):
        yield found.start(), found.end(), Current(not found["what"], _ORDER.get(found["nth"] or ""))
    for found in _BARE_YEAR.finditer(text):
        yield found.start(), found.end(), BareYear(int(found.group()))


def only_period(text: str, calendar: FiscalCalendar | None) -> tuple[Span | None, bool]:
    """The one period a heading names, and whether it speaks of any: none of several is its period."""
    rest, spans = text, set()
    for start, end, span in reversed(list(periods_in(text, calendar))):
        if isinstance(span, tuple) and span[0] is not None:
            spans.add(span)
            rest = rest[:start] + rest[end:]
    several = _SEVERAL.search(rest) is not None
    only = next(iter(spans)) if len(spans) == 1 and not several else None
    return only, bool(spans) or several


def befores_in(text: str) -> Iterator[tuple[int, int, Before]]:
    """Begin, end and meaning of each period named by its distance, in lower-case text."""
    for found in _YEAR_AGO.finditer(text):
        if _SAYS_YEAR.search(found.group()):
            yield found.start(), found.end(), Before(12, int(found["year"]) if found["year"] else None)
    for found in _QUARTER_AGO.finditer(text):
        yield found.start(), found.end(), Before(3, of=3)
    for found in _WHOLE_YEAR_AGO.finditer(text):
        yield found.start(), found.end(), Before(12, of=12)


def before(span: Span, distance: Before) -> Span | None:
    """The period so many months before one that ends with its month; None for another, or one too long."""
    start, end = span
    if end.day != monthrange(end.year, end.month)[1] or (start is not None and start.day != 1):
        return None
    if distance.of and (start is None or months_in(start, end) != distance.of):
        return None
    earlier = (
        (None if start is None else _back(start, distance.months)),
        _back(end, distance.months, last=True),
    )
    return earlier if distance.year in (None, earlier[1].year) else None


def of_year(named: BareYear, heading: Span) -> Span | None:
    """The whole year a text is about, or the year before, if its number is named."""
    if heading[0] is None or months_in(heading[0], heading[1]) != 12:
        return None
    return heading if heading[1].year == named.year else before(heading, Before(12, named.year))


def is_quarter(span: Span) -> bool:
    """True for a period of three months."""
    return span[0] is not None and months_in(span[0], span[1]) == 3


def is_long(span: Span) -> bool:
    """True for a period of three months or more: a month's numbers are those of production updates."""
    return span[0] is not None and months_in(span[0], span[1]) >= 3


def _back(day: date, months: int, *, last: bool = False) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1] if last else day.day)

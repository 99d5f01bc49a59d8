"""Time expressions resolved to the last day they can mean: `second quarter of 2026`, `mid-2025`.

Conventions: a period lasts to its last day; `early` is the first four months, `mid` the first half, `late`
the whole year; a quarter, half or year without the word fiscal is a calendar one; a quarter or year without
its number is the first that has not ended on the day it was said.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hashpivot.core import FiscalCalendar, Quarter

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNTS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "nine": 9,
    "twelve": 12,
    "eighteen": 18,
}
_PARTS = {"early": 4, "mid": 6, "middle": 6, "late": 12}


@dataclass(frozen=True, slots=True)
class Today:
    """What words are resolved against: the day they were said, and the company's calendar."""

    said_on: date
    calendar: FiscalCalendar


Resolver = Callable[[dict[str, str], Today], date | None]


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _year_of(words: dict[str, str]) -> int:
    return 2000 + int(words["year"][-2:])


def _month_of(words: dict[str, str]) -> int:
    return _MONTHS.index(words["month"].lower()[:3]) + 1


def _months_of(words: dict[str, str]) -> int:
    count = words["count"].lower()
    return (int(count) if count.isdecimal() else _COUNTS[count]) * (
        12 if words["span"].lower() == "year" else 1
    )


def _fiscal_end(year: int, calendar: FiscalCalendar) -> date | None:
    """Last day of the fiscal year `year`, named after the calendar year it ends in."""
    return next((end for end in calendar.year_ends(year - 1, year + 1) if end.year == year), None)


def _day(words: dict[str, str], _: Today) -> date | None:
    try:
        return date(_year_of(words), _month_of(words), int(words["day"]))
    except ValueError:
        return None


def _day_and_span(words: dict[str, str], today: Today) -> date | None:
    start = _day(words, today)
    return _later(start, _months_of(words)) if start else None


def _month(words: dict[str, str], _: Today) -> date | None:
    return _month_end(_year_of(words), _month_of(words))


def _part(words: dict[str, str], today: Today) -> date | None:
    """A quarter or half of a year."""
    number = _NTH[words["nth"].lower()]
    quarter = min(number, 2) * 2 if words["part"].lower().startswith("h") else number
    if not words.get("fiscal"):
        return _month_end(_year_of(words), 3 * quarter)
    last = _fiscal_end(_year_of(words), today.calendar)
    ends = today.calendar.quarter_ends(last) if last else []
    return ends[quarter - 1] if len(ends) == 4 else None


def _stretch(words: dict[str, str], _: Today) -> date | None:
    return _month_end(_year_of(words), _PARTS[words["stretch"].lower()])


def _year(words: dict[str, str], today: Today) -> date | None:
    year = _year_of(words)
    return _fiscal_end(year, today.calendar) if words.get("fiscal") else date(year, 12, 31)


def _span_from_now(words: dict[str, str], today: Today) -> date | None:
    return _later(today.said_on, _months_of(words))


def _near_quarter(words: dict[str, str], today: Today) -> date | None:
    return (Quarter.containing(today.said_on) + (words["which"].lower() == "next")).end


def _near_month(words: dict[str, str], today: Today) -> date | None:
    later = today.said_on.month - 1 + (words["which"].lower() == "next")
    return _month_end(today.said_on.year + later // 12, later % 12 + 1)


def _near_year(words: dict[str, str], today: Today) -> date | None:
    later = (words.get("which") or "").lower() == "next"
    if words.get("fiscal"):
        return _fiscal_end(today.calendar.year_of(today.said_on)[1].year + later, today.calendar)
    return date(today.said_on.year + later, 12, 31)


def _near_part(words: dict[str, str], today: Today) -> date | None:
    said = today.said_on
    end = _part(words | {"year": str(said.year), "fiscal": ""}, today)
    return _part(words | {"year": str(said.year + 1), "fiscal": ""}, today) if end and end < said else end


_YEAR = r"(?P<year>20\d\d)(?!\d|[,.]\d)"
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\.?"
_DAY = rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}"
_PERIOD = r"(?:(?:three|six|nine|twelve) months|(?:fiscal )?(?:quarter|year))(?: period)?"
_SPAN = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})[ \-](?P<span>month|year)s?"
_FISCAL = r"(?P<fiscal>(?:our |its )?(?:fiscal (?:year )?|FY ?))?"
_OF = r"(?:,? (?:of )?(?:the )?(?:calendar )?(?:year )?|, )"
_NAMED = r"(?P<nth>first|second|third|fourth|final) (?:calendar )?(?P<part>quarter|half)"
_END = (
    r"(?:(?:the )?(?:calendar )?(?:end|close|remainder|rest|balance) of (?:the )?(?:calendar )?|"
    r"(?:calendar )?year[ \-]end,? (?:of )?)?"
)

_FORMS: tuple[tuple[str, Resolver], ...] = (
    (rf"{_SPAN} (?:of|after|from) {_DAY}", _day_and_span),
    (rf"{_PERIOD} (?:ended|ending) {_DAY}", _day),
    (_DAY, _day),
    (
        rf"{_END}(?P<fiscal>fiscal )(?P<nth>first|second|third|fourth) (?P<part>quarter|half){_OF}{_YEAR}",
        _part,
    ),
    (rf"{_END}{_NAMED}{_OF}{_FISCAL}{_YEAR}", _part),
    (
        rf"{_END}(?P<fiscal>fiscal )?(?P<part>[QH]) ?(?P<nth>[1-4])(?:{_OF}|['’ ] ?)(?P<year>20\d\d|\d\d)\b",
        _part,
    ),
    (rf"{_END}(?P<nth>[1-4]) ?(?P<part>[QH]) ?['’]?(?P<year>20\d\d|\d\d)\b", _part),
    (rf"(?P<stretch>early|mid|middle|late)(?: of | in |[ \-]){_YEAR}", _stretch),
    (rf"{_END}{_MONTH},? (?:of )?{_YEAR}", _month),
    (rf"{_END}{_FISCAL}{_YEAR}(?: year[ \-]end)?", _year),
    (rf"(?:the )?next (?:\w+ to )?{_SPAN}", _span_from_now),
    (r"(?:the )?(?:end of )?(?:the )?(?P<which>this|current|next) quarter", _near_quarter),
    (r"(?:the )?(?:end of )?(?:the )?(?P<which>this|current|next) month", _near_month),
    (r"(?:the )?(?:end of )?(?:the )?(?P<which>this|current|next) (?P<fiscal>fiscal )?year", _near_year),
    (
        r"(?:the )?(?:end|remainder|rest|balance) of (?:the )?(?P<fiscal>fiscal )?year|"
        r"(?:calendar )?year[ \-]end|(?:exit|finish) (?:the|this) year",
        _near_year,
    ),
    (rf"{_END}(?:the )?{_NAMED}(?: of (?:the|this) year)?", _near_part),
)
FORMS = tuple((re.compile(rf"(?<![\w$.]){form}(?!\w)", re.IGNORECASE), resolve) for form, resolve in _FORMS)

"""Period columns: from the words over a column to the first and last day they mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from hashpivot.core import FiscalCalendar, YearEnd

from ..page import unstruck
from ._month_words import MONTH, MONTHS, months_named, short_years

_MONTH_DAY = re.compile(MONTH + r"\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?\b")
_DAY_MONTH = re.compile(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + MONTH)
_NUMERIC = re.compile(r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:20)?\d\d)\b|\b(?P<iso>20\d\d-\d\d-\d\d)\b")
_YEAR = re.compile(r"\b(?:fy\s?)?((?:19[89]|20\d)\d)(?![\d,%])")
_SHORT_YEAR = re.compile(r"(?:\b[fc]y\s?['’]?|\bq[1-4]\s?['’]?|\b[1-4]q\s?['’]?|['’])(\d\d)\b")
_QUARTER = re.compile(
    r"\bq([1-4])(?!\d{3})|\b([1-4])q|\b(first|second|third|fourth)(?:\s+fiscal)?[\s-]+quarter\b"
)
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty")
_MANY = {word: number for number, word in enumerate((*_UNITS, *_TEENS), start=1)} | {
    f"{ten}-{unit}" if unit else ten: 10 * tens + ones
    for tens, ten in enumerate(_TENS, start=2)
    for ones, unit in enumerate(("", *_UNITS))
}
_FEWEST_WEEKS = 12  # the shortest quarter of a year of 12, 12, 12 and 16 weeks
_COUNT = r"\b(?:({0})\b(?=[^.;]{{0,30}}?\b{1}s?\b)|(\d\d?)(?=[\s-]{1}s?\b))"
_MONTHS = re.compile(_COUNT.format("three|six|nine|twelve", "month"))
_ODD_MONTHS = re.compile(r"\b(two|four|five|seven|eight|ten|eleven)(?=[\s-]months\b)()")
_WEEKS = re.compile(
    _COUNT.format(
        "|".join(sorted((name for name in _MANY if _MANY[name] >= _FEWEST_WEEKS), key=len, reverse=True)),
        "week",
    )
)
_DAYS_ENDED = re.compile(r"\b(\d{2,3})[\s-]days? end")
_NAMED = (
    (3, re.compile(r"\bquarter(?:ly)?(?: period)?s?[\s-]+end|\bthree-month\b")),
    (6, re.compile(r"\bhalf[\s-]+year|\b(?:first|second) half\b|\b[12]h\b|\bh[12]\b|\b6m\b")),
    (9, re.compile(r"\b9m\b")),
    (12, re.compile(r"\byears?[\s-]+(?:then[\s-]+)?end|\bfull[\s-]+year\b")),
    (1, re.compile(r"(?<!three )(?<!six )(?<!nine )(?<!twelve )\bmonth[\s-]+ended")),
)
_FISCAL = re.compile(r"\bfiscal\b|\bfy\s?['’]?\d")
_WHOLE_YEAR = re.compile(r"\bfiscal\b|\bfy\s?['’]?\d|\bfull[\s-]+year\b|\byears?\b")
_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?(?:and|&|/|,)\s?((?:19|20)\d\d)\W*$")
_BETWEEN = re.compile(r"\b(?:to|through|until)\b|[–—]")
NOT_A_PERIOD = re.compile(
    r"\bchange|\bvarian|\bincrease|\bdecrease|\bdifference|\bgrowth\b|\bpercent|\badjust(?:ment|ed)|\bpro[\s-]?forma"
    r"|\bguidance|\boutlook|\bestimate|\btarget|\bforecast|\bbudget|\bplanned\b|^plan\b|\bplan$"
    r"|\bproject(?:ed|ion)|\bconsensus\b|\d\d[ef]\b|\bannuali[sz]ed\b|\brun[\s-]?rate\b|\b[lt]tm\b"
    r"|\b(?:previously|originally) reported\b|\bnotes?\b(?!\s*\d)\W*$|\bnon-gaap"
    r"|%|\by/y\b|\byoy\b|\bqoq\b|\bq/q\b|\bm/m\b|\bmom\b"
    r"|\b(?:month|quarter|year)\s?(?:/|-?over-?)\s?(?:month|quarter|year)\b|\bvs\b|\bversus\b|\bcompar"
)
_TO_DATE = re.compile(r"\byear[\s-]to[\s-]date\b|\bytd\b")
_INSTANT = re.compile(r"\bbalance sheets?\b|\bfinancial (?:position|condition)\b|\bas (?:of|at)\b|^at\b")
_PERIOD_LINE = re.compile(
    rf"^at\b|^{MONTH} \d{{1,2}}\b(?!, ?\d{{4}})|\bend(?:ed|ing)\b|\bas (?:of|at)\b"
    r"|\bmonths?\b|\bweeks?\b|\bbalance sheets?\b|\bposition\b"
)
_RESULT_SAID = re.compile(r"[$€£]\s?\d[\d,.]*\s*(?:thousand|million|billion)")
_ONE_DAY = timedelta(days=1)
_WEEK_OFF = 8  # days: a year of 53 weeks, or one that begins on New Year's Day
_CALENDAR_YEAR = FiscalCalendar(YearEnd(12))
_T = TypeVar("_T")


class StatementKind(Enum):
    """What a table is known to be.

    `BALANCE` and, in an annual report, `YEARLY`: a statement of what happened in each year.
    """

    OTHER = 0
    BALANCE = 1
    YEARLY = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says about periods: every duration, day of the year and year it names.

    Args:
        lengths: Months of each duration named; weeks as negative numbers.
        days: `(month, day)` of each date; day 0 if only the month is named.
        years: Years in order.
        quarters: Quarter numbers.
        text: The text in lower case.
    """

    lengths: tuple[int, ...]
    days: tuple[tuple[int, int], ...]
    years: tuple[int, ...]
    quarters: tuple[int, ...]
    text: str

    @property
    def says(self) -> bool:
        """True if it names any part of a period."""
        return bool(self.lengths or self.days or self.years or self.quarters)


@lru_cache(maxsize=1024)
def period_words(text: str) -> Words:
    """The durations, dates and years named in a header or caption."""
    lower = " ".join(unstruck(text).lower().split())
    return Words(_lengths(lower), _days(lower), _years(lower), _quarters(lower), lower)


def read_period(
    header: str,
    caption: str = "",
    calendar: FiscalCalendar | None = None,
    *,
    kind: StatementKind = StatementKind.OTHER,
) -> tuple[date | None, date] | None:
    """First and last day of the period a column header means; first is None for an instant.

    Args:
        header: All header texts over the column, from the top.
        caption: Text about the whole table; fills in a length, day or year if it names exactly one.
        calendar: The company's fiscal calendar, for `Q2 FY2026`. Without it quarters are calendar quarters,
            and columns labelled "fiscal" without a date mean nothing.
        kind: Which statement the table is; that of an annual report may show bare years and dates.

    Returns:
        None for columns of changes, percentages, adjustments, forecasts, annual rates and the year to date
        (unless its months are counted), for one header over two years, and where words do not suffice.
    """
    words, around = period_words(header), period_words(_about_periods(caption))
    if not words.says or NOT_A_PERIOD.search(words.text):
        return None
    if _TO_DATE.search(words.text) and not words.lengths:
        return None
    two_years = _TWO_YEARS.search(words.text)
    if two_years and two_years[1] > two_years[2]:
        return None
    try:
        named = _between(words) or (_dated(words, around, calendar) if words.days else None)
        named = named or _labelled(words, around, calendar) or _dated(words, around, calendar, kind)
        return _of_annual_statement(words, named, kind, calendar) if calendar else named
    except (ValueError, OverflowError):
        return None


def may_be_period(header: str) -> bool:
    """True for a column header that names a fiscal year or a quarter, and no comparison."""
    words = period_words(header)
    return bool(words.quarters or _WHOLE_YEAR.search(words.text)) and not NOT_A_PERIOD.search(words.text)


def names_period(header: str) -> bool:
    """True for a column header that names a part of one period, and no comparison or sum."""
    words = period_words(header)
    sums = NOT_A_PERIOD.search(words.text) or _TO_DATE.search(words.text) or _TWO_YEARS.search(words.text)
    return words.says and not sums


def may_be_month(header: str) -> bool:
    """True for a column header with digits, as a damaged month has, and no comparison or sum of months."""
    text = header.lower()
    sums = NOT_A_PERIOD.search(text) or _TO_DATE.search(text)
    return any(map(str.isdigit, text)) and not sums


def names_day(header: str) -> bool:
    """True for a column header that names a day or a month."""
    return bool(period_words(header).days)


def nearest_caption(lines: Sequence[str]) -> str:
    """The last lines from the one that says how long a period is; all of them if none does.

    Farther up may stand a footnote of the table before.
    """
    first = next(
        (n for n in reversed(range(len(lines))) if period_words(_about_periods(lines[n])).lengths), 0
    )
    return "\n".join(lines[first:])


@lru_cache(maxsize=64)
def _about_periods(caption: str) -> str:
    """The lines of a caption that speak of the table's periods; a dateline or a result in words does not."""
    lines = (line for line in caption.splitlines() if not _RESULT_SAID.search(line.lower()))
    return " ".join(line for line in lines if _PERIOD_LINE.search(line.lower()))


def _between(words: Words) -> tuple[date | None, date] | None:
    """`January 1 to March 31, 2025`."""
    if len(words.days) != 2 or not words.years or not _BETWEEN.search(words.text):
        return None
    end = _day(words.years[-1], *words.days[1])
    start = _day(words.years[0], *words.days[0])
    return (start, end) if start < end else None


def _dated(
    words: Words, around: Words, calendar: FiscalCalendar | None, kind: StatementKind = StatementKind.OTHER
) -> tuple[date | None, date] | None:
    """A period or instant whose last day is named."""
    dates = words.days or _only(around.days)
    years = words.years or _only(around.years)
    if not dates or not years:
        return None
    end = _day(years[-1], *dates[-1])
    length = _length(words, around)
    if length is None and not dates[-1][1]:
        length = 1
    instant = kind is StatementKind.BALANCE or _INSTANT.search(around.text)
    if not words.days and length is None and not instant:
        return None
    return (None if length is None else _start(end, length, calendar)), end


def _length(words: Words, around: Words) -> int | None:
    if words.lengths:
        (length,) = words.lengths  # ValueError, hence no period, if two are named
        return length
    if words.quarters:
        return 3
    if _INSTANT.search(words.text) or _INSTANT.search(around.text):
        return None
    lengths = _only(around.lengths)
    return lengths[0] if lengths else None


def _labelled(
    words: Words, around: Words, calendar: FiscalCalendar | None
) -> tuple[date | None, date] | None:
    """`Q3 2025`, `FY2025`, `Fiscal 2025`: days come from the fiscal calendar."""
    fiscal = bool(_FISCAL.search(words.text))
    years = words.years or _only(around.years)
    if not years or (fiscal and calendar is None):
        return None
    known = calendar or _CALENDAR_YEAR
    end = known.year_named(years[-1])
    if end is None:
        return None
    first, last = known.year_of(end)
    quarters = known.quarter_ends(last)
    if words.quarters:
        number = words.quarters[-1]
        return (quarters[number - 2] + _ONE_DAY if number > 1 else first), quarters[number - 1]
    if 6 in words.lengths or 9 in words.lengths:
        return _part_of_year(words, first, last, quarters)
    return (first, last) if _WHOLE_YEAR.search(words.text) or 12 in around.lengths else None


def _of_annual_statement(
    words: Words, named: tuple[date | None, date] | None, kind: StatementKind, calendar: FiscalCalendar
) -> tuple[date | None, date] | None:
    """What a year or year end alone means in a statement: the year, or its last day."""
    if words.lengths or words.quarters or (named and named[0] is not None) or kind is StatementKind.OTHER:
        return named
    by_name = calendar.year_named(words.years[-1]) if words.years and not words.days else None
    end = named[1] if named else by_name
    if end is None or end not in calendar.year_ends(end.year - 1, end.year + 1):
        return named
    return (None, end) if kind is StatementKind.BALANCE else calendar.year_of(end)


def _part_of_year(
    words: Words, first: date, last: date, quarters: list[date]
) -> tuple[date | None, date] | None:
    if 9 in words.lengths:
        return first, quarters[2]
    second = re.search(r"\bsecond half\b|\b2h\b|\bh2\b", words.text)
    return (quarters[1] + _ONE_DAY, last) if second else (first, quarters[1])


def _start(end: date, length: int, calendar: FiscalCalendar | None) -> date:
    """First day of a period of `length` months (weeks if negative); thirteen weeks each if not month-end.

    A fiscal calendar knows which years have 53 weeks, and where a year to date begins.
    """
    if length < 0:
        return end - timedelta(weeks=-length) + _ONE_DAY
    by_weeks = calendar is not None and calendar.current.weekday is not None
    if end.day == monthrange(end.year, end.month)[1] and not by_weeks:
        index = end.year * 12 + end.month - length
        return date(index // 12, index % 12 + 1, 1)
    if length % 3:
        raise ValueError("a month that does not end on its last day")
    start = end - timedelta(weeks=52 if length == 12 else 13 * length // 3) + _ONE_DAY
    year_start = calendar.year_of(end)[0] if calendar and length > 3 else start
    return year_start if abs((year_start - start).days) <= _WEEK_OFF else start


def _day(year: int, month: int, day: int) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, last if day == 0 or (month == 2 and day == 29) else day)


def _only(items: tuple[_T, ...]) -> tuple[_T, ...]:
    """The items if all are the same, else nothing: two candidates are no answer."""
    return items[:1] if len(set(items)) == 1 else ()


def _lengths(text: str) -> tuple[int, ...]:
    months = [count for count in (*_counts(_MONTHS, text), *_counts(_ODD_MONTHS, text)) if 1 <= count <= 12]
    days = [int(count) for count in _DAYS_ENDED.findall(text)]
    by_days = [count // 7 for count in days if count % 7 == 0]
    weeks = [-count for count in (*_counts(_WEEKS, text), *by_days) if count >= _FEWEST_WEEKS]
    named = [length for length, pattern in _NAMED if pattern.search(text)]
    return tuple(dict.fromkeys([*months, *weeks, *named]))


def _counts(pattern: re.Pattern[str], text: str) -> list[int]:
    return [_MANY.get(word) or int(digits) for word, digits in pattern.findall(text)]


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = [(m.start(), int(m["m"]), int(m["d"])) for m in _NUMERIC.finditer(text) if m["m"]]
    found += [(m.start(), int(m["iso"][5:7]), int(m["iso"][8:])) for m in _NUMERIC.finditer(text) if m["iso"]]
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        found += [(m.start(), MONTHS.index(m["m"]) + 1, int(m["d"])) for m in pattern.finditer(text)]
    if not found:
        found = [(place, month, 0) for place, month in months_named(text)]
    return tuple((month, day) for _, month, day in sorted(found) if 1 <= month <= 12 and day <= 31)


def _years(text: str) -> tuple[int, ...]:
    years = [(m.start(), int(m[1])) for m in _YEAR.finditer(text)]
    years += [(m.start(), int(m["y"]) % 2000 + 2000) for m in _NUMERIC.finditer(text) if m["y"]]
    if not years:
        years = [(m.start(), 2000 + int(m[1])) for m in _SHORT_YEAR.finditer(text)] or short_years(text)
    return tuple(year for _, year in sorted(set(years)))


def _quarters(text: str) -> tuple[int, ...]:
    ordinals = {"first": 1, "second": 2, "third": 3, "fourth": 4}
    words = ("".join(groups) for groups in _QUARTER.findall(text))
    return tuple(ordinals.get(word) or int(word) for word in words)

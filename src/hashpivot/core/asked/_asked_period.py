"""Periods as people write them: `Q4 2024`, `FQ1 2025`, `fiscal year 2024`, `nine months of 2024`, `YTD`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ..base import InvalidInput
from ..periods import ONE_DAY, FiscalCalendar, Quarter, period_label

_HINT = (
    "write it like 2024Q4 or Q4 2024 (calendar), FQ1 2025, FY2024, 2024, H1 2024, 9M 2024, YTD Q3 2024, "
    "December 2024, 2024-12-31, 2024-10-01..2024-12-31 or latest"
)
_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = _MONTH_NAMES.split()
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "final": "4"} | {
    "three": "3", "six": "6", "nine": "9", "twelve": "12"
}  # fmt: skip
_PHRASES = {
    r"year[\s-]*to[\s-]*date": " ytd ",
    r"\blast (?=(?:fiscal |calendar )?quarter (?:of )?(?:fiscal |fy ?)?(?:19|20)\d\d\b)": "4 ",
    r"\bfirst (?=three|six|nine|[369])": " ",
    r"(?:full|whole)[\s-]*year|\byear[\s-]*end(?:ed|ing)?\b|\bannual\b": " year ",
    r"most recent(?:ly reported)?|last reported|newest|current": " latest ",
    r"\b(\d)(?:st|nd|rd|th)\b": r"\1 ",
}
_WEEK = 7  # days by which a year of 52 or 53 weeks moves
_SAYS_NOTHING = "the its of in for ended ending end at as on period through to a report reported s st th"
_NOISE = frozenset(_SAYS_NOTHING.split())


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """A period as someone asked for it.

    Args:
        start: First day.
        end: Last day; of a balance the day it is asked for.
        quarter: The calendar quarter, if it is one or the fiscal quarter that belongs to one.
        instant: True if one day was named.
        latest: True if the newest that is known was asked for; `start` and `end` are then those of the newest
            quarter with revenue.
        fiscal: What the company calls it: `FQ1 2025`, `FY2024`, `6M FY2025`.
        reading: How the words were read, in one sentence; empty if they can mean nothing else.
    """

    start: date
    end: date
    quarter: Quarter | None
    fiscal: str
    instant: bool = False
    latest: bool = False
    reading: str = ""

    @property
    def label(self) -> str:
        """As an address has it: `2024Q4`, `2024-01-01..2024-12-31`, or the day of an instant."""
        if self.instant:
            return self.end.isoformat()
        return str(self.quarter) if self.quarter else period_label(self.start, self.end)


def read_period(text: str, calendar: FiscalCalendar, newest: Quarter | None = None) -> AskedPeriod:
    """Return the period that a text means for a company.

    A quarter is the calendar's unless the words say that it is the company's own (`FQ1 2025`, `Q1 FY25`,
    `first fiscal quarter of 2025`); a year, its halves and its months are the company's unless they say
    `calendar` or `CY`.

    Args:
        text: The words.
        calendar: The company's fiscal years.
        newest: The quarter that `latest` and a year to date without a quarter stand for.

    Raises:
        InvalidInput: If it is no period, with the ways to write one.
    """
    exact = _exact(text.strip(), calendar) or _months(text, calendar)
    return exact or _Words(text, calendar, newest).period()


def _exact(text: str, calendar: FiscalCalendar) -> AskedPeriod | None:
    """A day or a range of days in ISO form, or a day such as 31/12/2025 that can be read in one way only."""
    slashed = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text)
    if slashed:
        text = _iso(*map(int, slashed.groups())) or text
    first, dots, last = (part.strip() for part in text.partition(".."))
    try:
        end = date.fromisoformat(last if dots else first)
        start = date.fromisoformat(first)
    except ValueError:
        return None
    if start > end:
        raise InvalidInput(f"{text!r} ends before it begins", hint=_HINT)
    quarter = _quarter_of(calendar, start, end) if dots else None
    return AskedPeriod(start, end, quarter, _fiscal(calendar, start, end, not dots), instant=not dots)


def _quarter_of(calendar: FiscalCalendar, start: date, end: date) -> Quarter | None:
    """The company's quarter of these days, give or take a week; None if they are no three months.

    Raises:
        InvalidInput: If they are three months, and no quarter of the company.
    """
    quarter = Quarter.of_period(start, end)
    if not quarter:
        return None
    first, last = calendar.bounds(quarter)
    if max(abs((first - start).days), abs((last - end).days)) > _WEEK:
        raise InvalidInput(
            f"{start}..{end} is no quarter of the company: {quarter} is {first}..{last}", hint=_HINT
        )
    return quarter


_MONTH_RANGE = re.compile(
    r"(?:from |between )?([a-z]{3,9})\.?(?: ?((?:19|20)\d\d))?(?: ?[-–] ?| to | through | and )"
    r"([a-z]{3,9})\.? ?((?:19|20)\d\d)"
)


def _months(text: str, calendar: FiscalCalendar) -> AskedPeriod | None:
    """Whole months from one to another: `July to September 2025`, `Nov 2024 - Jan 2025`."""
    found = _MONTH_RANGE.fullmatch(" ".join(text.casefold().split()))
    if not found:
        return None
    first, last = _month_named(found[1]), _month_named(found[3])
    if first is None or last is None:
        return None
    year = int(found[4])
    start = date(int(found[2] or year), first, 1)
    end = date(year, last, monthrange(year, last)[1])
    if start > end:
        raise InvalidInput(f"{text!r} ends before it begins", hint=_HINT)
    return AskedPeriod(start, end, _quarter_of(calendar, start, end), _fiscal(calendar, start, end))


def _month_named(word: str) -> int | None:
    """The number of a month, by its name or the beginning of it; None if it is no month's."""
    fits = [number for number, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return 9 if word == "sept" else fits[0] if len(fits) == 1 else None


def _iso(one: int, two: int, year: int) -> str | None:
    """The day of a date with slashes in ISO form; None if either number may be the month."""
    if one != two and max(one, two) <= 12:
        return None
    month, day = (one, two) if two > 12 else (two, one)
    return f"{year}-{month:02}-{day:02}"


def _fiscal(calendar: FiscalCalendar, start: date, end: date, instant: bool = False) -> str:
    if instant:
        return calendar.label(*calendar.bounds(Quarter.of_period_end(end)))
    return calendar.label(start, end)


class _Words:
    """The words of a period, and what is found in them."""

    def __init__(self, text: str, calendar: FiscalCalendar, newest: Quarter | None) -> None:
        self.text, self.calendar, self.newest = text, calendar, newest
        plain = text.casefold()
        for pattern, word in _PHRASES.items():
            plain = re.sub(pattern, word, plain)
        found = re.findall(r"[a-z]+|\d+", plain)
        if re.search(r"[^\sa-z0-9.,'’()/_-]", plain):
            raise self._no_period()
        self.words = [_ORDINALS.get(word, word) for word in found if word not in _NOISE]
        self.month = self._take_month()
        self.quarter = self._take_counted(("fq", "q", "quarter", "quarters"), ("1", "2", "3", "4"))
        self.half = self._take_counted(("h", "half"), ("1", "2"))
        self.months = self._take_counted(("m", "months"), ("3", "6", "9", "12"))
        self.year = self._take_year()
        self.day = self._take_day()

    def period(self) -> AskedPeriod:
        """Return the period."""
        fiscal = any(word in ("fiscal", "fy", "fq", "f") for word in self.words)
        calendar = any(word in ("calendar", "cy") for word in self.words)
        to_date = "ytd" in self.words
        latest = any(word in ("latest", "last") for word in self.words)
        known = {"fiscal", "fy", "fq", "f", "calendar", "cy", "ytd", "latest", "last", "year", "q", "quarter"}
        if set(self.words) - known or (fiscal and calendar):
            raise self._no_period()
        if latest and not self.year:
            return self._newest(to_date, "year" in self.words)
        if to_date and not self.year:
            return self._newest(to_date, year=False)
        if not self.year:
            raise self._no_period()
        if self.month:
            return self._by_month(self.month, self.year, to_date)
        if self.quarter:
            return self._by_quarter(self.quarter, self.year, fiscal, to_date)
        return self._by_year(self.year, fiscal, calendar, to_date)

    def _newest(self, to_date: bool, year: bool) -> AskedPeriod:
        if not self.newest:
            raise InvalidInput(f"{self.text!r}: no quarter of the company is known", hint=_HINT)
        start, end = self.calendar.bounds(self.newest)
        if year:
            last = self.calendar.year_of(end)[1]
            first, last = self.calendar.year_of(
                end if last == end else self.calendar.year_of(end)[0] - ONE_DAY
            )
            return self._made(first, last, "the newest whole fiscal year")
        if to_date:
            return self._made(self.calendar.year_of(end)[0], end, f"the fiscal year to {self.newest}")
        label = self.calendar.label(start, end)
        return AskedPeriod(
            start, end, self.newest, label, latest=True, reading=f"newest known: {self.newest}"
        )

    def _by_month(self, month: int, year: int, to_date: bool) -> AskedPeriod:
        last = monthrange(year, month)[1]
        if self.day is not None and not 1 <= self.day <= last:
            raise self._no_period()
        end = date(year, month, self.day or last)
        if to_date:
            return self._made(self.calendar.year_of(end)[0], end, f"the fiscal year to {end}")
        length = 3 if self.quarter == 0 or "quarter" in self.words else self.months
        if length == 3:
            quarter = Quarter.of_period_end(end)
            own_end = self.calendar.bounds(quarter)[1]
            if abs((own_end - end).days) > _WEEK:
                raise InvalidInput(f"{self.text!r}: the company's {quarter} ends on {own_end}", hint=_HINT)
            return self._of_quarter(quarter, "")
        if length and length < 12:
            return self._made(self._back(end, length), end, "")
        if length or "year" in self.words or "fiscal" in self.words:
            first, year_end = self.calendar.year_of(self._fiscal_end(end))
            if abs((year_end - end).days) > _WEEK:
                return self._made(self._back(end, 12), end, "twelve months, no fiscal year of the company")
            return self._made(first, year_end, "")
        if self.day:
            return AskedPeriod(end, end, None, _fiscal(self.calendar, end, end, instant=True), instant=True)
        return self._made(date(year, month, 1), end, "")

    def _by_quarter(self, number: int, year: int, fiscal: bool, to_date: bool) -> AskedPeriod:
        quarter = self._fiscal_quarter(number, year) if fiscal else Quarter(year, number)
        start, end = self.calendar.bounds(quarter)
        if to_date:
            return self._made(self.calendar.year_of(end)[0], end, f"the fiscal year to {quarter}")
        own = self.calendar.label(start, end)
        both = "" if own == f"FQ{number} {year}" else f"read as {_kind(fiscal)}; it is {quarter} and {own}"
        return self._of_quarter(quarter, both)

    def _by_year(self, year: int, fiscal: bool, calendar: bool, to_date: bool) -> AskedPeriod:
        if calendar:
            first, last = self.calendar.bounds(Quarter(year, 1))[0], self.calendar.bounds(Quarter(year, 4))[1]
            whole = (first, last) == (date(year, 1, 1), date(year, 12, 31))
            return self._made(first, last, "" if whole else "the four quarters nearest to the calendar year")
        named = self.calendar.year_named(year)
        if named is None:
            raise InvalidInput(f"{self.text!r}: no fiscal year of the company is called {year}", hint=_HINT)
        start, end = self.calendar.year_of(named)
        ends = self.calendar.quarter_ends(named)
        if to_date and self.newest:
            known = self.calendar.bounds(self.newest)[1]
            return self._made(start, min(end, known) if known > start else end, "")
        if self.half and len(ends) == 4:
            return (
                self._made(start, ends[1], "") if self.half == 1 else self._made(ends[1] + ONE_DAY, end, "")
            )
        if self.months and self.months < 12 and len(ends) == 4:
            return self._made(start, ends[self.months // 3 - 1], "")
        if self.half or (self.months and self.months < 12):
            raise self._no_period()
        other = "" if fiscal or end == date(year, 12, 31) else "read as the company's fiscal year"
        return self._made(start, end, other)

    def _fiscal_quarter(self, number: int, year: int) -> Quarter:
        last = self.calendar.year_named(year)
        ends = self.calendar.quarter_ends(last) if last else []
        if len(ends) < number:
            raise InvalidInput(f"{self.text!r}: the company had no such fiscal quarter", hint=_HINT)
        return Quarter.of_period_end(ends[number - 1])

    def _of_quarter(self, quarter: Quarter, reading: str) -> AskedPeriod:
        start, end = self.calendar.bounds(quarter)
        return AskedPeriod(start, end, quarter, self.calendar.label(start, end), reading=reading)

    def _made(self, start: date, end: date, reading: str) -> AskedPeriod:
        return AskedPeriod(
            start, end, Quarter.of_period(start, end), self.calendar.label(start, end), reading=reading
        )

    def _fiscal_end(self, end: date) -> date:
        """The last day of the fiscal year that ends within a week of a day, or the day."""
        near = self.calendar.year_ends(end.year - 1, end.year + 1)
        return next((day for day in near if abs((day - end).days) <= _WEEK), end)

    @staticmethod
    def _back(end: date, months: int) -> date:
        index = end.year * 12 + end.month - months
        return date(index // 12, index % 12 + 1, 1)

    def _take_month(self) -> int | None:
        for at, word in enumerate(self.words):
            month = _month_named(word)
            if month:
                del self.words[at]
                return month
        return None

    def _take_counted(self, names: tuple[str, ...], numbers: tuple[str, ...]) -> int | None:
        """A number beside one of some words: after it, or before it with at most one word between."""
        for at, word in enumerate(self.words):
            if word not in names:
                continue
            for beside in (at + 1, at - 1, at - 2):
                if 0 <= beside < len(self.words) and self.words[beside] in numbers:
                    number = int(self.words[beside])
                    kept = "fq" if word == "fq" else ""
                    self.words = [w for n, w in enumerate(self.words) if n not in (at, beside)]
                    self.words += [kept] if kept else []
                    return number
        return None

    def _take_year(self) -> int | None:
        for at, word in enumerate(self.words):
            if word.isdigit() and len(word) == 4 and 1990 <= int(word) <= 2100:
                del self.words[at]
                return int(word)
        short = [at for at, word in enumerate(self.words) if word.isdigit() and len(word) == 2]
        if short:  # of 31 December 24 the last is the year
            return 2000 + int(self.words.pop(short[-1]))
        return None

    def _take_day(self) -> int | None:
        for at, word in enumerate(self.words):
            if self.month and word.isdigit():
                return int(self.words.pop(at))
        return None

    def _no_period(self) -> InvalidInput:
        return InvalidInput(f"{self.text!r} is not a period", hint=_HINT)


def _kind(fiscal: bool) -> str:
    return "the company's fiscal quarter" if fiscal else "a calendar quarter"

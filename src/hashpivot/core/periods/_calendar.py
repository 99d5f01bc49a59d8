"""Fiscal calendars: month-end years, 52/53-week years, and changes of year end (transition periods)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ..base import InvalidInput
from ._quarter import ONE_DAY, Quarter, is_quarter_long, months_in

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEAR_END = re.compile(
    rf"(?P<month>[0-9]{{1,2}})(?:-(?P<day>[0-9]{{1,2}})| (?P<last>last )?(?P<weekday>{'|'.join(_WEEKDAYS)}))"
)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """How one fiscal year ends.

    Args:
        month: Calendar month the year ends in (or nearest to, for a 52/53-week year).
        weekday: None for the last day of `month`; else 0 = Monday .. 6 = Sunday for a 52/53-week year
            ending on that weekday nearest to the last day of `month`.
        within: True for a 52/53-week year that ends on the last such weekday within `month` instead.
    """

    month: int
    weekday: int | None = None
    within: bool = False

    @classmethod
    def parse(cls, text: str) -> YearEnd:
        """`12-31` for a month-end year, `09 sat` for the Saturday nearest to the end of September.

        `04 last fri` is the last Friday in April.
        """
        hint = "write a month's last day, such as 12-31, or a weekday: '09 sat' or '04 last fri'"
        written = _YEAR_END.fullmatch(text.strip().lower())
        month = int(written["month"]) if written else 0
        if not written or not 1 <= month <= 12:
            raise InvalidInput(f"{text!r} is not a fiscal year end", hint=hint)
        if written["day"] and int(written["day"]) not in {
            monthrange(year, month)[1] for year in (2023, 2024)
        }:
            raise InvalidInput(f"{text!r} is not a fiscal year end: no month's last day", hint=hint)
        weekday = _WEEKDAYS.index(written["weekday"]) if written["weekday"] else None
        return cls(month, weekday, within=bool(written["last"]))

    def in_year(self, year: int) -> date:
        """Last day of the fiscal year that ends in or nearest to `month` of `year`."""
        month_end = date(year, self.month, monthrange(year, self.month)[1])
        if self.weekday is None:
            return month_end
        ahead = (self.weekday - month_end.weekday()) % 7
        after = ahead <= 3 and not self.within
        return month_end + timedelta(days=ahead if after or not ahead else ahead - 7)


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """A company's fiscal years.

    Args:
        current: How years end now.
        earlier: `(last_day, year_end)` pairs: `year_end` held up to and including the fiscal year that
            ended on `last_day`. Between that day and the first year end of the next rule lies the
            transition period.
        named_by_start: True if a fiscal year is called by the calendar year it begins in: fiscal 2023 ends in
            January 2024.
    """

    current: YearEnd
    earlier: tuple[tuple[date, YearEnd], ...] = ()
    named_by_start: bool = False

    def year_ends(self, first: int, last: int) -> list[date]:
        """Last days of all fiscal years that end in calendar years `first`..`last`."""
        ends: set[date] = set()
        after = date.min
        for until, rule in (*sorted(self.earlier), (date.max, self.current)):
            days = (rule.in_year(year) for year in range(first, last + 1))
            ends.update(day for day in days if after < day <= until)
            after = until
        return sorted(ends)

    def year_named(self, year: int) -> date | None:
        """Last day of the fiscal year the company calls `year`; None if no year ends then."""
        ends = self.year_ends(year - 1, year + 2)
        called = year + self.named_by_start
        return next((end for end in ends if self._ends_in(end) == called), None)

    def _ends_in(self, end: date) -> int:
        """The year of the month an end belongs to: 3 January 2026 belongs to December 2025."""
        return (end - timedelta(days=7)).year if end.day <= 7 and end.month == 1 else end.year

    def year_of(self, day: date) -> tuple[date, date]:
        """First and last day of the fiscal year (or transition period) `day` lies in."""
        return _year_of(self, day)

    def quarter_ends(self, day: date) -> list[date]:
        """Last days of the fiscal quarters of the year `day` lies in; a transition period may have fewer."""
        start, last = self.year_of(day)
        year = self._ends_in(last)
        weeks = any(rule.weekday is not None and rule.in_year(year) == last for rule in self._rules())
        ends = (
            [start + timedelta(weeks=13 * n) - ONE_DAY for n in (1, 2, 3)]
            if weeks
            else [_months_later(start, 3 * n) - ONE_DAY for n in (1, 2, 3)]
        )
        return [end for end in ends if months_in(end, last) >= 2] + [last]

    def bounds(self, quarter: Quarter) -> tuple[date, date]:
        """First and last day of the fiscal quarter that belongs to a calendar quarter."""
        return _bounds(self, quarter)

    def label(self, start: date, end: date) -> str:
        """How the company calls a period: `FQ1 2025`, `FY2024`, `6M FY2025` or `TP 2023-12-31`."""
        first, last = self.year_of(end)
        if months_in(first, last) < 11:
            return f"TP {last.isoformat()}"
        months = months_in(start, end)
        if months >= 11:
            return f"FY{self._name(last)}"
        if months == 3:
            return f"FQ{round(months_in(first, end) / 3)} {self._name(last)}"
        return f"{months}M FY{self._name(last)}"

    def _name(self, last: date) -> int:
        """The year the company calls the fiscal year that ends on a day by."""
        return self._ends_in(last) - self.named_by_start

    def _rules(self) -> list[YearEnd]:
        return [self.current, *(rule for _, rule in self.earlier)]


@lru_cache(maxsize=10_000)
def _bounds(calendar: FiscalCalendar, quarter: Quarter) -> tuple[date, date]:
    days = (quarter.end + timedelta(days=around) for around in (-150, 0, 60))
    ends = sorted({end for day in days for end in calendar.quarter_ends(day)})
    end = next((end for end in ends if Quarter.of_period_end(end) == quarter), quarter.end)
    before = [other for other in ends if other < end]
    start = before[-1] + ONE_DAY if before else quarter.start
    return (start, end) if is_quarter_long(start, end) else (quarter.start, quarter.end)


@lru_cache(maxsize=10_000)
def _year_of(calendar: FiscalCalendar, day: date) -> tuple[date, date]:
    ends = calendar.year_ends(day.year - 2, day.year + 2)
    last = next(end for end in ends if end >= day)
    return max(end for end in ends if end < day) + ONE_DAY, last


def _months_later(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""When a document's fiscal years end: by its own words, and by the year ends it dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from hashpivot.core import Company, FiscalCalendar, YearEnd

from ._grid_rows import GridRow
from ._month_words import MONTHS
from ._period_header import period_words
from ._types import MAIN_ROW

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = rf"(?P<day>{'|'.join(_WEEKDAYS)})"
_MONTH = r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)"
_RULE = re.compile(
    rf"\b{_DAY},? (?:that is |which is )?(?:closest|nearest) (?:to |the last day of )*"
    rf"(?:the end of )?{_MONTH}"
    rf"|\blast {_DAY.replace('day>', 'last>')} (?:of|in) {_MONTH.replace('month>', 'of>')}"
)
_ENDED = re.compile(
    r"\b(?:fiscal years?|years?|(?:52|53|fifty-two|fifty-three)[ -]weeks?)(?: periods?)?(?: \d{4})? ?"
    r"[,(]? ?(?:then )?end(?:ed|s|ing)(?: on)?:?"
    r"(?P<dates>(?:[\s,]*(?:and |& )?(?:(?:[a-z]+ \d{1,2}, ?)?\d{4}\b))+)"
)
_DATE_OR_YEAR = re.compile(r"(?:(?P<month_day>[a-z]+ \d{1,2}), ?)?(?P<year>\d{4})\b")
_FULL_DATE = re.compile(rf"{_MONTH.replace('?P<month>', '?:')} \d{{1,2}}, ?\d{{4}}")
_CALLED = re.compile(
    r"\bfiscal (?:year )?(?P<name>20\d\d)\b[^.;]{0,60}?"
    r"\b(?:ended|ends|ending|was the [^.;]{0,40}?ended)(?: on)? (?P<date>[a-z]+ \d{1,2}, ?20\d\d)"
)
_MONTH_DAY = re.compile(
    rf"\bfiscal years? (?:then )?end(?:ed|s|ing)(?: on)? {_MONTH} (?P<number>\d{{1,2}})\b(?!, ?\d{{4}})"
)
_QUARTER_ENDED = re.compile(
    r"\b(?P<quarter>first|second|third|fourth)(?: fiscal)? quarter"
    r"(?: of)?(?: (?:the )?fiscal)?(?: year)?(?: 20\d\d)?,?"
    rf" (?:which )?end(?:ed|ing)(?: on)? (?P<date>{_MONTH.replace('?P<month>', '?:')} \d{{1,2}}, ?20\d\d)"
)
_OFF = 14  # days: quarters by weeks end near those of the calendar year
_NAME = re.compile(r"(?:fiscal |fy ?)?(?:year )?(20\d\d)")
_ANNUAL = re.compile(r"\bannual report\b|\bfor the (?:fiscal )?year ended\b")
_QUARTERLY = re.compile(
    r"\bquarterly report\b|\bquarterly period ended\b|\b(?:three|six|nine) months ended\b"
)
_HEAD_LINES = 80
_ASSETS = re.compile(r"total (?:current )?(?:assets|liabilities)")
_LESS_THAN_A_YEAR = 330  # days
_YEARS = 3  # an annual report shows three
_EARLY = 6  # a year that ends later is called by the year it ends in


@dataclass(frozen=True)
class FiscalYears:
    """When the fiscal years of a page's company end.

    Args:
        calendar: Known, or by the page's own words; None if neither.
        annual: True if the page is an annual report.
        off_calendar: True if the page dates a numbered quarter and it is none of the calendar year.
    """

    calendar: FiscalCalendar | None
    annual: bool
    off_calendar: bool = False

    @classmethod
    def of(cls, lines: list[str], tables: list[list[GridRow]], company: Company | None) -> FiscalYears:
        """The fiscal years of a page with these lines and tables."""
        head = "\n".join(lines[:_HEAD_LINES]).lower()
        annual = bool(_ANNUAL.search(head)) and not _QUARTERLY.search(head)
        calendar = (
            company.calendar if company else document_calendar(lines, newest_name(tables), _instants(tables))
        )
        return cls(calendar, annual, calendar is None and _off_calendar("\n".join(lines).lower()))


def document_calendar(
    lines: Iterable[str], newest: int | None, instants: Collection[date] = ()
) -> FiscalCalendar | None:
    """The fiscal calendar a document's own words give; None if they give none, or several.

    Args:
        lines: Its lines of text.
        newest: The latest year that columns of its statements are called by.
        instants: The days of its balance sheet; a quarter's stands beside the last year end.
    """
    text = "\n".join(lines).lower()
    ends = _year_ends(text)
    rule = (
        _stated_rule(text, ends) or _fitting_rule(ends) or _stated_month(text) or _by_balance(instants, text)
    )
    if rule is None:
        return None
    return FiscalCalendar(rule, named_by_start=_named_by_start(text, ends, newest))


def newest_name(tables: Iterable[list[GridRow]]) -> int | None:
    """The latest year in the headers of most tables that look like statements."""
    newest = Counter(
        max(years)
        for rows in tables
        if any(row.numbers and MAIN_ROW.search(row.cells[0][2]) for row in rows)
        and (years := [year for row in rows for year in _named_years(row)])
    )
    return newest.most_common(1)[0][0] if newest else None


def _named_years(row: GridRow) -> list[int]:
    """The years of a header row that are names: bare, or with the word fiscal."""
    return [int(found[1]) for _, _, text in row.cells if (found := _NAME.fullmatch(text.lower()))]


def _instants(tables: Iterable[list[GridRow]]) -> set[date]:
    """The days in the headers of balance sheets."""
    balances = (rows for rows in tables if any(_ASSETS.fullmatch(row.cells[0][2].lower()) for row in rows))
    dates = (date for rows in balances for text in _over_columns(rows) for date in _FULL_DATE.findall(text))
    return {day for day in map(_day, dates) if day is not None}


def _over_columns(rows: list[GridRow]) -> Iterator[str]:
    """The header words over each column: a day may stand in one row and its year in the next."""
    words: dict[int, list[str]] = {}
    for row in takewhile(lambda row: not row.numbers or row.only_years, rows):
        for column, _, text in row.cells:
            words.setdefault(column, []).append(text.lower())
    return map(" ".join, words.values())


def _by_balance(instants: Collection[date], text: str) -> YearEnd | None:
    """The rule by which the balance sheet's earlier day is a year end, and most days named elsewhere are.

    One day fits several rules; the equity statement also names the year end before.
    """
    if len(instants) < 2:
        return None
    earlier, latest = sorted(instants)[-2:]
    if (latest - earlier).days > _LESS_THAN_A_YEAR:
        return None
    by_weeks = latest.weekday() == earlier.weekday() and not _is_end(YearEnd(latest.month), latest)
    rules = [r for r in _rules(earlier) if _is_end(r, earlier) and (by_weeks or r.weekday is None)]
    named = Counter(day for found in _FULL_DATE.findall(text) if (day := _day(found)) is not None)
    most = max((named[rule.in_year(earlier.year - 1)] for rule in rules), default=0)
    return _only([rule for rule in rules if named[rule.in_year(earlier.year - 1)] == most], earlier.year)


def _only(rules: list[YearEnd], year: int) -> YearEnd | None:
    """The rule, if all of them date the year before alike."""
    return rules[0] if rules and len({rule.in_year(year - 1) for rule in rules}) == 1 else None


def _year_ends(text: str) -> Counter[date]:
    """The days on which the document says a year ended, and how often."""
    return Counter(day for match in _ENDED.finditer(text) for day in _days(match["dates"]))


def _days(text: str) -> Iterator[date]:
    """The days of `December 31, 2023, 2022 and 2021` or `June 29, 2024 and July 1, 2023`."""
    month_day = ""
    for found in _DATE_OR_YEAR.finditer(text):
        month_day = found["month_day"] or month_day
        day = _day(f"{month_day}, {found['year']}") if month_day else None
        if day is not None:
            yield day


def _day(text: str) -> date | None:
    words = period_words(text)
    try:
        return date(words.years[0], *words.days[0])
    except (ValueError, IndexError):
        return None


def _off_calendar(text: str) -> bool:
    """True if a `third quarter ended October 31, 2025` is named."""
    ends = [(match["quarter"], _day(match["date"])) for match in _QUARTER_ENDED.finditer(text)]
    return any(day is not None and _is_off(quarter, day) for quarter, day in ends)


def _is_off(quarter: str, day: date) -> bool:
    number = ("first", "second", "third", "fourth").index(quarter) + 1
    ends = (
        FiscalCalendar(YearEnd(12)).quarter_ends(date(year, 12, 31))[number - 1]
        for year in (day.year - 1, day.year)
    )
    return all(abs((end - day).days) > _OFF for end in ends)


def _stated_rule(text: str, ends: Counter[date]) -> YearEnd | None:
    """`the Saturday closest to January 31`, `the last Friday in April`; the one that dates most years."""
    rules = set()
    for match in _RULE.finditer(text):
        weekday, month = match["day"] or match["last"], match["month"] or match["of"]
        rules.add(YearEnd(MONTHS.index(month[:3]) + 1, _WEEKDAYS.index(weekday), within=bool(match["last"])))
    return _best(rules, ends) if ends else (rules.pop() if len(rules) == 1 else None)


def _stated_month(text: str) -> YearEnd | None:
    months = {MONTHS.index(match["month"][:3]) + 1 for match in _MONTH_DAY.finditer(text)}
    return YearEnd(months.pop()) if len(months) == 1 else None


def _fitting_rule(ends: Counter[date]) -> YearEnd | None:
    """The rule that dates most of these days; None if another dates as many but other days besides."""
    return _best({rule for end in ends for rule in _rules(end)}, ends)


def _best(rules: Iterable[YearEnd], ends: Counter[date]) -> YearEnd | None:
    fits = {rule: sum(count for end, count in ends.items() if _is_end(rule, end)) for rule in rules}
    most = max(fits.values(), default=0)
    if not most:
        return None
    best = [rule for rule, count in fits.items() if count == most]
    # Of years by weeks one in seven ends with its month, and few companies have such.
    by_month = next((rule for rule in best if rule.weekday is None), None)
    if by_month is not None:
        return by_month
    last = max(ends).year
    dated = {tuple(rule.in_year(year) for year in range(last - _YEARS, last + 1)) for rule in best}
    return best[0] if len(dated) == 1 else None


def _rules(end: date) -> Iterable[YearEnd]:
    """Rules that may make `end` a year's last day."""
    for month in (end.month, (end.month - 2) % 12 + 1):
        yield YearEnd(month)
        yield YearEnd(month, end.weekday())
        yield YearEnd(month, end.weekday(), within=True)


def _is_end(rule: YearEnd, end: date) -> bool:
    return end in (rule.in_year(end.year), rule.in_year(end.year - 1))


def _named_by_start(text: str, ends: Counter[date], newest: int | None) -> bool:
    """True if fiscal 2023 ends early in 2024, as said in words or by the newest column's name."""
    for match in _CALLED.finditer(text):
        day = _day(match["date"])
        if day is not None and day.month <= _EARLY and abs(day.year - int(match["name"])) <= 1:
            return day.year == int(match["name"]) + 1
    most = max(ends.values(), default=0)
    often = (end for end, count in ends.items() if 2 * count >= most)  # a year to come is named seldom
    latest = max(often, default=None)
    return latest is not None and latest.month <= _EARLY and latest.year - 1 == newest

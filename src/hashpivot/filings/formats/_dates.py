"""Dates as displayed to their XML form: numeric and English formats of registries 1 to 5 and the SEC's.

A date that is none, such as 31 February, is refused even where a registry would pass it on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from ._numbers import FULL_WIDTH, Reader, misfit, refuse_long

_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_NUMBERS = {month[:3].lower(): number for number, month in enumerate(_MONTHS, start=1)}
_DEVANAGARI = {0x966 + digit: str(digit) for digit in range(10)}
_LONG = "(?P<month>" + "|".join(_MONTHS) + ")"
_SHORT = "(?P<month>" + "|".join(month[:3] for month in _MONTHS) + ")"
_SPELLINGS = [spelled for month in _MONTHS for spelled in (month, month[:3])]
_NAME = "(?P<month>" + "|".join([*_SPELLINGS, *(spelled.upper() for spelled in _SPELLINGS)]) + ")"
_DAY = "(?P<day>[0-9]{1,2})"
_MONTH = "(?P<month>[0-9]{1,2})"
_YEAR = "(?P<year>[0-9]{4}|[0-9]{1,2})"
_FULL_YEAR = "(?P<year>[0-9]{4}|[0-9]{2})"
_GAP = "[^0-9]+"
_pattern: Callable[[str], re.Pattern[str]] = cache(
    re.compile
)  # when first needed: few pages use more than two of these formats


def _dates(shape: str, digits: Mapping[int, str] | None = None) -> Reader:
    """A format whose `shape` has the groups year, month and day, or two of them.

    Args:
        shape: A regular expression.
        digits: Those of another script that it takes.
    """

    def read(text: str) -> str:
        refuse_long(text)
        found = _pattern(shape).fullmatch(text.translate(digits) if digits else text)
        if not found:
            raise misfit(text)
        return _iso(found.groupdict())

    return read


def _iso(words: Mapping[str, str]) -> str:
    """`YYYY-MM-DD`, `--MM-DD` or `YYYY-MM`; a year of one or two digits is one of this century."""
    month = int(_NUMBERS.get(words["month"][:3].lower(), words["month"]))
    written = words.get("year", "2000")  # a leap year, for 29 February of any year
    year = int(written) + (2000 if len(written) <= 2 else 0)
    iso = date(year, month, int(words.get("day", "1"))).isoformat()
    if "year" not in words:
        return f"-{iso[4:]}"
    return iso if "day" in words else iso[:7]


_QUARTER = "[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[1-4]"
_QUARTER_END = (
    rf"(?:(?![0-9]{{2}})\w[^0-9]*)?(?P<before>{_QUARTER})[^0-9]*(?P<year>[0-9]{{4}})"
    rf"|(?P<first>[0-9]{{4}})[^0-9]*(?P<after>{_QUARTER})(?:(?![0-9]).*\w+)?"
)
_LAST_MONTHS = {
    "first": 3,
    "second": 6,
    "third": 9,
    "fourth": 12,
    "last": 12,
    "1": 3,
    "2": 6,
    "3": 9,
    "4": 12,
}


def _quarter_end(text: str) -> str:
    """The last day of a calendar quarter: `second quarter of 2024` is 2024-06-30."""
    refuse_long(text)
    found = _pattern(_QUARTER_END).fullmatch(text)
    if not found:
        raise misfit(text)
    year = int(found["year"] or found["first"])
    month = _LAST_MONTHS[(found["before"] or found["after"]).lower()]
    return date(year, month, 31 if month in (3, 12) else 30).isoformat()


_SUFFIX = "[A-Za-z]{0,2}"
REGISTRY_1: dict[str, Reader] = {
    "dateslashus": _dates(f"{_MONTH}/{_DAY}/{_YEAR}"),
    "dateslasheu": _dates(f"{_DAY}/{_MONTH}/{_YEAR}"),
    "datedotus": _dates(rf"{_MONTH}\.{_DAY}\.{_YEAR}"),
    "datedoteu": _dates(rf"{_DAY}\.{_MONTH}\.{_YEAR}"),
    "datelongus": _dates(f"{_LONG} {_DAY}, {_FULL_YEAR}"),
    "dateshortus": _dates(f"{_SHORT} {_DAY}, {_FULL_YEAR}"),
    "datelonguk": _dates(f"{_DAY} {_LONG} {_FULL_YEAR}"),
    "dateshortuk": _dates(f"{_DAY} {_SHORT} {_FULL_YEAR}"),
    "datelongdaymonthuk": _dates(f"{_DAY} {_LONG}"),
    "dateshortdaymonthuk": _dates(rf"{_DAY}\s+{_SHORT}"),
    "datelongmonthdayus": _dates(f"{_LONG} {_DAY}"),
    "dateshortmonthdayus": _dates(rf"{_SHORT}\s+{_DAY}{_SUFFIX}"),
    "dateslashdaymontheu": _dates(f"{_DAY}/{_MONTH}"),
    "dateslashmonthdayus": _dates(f"{_MONTH}/{_DAY}"),
    "datelongyearmonth": _dates(rf"{_FULL_YEAR}\s+{_LONG}"),
    "dateshortyearmonth": _dates(rf"{_FULL_YEAR}\s+{_SHORT}"),
    "datelongmonthyear": _dates(rf"{_LONG}\s+{_FULL_YEAR}"),
    "dateshortmonthyear": _dates(rf"{_SHORT}\s+{_FULL_YEAR}"),
}
_SHARED = {
    "date-day-month": _dates(f"{_DAY}{_GAP}{_MONTH}"),
    "date-day-monthname-en": _dates(f"{_DAY}{_GAP}{_NAME}"),
    "date-day-monthname-year-en": _dates(f"{_DAY}{_GAP}{_NAME}{_GAP}{_YEAR}"),
    "date-month-day": _dates(f"{_MONTH}{_GAP}{_DAY}[A-Za-z]*"),
    "date-monthname-day-en": _dates(f"{_NAME}{_GAP}{_DAY}{_SUFFIX}"),
    "date-month-day-year": _dates(f"{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}"),
    "date-monthname-day-year-en": _dates(f"{_NAME}{_GAP}{_DAY}{_GAP}{_YEAR}"),
    "date-monthname-year-en": _dates(f"{_NAME}{_GAP}{_YEAR}"),
    "date-year-monthname-en": _dates(f"{_YEAR}{_GAP}{_NAME}"),
}
REGISTRY_2: dict[str, Reader] = {
    **{name.replace("-", "").replace("monthname", "month"): read for name, read in _SHARED.items()},
    "datedaymonthyear": _dates(f"{_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}"),
}
REGISTRY_3: dict[str, Reader] = {
    **REGISTRY_2,
    "datemonthyear": _dates(f"{_MONTH}{_GAP}{_YEAR}"),
    "dateyearmonthday": _dates(f"{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}[^0-9]*", FULL_WIDTH),
}
REGISTRY_4: dict[str, Reader] = {
    **_SHARED,
    "date-day-month-year": _dates(f"{_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}", _DEVANAGARI),
    "date-month-year": _dates(f"{_MONTH}{_GAP}{_YEAR}", _DEVANAGARI),
    "date-year-month": _dates(f"{_YEAR}{_GAP}{_MONTH}[^0-9]*", FULL_WIDTH),
    "date-year-month-day": REGISTRY_3["dateyearmonthday"],
}
SEC: dict[str, Reader] = {"datequarterend": _quarter_end}

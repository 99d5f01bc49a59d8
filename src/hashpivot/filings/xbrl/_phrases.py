"""Dates, durations and booleans as displayed to their XML form: the other half of the registries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from ._number_words import number_from_words
from ._numbers import NUMBER_FORMATS, with_dot

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "of", "the", "day"})
_SEPARATORS = re.compile(r"[\s\-,]+")
_QUARTERS = {"first": "03-31", "second": "06-30", "third": "09-30", "fourth": "12-31", "last": "12-31"}
_QUARTERS |= {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}
_QUARTERS |= {"1st": "03-31", "2nd": "06-30", "3rd": "09-30", "4th": "12-31"}
_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H"}


def _date(order: str, text: str) -> str:
    """An ISO date (or `--MM-DD`, `YYYY-MM`, `---DD`) from day, month and year words in `order`."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _ORDINALS]
    if len(words) != len(order):
        raise ValueError(f"{text!r} is not a date in its format")
    part = {kind: _part(kind, word) for kind, word in zip(order, words, strict=True)}
    year, month, day = part.get("y"), part.get("m"), part.get("d")
    if month is not None and day is not None:
        checked = date(year or 2000, month, day)
        return checked.isoformat() if year else f"--{checked:%m-%d}"
    if month is None or year is None:
        raise ValueError(f"{text!r} is not a date in its format")
    return f"{date(year, month, 1):%Y-%m}"


def _part(kind: str, word: str) -> int:
    if word.isdecimal() and word.isascii():
        number = int(word)
        return number + 2000 if kind == "y" and len(word) <= 2 else number
    if kind != "m" or word[:3].lower() not in _MONTHS:
        raise ValueError(f"{word!r} is no part of a date")
    return _MONTHS.index(word[:3].lower()) + 1


def _fixed(value: str, _text: str) -> str:
    return value


def _ballot_box(text: str) -> str:
    box = {"☐": "false", "☑": "true", "☒": "true"}.get(text.strip())
    if box is None:
        raise ValueError(f"{text!r} is not a ballot box")
    return box


def _yes_no(text: str) -> str:
    answer = {"yes": "true", "no": "false"}.get(re.sub(r"[^a-z]", "", text.lower()))
    if answer is None:
        raise ValueError(f"{text!r} is neither yes nor no")
    return answer


def _duration(unit: str, text: str) -> str:
    """An ISO 8601 duration; the fraction of a year is kept in whole months, that of a month in days."""
    number = Decimal(with_dot(text))
    return _iso_duration({unit: number})


def _duration_words(text: str) -> str:
    parts: dict[str, Decimal] = {}
    words: list[str] = []
    for word in _SEPARATORS.split(text.lower()):
        unit = word.removesuffix("s")
        if unit in _UNITS and words:
            parts[unit] = _amount(" ".join(words))
            words = []
        elif word not in ("", "and"):
            words.append(word)
    if not parts:
        raise ValueError(f"{text[:40]!r} is not a duration")
    return _iso_duration(parts)


def _amount(words: str) -> Decimal:
    if words[:1].isdigit():
        return Decimal(with_dot(words))
    return Decimal(number_from_words(words[:200]))


def _iso_duration(parts: dict[str, Decimal]) -> str:
    parts = dict(parts)
    for whole, smaller, ratio in (("year", "month", 12), ("month", "day", 30), ("week", "day", 7)):
        rest = parts.get(whole, Decimal(0)) % 1
        if rest:
            parts[whole] -= rest
            parts[smaller] = parts.get(smaller, Decimal(0)) + Decimal(round(rest * ratio))
    days = "".join(f"{parts[u]:.0f}{_UNITS[u]}" for u in ("year", "month", "week", "day") if parts.get(u))
    hours = f"T{parts['hour']:f}H" if parts.get("hour") else ""
    return f"P{days}{hours}" if days or hours else "P0D"


def _quarter_end(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    ends = [_QUARTERS[word] for word in words if word in _QUARTERS]
    years = [word for word in words if len(word) == 4 and word.isdecimal()]
    if not (ends and years):
        raise ValueError(f"{text!r} is not the end of a quarter")
    return f"{years[0]}-{ends[0]}"


def _as_displayed(text: str) -> str:
    return text


def _orders() -> dict[str, Callable[[str], str]]:
    """Every name of a date format with English or numeric months, and the order of its parts."""
    named = {
        "dmy": "dateslasheu datedoteu datelonguk dateshortuk datedaymonthyear datedaymonthyearen "
        "datedaymonthnameyearen",
        "mdy": "dateslashus datedotus datelongus dateshortus datemonthdayyear datemonthdayyearen "
        "datemonthnamedayyearen",
        "ymd": "dateyearmonthday",
        "dm": "datelongdaymonthuk dateshortdaymonthuk dateslashdaymontheu datedaymonth datedaymonthen "
        "datedaymonthnameen",
        "md": "datelongmonthdayus dateshortmonthdayus dateslashmonthdayus datemonthday datemonthdayen "
        "datemonthnamedayen",
        "my": "datelongmonthyear dateshortmonthyear datemonthyear datemonthyearen datemonthnameyearen",
        "ym": "datelongyearmonth dateshortyearmonth dateyearmonth dateyearmonthen dateyearmonthnameen",
    }
    return {name: partial(_date, order) for order, names in named.items() for name in names.split()}


TEXT_FORMATS: dict[str, Callable[[str], str]] = {
    **NUMBER_FORMATS,
    **_orders(),
    **{f"dur{unit}": partial(_duration, unit) for unit in _UNITS},
    "durwordsen": _duration_words,
    "datequarterend": _quarter_end,
    "booleanfalse": partial(_fixed, "false"),
    "booleantrue": partial(_fixed, "true"),
    "fixedfalse": partial(_fixed, "false"),
    "fixedtrue": partial(_fixed, "true"),
    "fixedempty": partial(_fixed, ""),
    "nocontent": partial(_fixed, ""),
    "boolballotbox": _ballot_box,
    "yesnoballotbox": _yes_no,
    "countrynameen": _as_displayed,
    "stateprovnameen": _as_displayed,
    "exchnameen": _as_displayed,
    "entityfilercategoryen": _as_displayed,
    "edgarprovcountryen": _as_displayed,
}
"""Local names, hyphens left out, to functions giving the XML form; names of places stay as displayed."""

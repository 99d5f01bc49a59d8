"""Due dates in a sentence: their words, and the last day they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from hashpivot.core import FiscalCalendar

from ._time_words import FORMS, Today

_LEAD = re.compile(
    r"\b(?:by|before|through|until|in|during|throughout|at|for|within|over|to|on|later|into)"
    r"(?: (?:or before|approximately|about|around|the|our|its|and including|late in|course of|period ended))*"
    r"\s*$"
    r"|\b(?:quarter|year|months)(?: period)? (?:ended|ending)\s*$"
    r"|\b(?:by|at|before|through|until) (?:the )?end of(?: the)?\s*$"
    r"|\bduring the course of\s*$",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:as|since|dated|effective|compared)(?: (?:of|at|to|with|on))?(?: \w+)?\s*$", re.IGNORECASE
)
_START = re.compile(
    r"\b(?:begin(?:s|ning)?|start(?:s|ing)?|commenc(?:es?|ing))(?: (?:in|on|by|from))?(?: the)?\s*$",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:mid|early|late|this|next|year|exit|finish)", re.IGNORECASE)
_JOINED = re.compile(r",? ?(?:and|or|through|to)(?: (?:by|in|during))?(?: the)? ?$", re.IGNORECASE)
_NAKED_MONTH = re.compile(r"\b(?:in|during|by|between) (?:[A-Z][a-z]{2,8},? ?(?:and|through|to|or) ?)+$")


@dataclass(frozen=True, slots=True)
class Due:
    """A due date found in a sentence.

    Args:
        start, end: Where its words stand.
        text: Its words.
        days: The last day meant; several where a list such as `in 2024 and 2025` is given.
        begins: True if something begins then: `beginning in March 2026`.
    """

    start: int
    end: int
    text: str
    days: tuple[date, ...]
    begins: bool = False


def find_dues(sentence: str, *, said_on: date, calendar: FiscalCalendar) -> list[Due]:
    """The due dates a sentence gives, in order.

    A time counts if a word such as `by`, `through` or `in` leads to it; `as of` and `since` do not.

    Args:
        sentence: One sentence, white space folded.
        said_on: For words such as `this quarter`.
        calendar: For fiscal quarters and years.
    """
    found: list[Due] = []
    for time in _times(sentence, Today(said_on, calendar)):
        between = sentence[found[-1].end : time.start] if found else ""
        if found and _JOINED.fullmatch(between):
            last = found[-1]
            text = sentence[last.start : time.end]
            found[-1] = replace(last, end=time.end, text=text, days=(*last.days, *time.days))
        elif _is_led(sentence, time):
            found.append(replace(time, begins=_begins(sentence, time)))
    return found


def resolve_due(text: str, *, said_on: date, calendar: FiscalCalendar) -> date | None:
    """The last day of a due date in words, such as `by year-end 2025`; None if it says none.

    Args:
        text: The words, alone or within a sentence; the first due date counts.
        said_on: For words such as `this quarter`.
        calendar: For fiscal quarters and years.
    """
    folded = " ".join(text.split())
    led = find_dues(folded, said_on=said_on, calendar=calendar)
    if led:
        return max(led[0].days)
    whole = (
        time
        for time in _times(folded, Today(said_on, calendar))
        if (time.start, time.end) == (0, len(folded))
    )
    return next((max(time.days) for time in whole), None)


def _times(sentence: str, today: Today) -> Iterator[Due]:
    """All times named in a sentence, in order; longer forms win where they overlap."""
    taken: list[Due] = []
    for pattern, resolve in FORMS:
        for match in pattern.finditer(sentence):
            if any(match.start() < other.end and other.start < match.end() for other in taken):
                continue
            day = resolve({name: word or "" for name, word in match.groupdict().items()}, today)
            if day:
                taken.append(Due(match.start(), match.end(), match.group(), (day,)))
    return iter(sorted(taken, key=lambda due: due.start))


def _begins(sentence: str, time: Due) -> bool:
    return _START.search(sentence, max(0, time.start - 30), time.start) is not None


def _is_led(sentence: str, time: Due) -> bool:
    before = sentence[max(0, time.start - 60) : time.start]
    if _SPEECH.search(before):
        return False
    return bool(_LEAD.search(before) or _NAKED_MONTH.search(before) or _BARE.match(time.text))

"""Preliminary results in sentences: ranges and approximate numbers, kept as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hashpivot.core import MEASURES, FiscalCalendar

from ..mentions import Preliminary
from ..words import Pattern, Quantity, excerpt, find_quantities, patterns

if TYPE_CHECKING:
    from hashpivot.filings import Prose, Sentence

_TABLE = "preliminary.toml"
_LONGEST = 3000  # characters of a sentence with results; longer ones are tables run together
_NOT_LATER = timedelta(days=150)
"""Results are preliminary only for the period that has just ended."""


@dataclass
class _Group:
    """Measures, then as many numbers, and the period that belongs to both."""

    measures: list[str] = field(default_factory=list)
    numbers: list[Quantity] = field(default_factory=list)
    spans: list[tuple[date | None, date]] = field(default_factory=list)
    respectively: bool = False

    def pairs(self) -> Iterator[tuple[str, Quantity, tuple[date | None, date]]]:
        """Measures with their numbers; nothing if it is not certain which belong together."""
        certain = len(self.measures) == len(self.numbers) and len(set(self.spans)) == 1
        if certain and (len(self.measures) == 1 or self.respectively):
            yield from ((m, q, self.spans[0]) for m, q in zip(self.measures, self.numbers, strict=True))


_Token = tuple[int, str, object]
_Tables = Mapping[str, tuple[Pattern, ...]]


def find_preliminary(prose: Prose, *, said_on: date, calendar: FiscalCalendar) -> list[Preliminary]:
    """Return the preliminary results of a text, in order.

    A sentence must call them preliminary (or unaudited estimates) and name measure, period and number; of
    several, each must be certain to belong to one another.

    Args:
        prose: The text.
        said_on: The day it became public; only periods that had ended by then count.
        calendar: The company's, for quarters.
    """
    return [result for sentence in prose for result in _of_sentence(sentence, said_on, calendar)]


def _of_sentence(sentence: Sentence, said_on: date, calendar: FiscalCalendar) -> Iterator[Preliminary]:
    text = sentence.text
    table = patterns(_TABLE)
    if sentence.heading or len(text) > _LONGEST or not any(said.search(text) for said in table["said"]):
        return
    for group in _groups(sorted(_tokens(text, table, calendar), key=lambda token: token[0])):
        for measure, number, (start, end) in group.pairs():
            if measure in MEASURES and said_on - _NOT_LATER <= end <= said_on:
                shown = excerpt(text, number.start, number.end)
                yield Preliminary(measure, number.low, number.high, start, end, str(sentence.locator), shown)


def _tokens(text: str, table: _Tables, calendar: FiscalCalendar) -> Iterator[_Token]:
    """Measures, numbers, periods and `respectively` of a sentence, without what it compares with."""
    apart = [match.span() for pattern in table["apart"] for match in pattern.regex.finditer(text)]

    def counts(start: int) -> bool:
        return not any(first <= start < last for first, last in apart)

    taken: list[tuple[int, int]] = []
    for pattern in table["measure"]:
        for match in pattern.regex.finditer(text):
            if counts(match.start()) and not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                yield match.start(), "measure", pattern.name
    for quantity in find_quantities(text):
        if quantity.kind == "money" and counts(quantity.start):
            yield quantity.start, "number", quantity
    for match in table["period"][0].regex.finditer(text):
        span = _period(match.group(), calendar)
        if span and counts(match.start()):
            yield match.start(), "period", span
    for match in re.finditer(r"\brespectively\b", text):
        yield match.start(), "respectively", None


def _period(words: str, calendar: FiscalCalendar) -> tuple[date | None, date] | None:
    from hashpivot.filings import read_period

    return read_period(words, "", calendar)


def _groups(tokens: list[_Token]) -> list[_Group]:
    """Runs of measures and numbers; a period after the numbers belongs to them if they had none yet."""
    groups = [_Group()]
    for _, kind, what in tokens:
        if kind == "measure" and groups[-1].numbers:
            groups.append(_Group())
        group = groups[-1]
        if kind == "measure":
            group.measures.append(str(what))
        elif isinstance(what, Quantity):
            group.numbers.append(what)
        elif isinstance(what, tuple):
            group.spans.append(what)
        else:
            group.respectively = True
    return groups

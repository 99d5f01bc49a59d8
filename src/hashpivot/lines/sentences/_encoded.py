"""A clause rewritten with one capital letter for each measure, number and period it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hashpivot.core import FiscalCalendar

from ._period_words import befores_in, pairs_in, periods_in
from ._said_numbers import numbers_in
from ._table import NamedMeasure, sentence_table

_TRANSLATED = re.compile(r"(?:rmb|cny) ?[\d.,]+(?: (?:thousand|million|billion))? ?\((us ?\$[^()]*)\)")
_ASIDE = re.compile(r"(?<!\$) ?\((?!\$?[\d.,]+(?: million| billion)?\))[^()]*\)")
_PERCENT = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)? ?(?:%|percent\b)")
_PER_SHARE = re.compile(r",? or \$?\(?[\d.]+\)? (?:loss |income )?(?:per|a) (?:[\w-]+ ){0,5}shares?,?")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]|(?<=[a-z]{4})\d(?![\w.])")
_LOSS = re.compile(r"\((loss|income|profit)\) ")
_Found = tuple[int, int, str, object]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A clause as `sentences.toml` describes it.

    Args:
        text: Lower case; `M`, `V`, `N`, `Y`, `R`, `D`, `L`, `S` and `%` for what it names.
        meanings: What each capital stands for, by its place in the text.
    """

    text: str
    meanings: dict[int, object]


def encode(sentence: str, calendar: FiscalCalendar | None, company: re.Pattern[str]) -> Encoded:
    """Rewrite a sentence; `company` matches its names in lower case."""
    text = plain_words(sentence)
    pieces: list[str] = []
    meanings: dict[int, object] = {}
    last = length = 0
    for start, end, letter, meaning in _chosen(_named(text, calendar, company)):
        pieces += [text[last:start], letter]
        length += start - last
        meanings[length] = meaning
        length += 1
        last = end
    return Encoded("".join([*pieces, text[last:]]), meanings)


def plain_words(sentence: str) -> str:
    """Lower case without asides; of an amount and its translation into dollars the latter."""
    text = " ".join(sentence.lower().replace("’", "'").replace("‐", "-").replace("‑", "-").split())
    text = _FOOTNOTE.sub("", _TRANSLATED.sub(r"\1", text))
    return " ".join(_PER_SHARE.sub("", _ASIDE.sub("", _LOSS.sub("", text))).split())


def _named(text: str, calendar: FiscalCalendar | None, company: re.Pattern[str]) -> Iterator[_Found]:
    """Everything named, the surest first."""
    yield from _lettered("N", numbers_in(text))
    yield from _lettered("%", ((m.start(), m.end(), None) for m in _PERCENT.finditer(text)))
    yield from _lettered("D", pairs_in(text, calendar))
    yield from _lettered("R", befores_in(text))
    yield from _lettered("Y", periods_in(text, calendar))
    yield from _lettered("M", _measures(text))
    source = sentence_table().source
    yield from _lettered("L", ((*m.span("name"), m["name"]) for m in source.finditer(text)))
    for verb in sentence_table().verbs:
        yield from _lettered("V", _matches(verb, text))
    yield from _lettered("S", ((m.start(), m.end(), None) for m in company.finditer(text)))


def _lettered(letter: str, found: Iterable[tuple[int, int, object]]) -> Iterator[_Found]:
    return ((start, end, letter, meaning) for start, end, meaning in found)


def _measures(text: str) -> Iterator[tuple[int, int, NamedMeasure]]:
    """Revenue of a line first: its words are more than those of the total."""
    table = sentence_table()
    total = next(measure for measure in table.measures if measure.pattern.fullmatch("revenue"))
    for found in table.line.finditer(text):
        line = found["before"] or found["behind"]
        yield found.start(), found.end(), replace(total, plain=False, line=line, words=found.group())
    for measure in table.measures:
        yield from _matches(measure, text)


def _matches(measure: NamedMeasure, text: str) -> Iterator[tuple[int, int, NamedMeasure]]:
    return ((m.start(), m.end(), replace(measure, words=m.group())) for m in measure.pattern.finditer(text))


def _chosen(named: Iterable[_Found]) -> list[_Found]:
    """Without those that overlap an earlier one; in order of place."""
    chosen: list[_Found] = []
    for found in named:
        if not any(found[0] < other[1] and other[0] < found[1] for other in chosen):
            chosen.append(found)
    return sorted(chosen, key=lambda found: found[:2])

"""Results stated in the sentences of a release, as facts: measure, number and period, each certain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hashpivot.core import FiscalCalendar
from hashpivot.filings import Context, Fact, Prose, Sentence

from ..rules import default_rules
from ._clause import Stated, stated_in
from ._encoded import encode, plain_words
from ._period_words import BareYear, Before, Current, Span, before, is_long, is_quarter, of_year, only_period
from ._said_numbers import numbers_in
from ._table import sentence_table

_LONGEST = 1500
_LONGEST_HEADING = 200
_RECENT = timedelta(days=200)
"""Annual results appear up to six months after the year."""
_COMPARATIVE = timedelta(days=366)
_PRODUCT = "srt:ProductOrServiceAxis"
_TITLE = re.compile(r"\b(?:announces?|reports?|results)\b")
_BODY = re.compile(r"\b(?:was|were|totall?ed|increased|decreased|announced)\b")
_OPERATING = ("BTC", "ehs", "mw")


class SentenceFact(Fact):
    """A number of a sentence as a fact; it counts as one of the income statement, table 0."""

    __slots__ = ("_label",)
    value: Decimal

    def __init__(self, stated: Stated, span: Span, sentence: Sentence) -> None:
        line = stated.measure.line
        dims = ((_PRODUCT, f"release:{line}"),) if line else ()
        number = stated.number
        context = Context(f"{span}{dims}", "", *span, dims)
        place = (sentence.locator, 0, False)
        super().__init__(
            stated.measure.concept, context, number.unit, number.value, number.text, False, number.decimals,
            place, None,
        )  # fmt: skip
        self._label = stated.measure.label

    @property
    def label(self) -> str:
        """The words that name it."""
        return self._label

    @property
    def table(self) -> int:
        """0: all sentences together stand for the income statement."""
        return 0

    @property
    def row(self) -> int:
        """0: sentences have no rows."""
        return 0

    @property
    def note(self) -> str:
        """That it is no number of a table."""
        return "stated in a sentence"


@dataclass(frozen=True)
class SentenceResults:
    """The results of a text.

    Args:
        facts: One for each measure, line and period.
        warnings: Results that contradict one another and are left out.
    """

    facts: tuple[SentenceFact, ...] = ()
    warnings: tuple[str, ...] = ()


def sentence_results(
    prose: Prose, *, filed: date | None, calendar: FiscalCalendar | None, names: Iterable[str] = ()
) -> SentenceResults:
    """The results that sentences state as final: no ranges, no guidance, no numbers of a month or of others.

    Args:
        prose: The text of a release.
        filed: The day it became public, if known: no period ends later.
        calendar: The company's fiscal calendar, if known.
        names: The company's names.
    """
    reader = _SentenceReader(calendar, names)
    aside = sentence_table().section
    sentences = [sentence for sentence in prose if not aside.search(sentence.section.lower())]
    if not _is_final(sentences) or _is_other_dollar(prose):
        return SentenceResults()
    found = [fact for fact in reader.facts(sentences) if _is_timely(fact, filed)]
    return _agreed(found)


class _SentenceReader:
    """One walk over a text, with the period its headings name."""

    def __init__(self, calendar: FiscalCalendar | None, names: Iterable[str]) -> None:
        self.calendar = calendar
        own = "|".join(["we", "the company", *(re.escape(name.lower()) for name in names if name)])
        self.company = re.compile(rf"(?<![\w-])(?:{own})(?![\w-])")
        self.title: Span | None = None
        self.heading: Span | None = None
        self.segment = False
        self.quoted = False

    def facts(self, sentences: list[Sentence]) -> Iterator[SentenceFact]:
        """The facts of all sentences, in order."""
        paragraph = 0
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph, self.quoted = sentence.paragraph, False
            opens = sentence.text.count("“") - sentence.text.count("”")
            inside, self.quoted = self.quoted, (opens > 0 or (self.quoted and opens == 0))
            if self._is_heading(sentence):
                self._head(sentence)
            elif not inside and sentence.text and len(sentence.text) <= _LONGEST:
                yield from self._of(sentence)

    def _is_heading(self, sentence: Sentence) -> bool:
        """A heading, or a short line without any amount or verb of results."""
        if sentence.heading:
            return True
        text = plain_words(sentence.text)
        if len(text) > _LONGEST_HEADING or sentence.locator.sentence > 1 or _BODY.search(text):
            return False
        return not any(number.unit for _, _, number in numbers_in(text))

    def _head(self, sentence: Sentence) -> None:
        text = plain_words(sentence.text)
        named, says = only_period(text, self.calendar)
        if named and self.title is None and _TITLE.search(text):
            self.title = named
        self.heading = named if says else self.title
        words = text.replace("-", " ")
        self.segment = not _TITLE.search(text) and (
            "segment" in words or (named is None and default_rules().find(words) is not None)
        )

    def _of(self, sentence: Sentence) -> Iterator[SentenceFact]:
        table = sentence_table()
        text = table.aside.sub("", plain_words(sentence.text).rstrip("."))
        if table.skip.search(text):
            return
        for stated in stated_in(encode(text, self.calendar, self.company)):
            span = self._span(stated)
            if span is not None and self._is_sure(stated, span, sentence):
                yield SentenceFact(stated, span, sentence)

    def _span(self, stated: Stated) -> Span | None:
        """The period of a number; that of the heading where its words name none."""
        period = stated.period
        if isinstance(period, Before):
            main = self._span(replace(stated, period=stated.main)) if stated.compared else None
            return before(main, period) if main else None
        if isinstance(period, tuple):
            return period
        if self.heading is None:
            return None
        if isinstance(period, Current):
            return self._current(period, self.heading)
        if isinstance(period, BareYear):
            return of_year(period, self.heading)
        return self.heading

    def _current(self, period: Current, heading: Span) -> Span | None:
        if period.instant:
            return None, heading[1]
        named = period.quarter is None or period.quarter == (heading[1].month - 1) // 3 + 1
        return heading if is_quarter(heading) and named else None

    def _is_sure(self, stated: Stated, span: Span, sentence: Sentence) -> bool:
        """False where measure, number, period or owner do not fit together."""
        measure = stated.measure
        if not measure.concept or measure.unit != stated.number.unit:
            return False
        if measure.instant != (span[0] is None) or not (measure.instant or is_long(span)):
            return False
        if measure.unit in _OPERATING and not _ends_quarter(span):
            return False
        first = sentence.locator.sentence == 1
        return stated.owned or (first and not self.segment)


def _ends_quarter(span: Span) -> bool:
    """True if a span ends with a quarter: other days are those of production updates."""
    return span[1].month % 3 == 0 and span[1].day >= 28


def _is_final(sentences: list[Sentence]) -> bool:
    return not any(sentence_table().preliminary.search(sentence.text.lower()) for sentence in sentences)


def _is_other_dollar(prose: Prose) -> bool:
    return any(sentence_table().other_dollar.search(sentence.text.lower()) for sentence in prose)


def _is_timely(fact: Fact, filed: date | None) -> bool:
    return filed is None or filed - _RECENT - _COMPARATIVE <= fact.end <= filed


def _agreed(found: list[SentenceFact]) -> SentenceResults:
    """One fact of those for one measure and period: the finest; none, with a warning, if they differ."""
    groups: dict[tuple[object, ...], list[SentenceFact]] = defaultdict(list)
    for fact in found:
        groups[fact.concept, fact.context.dims, fact.start, fact.end].append(fact)
    kept, warnings = [], []
    for same in groups.values():
        finest = max(same, key=lambda fact: fact.decimals or 0)
        if all(agrees(finest, fact) for fact in same):
            kept.append(finest)
        else:
            places = ", ".join(f"{fact.value:,f} at {fact.locator}" for fact in same)
            warnings.append(f"sentences on one number differ, none is read: {places}")
    return SentenceResults(tuple(kept), tuple(warnings))


def agrees(fact: Fact, said: Fact) -> bool:
    """True if two numbers are the same within the rounding of both."""
    assert fact.value is not None and said.value is not None
    steps = [Decimal(1).scaleb(-each.decimals) for each in (fact, said) if each.decimals is not None]
    return abs(fact.value - said.value) * 2 <= sum(steps, Decimal(0))

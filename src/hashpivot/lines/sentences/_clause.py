"""Clauses that state results, as forms over encoded words: every word of a form is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ._encoded import Encoded
from ._period_words import BareYear, Before, Current, Span
from ._said_numbers import SaidNumber
from ._table import NamedMeasure

REVENUE = "us-gaap:Revenues"
Period = Span | Before | Current | BareYear | None
"""None where a clause names none."""

_OWN = r"(?:S's |S' |our |the company's )?"
_KIND = r"(?:(?:a|an|the|quarterly|reported|unaudited|record|strong) )*"
_WHOSE = rf"(?P<whose>{_OWN}){_KIND}"
_NAMED = r"(?:(?P<front>Y) )?"
_ABOUT = r"(?:approximately |about |a record |a total of |a )?"
_YEAR = r"(?:,? (?:for|in|during|of|as of|as at|at|on) (?:the |its |our )?Y)"
_WAS = r"(?:was|were|totaled|totalled|amounted to)"
_LINK = rf"(?:,? (?:{_WAS}|is|are|came to|came in at|reached|stood at|of|at)|:| -| –| —)"
_MOVED = r" (?:increased|rose|grew|climbed|improved|decreased|declined|fell|dropped|narrowed|widened)"
_PACE = r"(?: (?:year[- ]over[- ]year|yoy|sequentially|quarter[- ]over[- ]quarter))?"
_BY = r"(?: by)?(?: approximately| about)? (?:%|N(?:,? or (?:approximately )?%)?,?)"
_TO = rf"{_MOVED}{_PACE}(?:{_BY})?{_PACE}(?P<yearm>{_YEAR})?,? to"
_SUBJECT = r"S,? "
_VERB = (
    r"(?:reported|recorded|generated|posted|achieved|delivered|recogni[sz]ed|had|held|earned|realized|incurred"
    r"|announced|ended (?P<yeart>Y) with)"
)
_AT = r"(?:for|in|during|as of|at)"
_LEAD = rf"(?:(?P<lead>{_AT} (?:the |its |our )?Y),? )?"
_HEADS = (
    re.compile(
        rf"{_LEAD}(?:(?P<subject>(?:{_SUBJECT})?{_VERB}) {_KIND}|{_WHOSE}){_NAMED}"
        rf"(?P<m>M)(?P<year>{_YEAR})?(?:{_LINK}|{_TO}) {_ABOUT}(?P<n>N)(?P<yearn>{_YEAR})?"
    ),
    re.compile(
        rf"{_LEAD}(?P<subject>(?:{_SUBJECT})?{_VERB}) {_ABOUT}(?P<n>N) (?:in|of) {_KIND}(?P<m>M)"
        rf"(?P<yearn>{_YEAR})?"
    ),
    re.compile(rf"{_LEAD}(?P<subject>(?:{_SUBJECT})?)(?P<m>V) {_ABOUT}(?P<n>N)(?P<yearn>{_YEAR})?"),
)
_SOURCE = re.compile(rf" from (?:our |the )?(?P<line>L)(?P<year>{_YEAR})?")
_CHANGE = re.compile(
    r"(?:,|,? (?:and|or|representing|which is))? ?(?:an? |the )?"
    r"(?:% (?:increase|decrease|decline|growth|rise|drop|improvement|higher|lower)"
    r"|(?:increase|decrease|decline|growth|rise|drop|improvement) of (?:approximately )?[%N]"
    r"(?:,? or (?:approximately )?[%N])?"
    r"|(?:up|down|increasing|decreasing|higher|lower) (?:by )?(?:approximately )?%"
    r"|change of N|N (?:increase|decrease|decline))"
    r"(?: (?:year[- ]over[- ]year|yoy|sequentially|quarter[- ]over[- ]quarter|year on year))?"
    r"(?: (?:from|over|compared to|compared with|versus|than) (?:the )?[RY](?! N))?"
)
_COMPARED = re.compile(
    r",? (?:as )?(?:compared (?:to|with)|versus|vs\.?|(?:as )?against"
    rf"|(?:up |down |increasing |decreasing )?from|than|over) {_KIND}(?:(?P<m>M) of )?{_ABOUT}(?P<n>N)"
    r",? (?:(?:for|in|during|of|as of|at|on|from) )?(?:the |its |our )?(?P<year>[RY])"
)
_AND = re.compile(
    rf",? and (?:from |to )?{_KIND}(?:(?P<m>M) of )?{_ABOUT}(?P<n>N),? {_AT} "
    r"(?:the )?(?P<year>[RY])"
)
_TWO_YEARS = re.compile(
    rf"{_WHOSE}(?P<m>M)(?: {_AT} (?:the )?(?P<first>D))? {_WAS} "
    rf"{_ABOUT}(?P<n>N) and {_ABOUT}(?P<n2>N)(?:,? {_AT} (?:the )?(?P<last>D))?,? respectively"
)
_SEVERAL = re.compile(
    rf"{_LEAD}{_WHOSE}"
    rf"(?P<ms>M(?:, (?:{_KIND})M)*,? and {_KIND}M)(?P<year>{_YEAR})? {_WAS} "
    rf"(?P<ns>{_ABOUT}N(?:, {_ABOUT}N)*,? and {_ABOUT}N),? respectively(?P<yearn>,?{_YEAR})?"
)
_NEXT = re.compile(r"(?:;|,? (?:and|while|with)) ")
_PLACE = r"(?! ?(?:and|or|to|for|at|in|from|of|on|by|per|under|across|within)\b)"
_END = re.compile(rf"\s*[.;]?$|(?:,|;| - | – | — )(?!.*(?:\brespectively\b|\bper\b)){_PLACE}")


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of a clause.

    Args:
        measure: What it measures.
        number: With its unit, sign applied.
        period: As named; None where the clause names none.
        owned: True if the words say whose it is: `our`, `we reported`, `total`.
        compared: True for a number that a result is compared with.
        main: Then the period of that result, from which `Before` counts.
    """

    measure: NamedMeasure
    number: SaidNumber
    period: Period
    owned: bool
    compared: bool = False
    main: Period = None


def stated_in(clause: Encoded) -> list[Stated]:
    """The numbers that the clauses of an encoded sentence state, in order; none of one with unknown words."""
    found: list[Stated] = []
    place = 0
    while place < len(clause.text):
        one = _Clause(clause, place)
        if not one.read():
            break
        found += one.stated
        follows = _NEXT.match(clause.text, one.end)
        if not follows:
            break
        place = follows.end()
    named = next((stated.period for stated in found if stated.period and not stated.compared), None)
    return [_with_period(stated, named) for stated in found]


def _with_period(stated: Stated, named: Period) -> Stated:
    """Clauses without a period are about the one that another clause of the sentence names."""
    if stated.compared:
        return replace(stated, main=stated.main or named)
    return replace(stated, period=stated.period or named)


def _last_day(period: Period) -> Period:
    """Of `ended the quarter with`."""
    if isinstance(period, Current):
        return replace(period, instant=True)
    return (None, period[1]) if isinstance(period, tuple) else period


class _Clause:
    """One clause, read from a place on."""

    def __init__(self, encoded: Encoded, place: int) -> None:
        self.encoded = encoded
        self.text = encoded.text
        self.meanings = encoded.meanings
        self.place = place
        self.end = place
        self.stated: list[Stated] = []

    def read(self) -> bool:
        """True if the clause matches a form to its end."""
        return (self._two_years() or self._several() or self._one()) and self._ends()

    def _one(self) -> bool:
        found = next(filter(None, (head.match(self.text, self.place) for head in _HEADS)), None)
        if not found:
            return False
        groups = found.groupdict()
        named = [name for name in ("lead", "yeart", "front", "year", "yearm", "yearn") if groups.get(name)]
        periods = [found.end(name) - 1 for name in named]
        if len(periods) > 1:
            return False
        measure = self._measure(found.start("m"))
        period = self._period(periods[0]) if periods else None
        if groups.get("yeart"):
            period = _last_day(period)
        owned = bool(groups.get("subject") or groups.get("whose")) or not measure.plain
        self.end = found.end()
        source = _SOURCE.match(self.text, self.end)
        if source:
            if not (measure.plain and measure.concept == REVENUE) or (source["year"] and periods):
                return False
            measure = replace(measure, line=str(self.meanings[source.start("line")]), plain=False)
            period = self._period(source.end("year") - 1) if source["year"] else period
            self.end = source.end()
        self.stated.append(self._said(measure, found.start("n"), period, owned))
        self._tail(measure, period, owned)
        return True

    def _tail(self, measure: NamedMeasure, period: Period, owned: bool) -> None:
        """Changes, and the numbers it is compared with."""
        patterns = (_COMPARED, _CHANGE, _AND)
        while found := next(filter(None, (p.match(self.text, self.end) for p in patterns)), None):
            if found.re is not _CHANGE:
                own = self._measure(found.start("m")) if found["m"] else measure
                if own.concept != measure.concept or own.line != measure.line:
                    return
                then = self._period(found.start("year"))
                said = self._said(own, found.start("n"), then, owned)
                self.stated.append(replace(said, compared=True, main=period))
            self.end = found.end()

    def _two_years(self) -> bool:
        found = _TWO_YEARS.match(self.text, self.place)
        if not found:
            return False
        measure = self._measure(found.start("m"))
        owned = bool(found["whose"]) or not measure.plain
        if bool(found["first"]) == bool(found["last"]):
            return False
        spans: tuple[Span, Span] = self.meanings[found.start("first" if found["first"] else "last")]  # type: ignore[assignment]
        for name, span in zip(("n", "n2"), spans, strict=True):
            self.stated.append(self._said(measure, found.start(name), span, owned))
        self.end = found.end()
        return True

    def _several(self) -> bool:
        found = _SEVERAL.match(self.text, self.place)
        if not found:
            return False
        years = [found.end(name) - 1 for name in ("lead", "year", "yearn") if found[name]]
        measures, numbers = (
            [place for place in range(*found.span(group)) if self.text[place] == letter]
            for group, letter in (("ms", "M"), ("ns", "N"))
        )
        if len(years) > 1 or len(measures) != len(numbers):
            return False
        period = self._period(years[0]) if years else None
        for measure, number in zip(map(self._measure, measures), numbers, strict=True):
            owned = bool(found["whose"]) or not measure.plain
            self.stated.append(self._said(measure, number, period, owned))
        self.end = found.end()
        return True

    def _ends(self) -> bool:
        """True if nothing follows that could change what was said: an apposition, another clause, the end."""
        if _END.match(self.text, self.end):
            return True
        follows = _NEXT.match(self.text, self.end)
        return follows is not None and _Clause(self.encoded, follows.end()).read()

    def _said(self, measure: NamedMeasure, place: int, period: Period, owned: bool) -> Stated:
        number: SaidNumber = self.meanings[place]  # type: ignore[assignment]
        value = -abs(number.value) if measure.sign < 0 else number.value
        return Stated(measure, replace(number, value=value), period, owned)

    def _measure(self, place: int) -> NamedMeasure:
        measure = self.meanings[place]
        assert isinstance(measure, NamedMeasure)
        return measure

    def _period(self, place: int) -> Period:
        return self.meanings[place]  # type: ignore[return-value]

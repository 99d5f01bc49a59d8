"""Contracts announced in a text: counterparty, size, term, value and start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hashpivot.core import FiscalCalendar

from ..mentions import PARTY, TERMS, ContractMention
from ..words import Due, excerpt, find_dues, find_quantities, metric_of, patterns

if TYPE_CHECKING:
    from hashpivot.filings import Prose, Sentence


_WITH = re.compile(
    r"\b[Ww]ith (?P<name>(?:an?|its|our|the) (?:[a-z][\w\-]* ){0,3}"
    r"(?:customer|hyperscaler|tenant|client|cloud provider|AI company)|"
    r"(?!the\b|our\b|its\b|an?\b)[A-Z][\w&.’'\-]*(?:,? (?:[A-Z][\w&.’'\-]*|of|and(?= [A-Z])))*)"
)
_SHORT = re.compile(
    r"(?P<name>[A-Z][\w&.’'\-]*(?:,? (?:[A-Z][\w&.’'\-]*|of|and(?= [A-Z])))*)"
    r",? \((?:the |collectively, )?[“\"](?P<short>[A-Z][\w&.’'\- ]*)[”\"]\)"
)
_AGREED = re.compile(
    r"(?P<name>[A-Z][\w&.’'\-]*(?: [A-Z][\w&.’'\-]*)*) agreed to (?:lease|rent|license|take)"
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_LARGE = {"ten": 10, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-five": 25}
_SKIPPED = re.compile(
    r"risk factors|forward[- ]looking|cautionary|legal proceedings|litigation|exhibits", re.IGNORECASE
)


def find_contracts(prose: Prose, *, said_on: date, calendar: FiscalCalendar) -> list[ContractMention]:
    """Return the contracts to house or rent machines that a text announces, each once.

    A size or a value must stand in the sentence of the signing or after it in the same paragraph.

    Args:
        prose: The text.
        said_on: The day it became public.
        calendar: The company's.
    """
    full_name = _full_names(prose)
    found: list[ContractMention] = []
    for _, group in groupby(prose, key=lambda sentence: sentence.paragraph):
        for story in _stories([s for s in group if not s.heading and not _SKIPPED.search(s.section)]):
            mention = _mention(story, said_on, calendar)
            if mention and (mention.mw or mention.mw_critical_it or mention.gpus or mention.value_usd):
                _add(found, replace(mention, counterparty=full_name(mention.counterparty)))
    return found


def _add(found: list[ContractMention], mention: ContractMention) -> None:
    """Add a contract; one that is told again, at more length or in fewer words, counts once."""
    for place, earlier in enumerate(found):
        if _may_be_one(earlier, mention):
            found[place] = _together(earlier, mention)
            return
    found.append(mention)


def _may_be_one(first: ContractMention, second: ContractMention) -> bool:
    """True if no term differs and, of a party with a name, a size or the value is the same."""
    if first.terms == second.terms:
        return True
    named = first.counterparty[:1].isupper()
    pairs = list(zip(first.terms, second.terms, strict=True))
    shared = any(a == b and a is not None for a, b in pairs[len(PARTY) + 1 :])
    return named and shared and all(a == b or a is None or b is None for a, b in pairs)


def _together(first: ContractMention, second: ContractMention) -> ContractMention:
    """The first mention with what the second adds."""
    added: dict[str, Any] = {name: getattr(second, name) for name in TERMS if getattr(first, name) is None}
    if first.start is None:
        added |= {"start": second.start, "start_text": second.start_text}
    return replace(first, **added)


def _full_names(prose: Prose) -> Callable[[str], str]:
    """From the short name a text gives a party, `Cloudco Holdings, Inc. (“Cloudco”)`, to the full one."""
    full: dict[str, str] = {}
    for sentence in prose:
        for named in _SHORT.finditer(sentence.text):
            full.setdefault(named["short"], named["name"].strip(" ,."))
    return lambda name: full.get(name, name)


def _stories(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Runs of a paragraph, each beginning with the sentence that announces a signing."""
    story: list[Sentence] = []
    for sentence in sentences:
        formed = any(pattern.search(sentence.text) for pattern in patterns("contracts.toml")["formed"])
        if formed and story:
            yield story
        if formed or story:
            story = [sentence] if formed else [*story, sentence]
    if story:
        yield story


def _mention(story: list[Sentence], said_on: date, calendar: FiscalCalendar) -> ContractMention | None:
    head = story[0]
    party = _WITH.search(head.text) or _AGREED.search(head.text)
    if not party or any(pattern.search(head.text) for pattern in patterns("contracts.toml")["apart"]):
        return None
    sizes = _sizes(story)
    start = _start(story, said_on, calendar)
    return ContractMention(
        role=_role(story),
        counterparty=party["name"].strip(" ,."),
        mw_critical_it=sizes.get("power_critical_it"),
        mw=sizes.get("power_gross") or sizes.get("power_energized"),
        gpus=sizes.get("gpus"),
        term_years=_term(story),
        value_usd=sizes.get("contract_value"),
        start=start.days[0] if start else None,
        start_text=start.text if start else "",
        locator=str(head.locator),
        excerpt=excerpt(head.text, party.start(), party.end()),
    )


def _role(story: list[Sentence]) -> str:
    hosted = patterns("contracts.toml")["customer"]
    return "customer" if any(p.search(s.text) for p in hosted for s in story) else "provider"


def _sizes(story: list[Sentence]) -> dict[str, Decimal]:
    """The first number of each metric that is agreed, not optional."""
    sizes: dict[str, Decimal] = {}
    optional = patterns("contracts.toml")["optional"]
    for sentence in story:
        if any(pattern.search(sentence.text) for pattern in optional):
            continue
        for quantity in find_quantities(sentence.text):
            metric = metric_of(quantity, sentence.text)
            number = quantity.high if quantity.low is None else quantity.low
            if metric and number is not None:
                sizes.setdefault(metric, number)
    return sizes


def _term(story: list[Sentence]) -> Decimal | None:
    for sentence in story:
        for pattern in patterns("contracts.toml")["term"]:
            match = pattern.search(sentence.text)
            if match:
                return _years(match["count"].lower(), match["span"].lower())
    return None


def _years(word: str, span: str) -> Decimal:
    count = int(word) if word.isdecimal() else (_COUNTS | _LARGE)[word]
    return Decimal(count) if span == "year" else (Decimal(count) / 12).quantize(Decimal("0.01"))


def _start(story: list[Sentence], said_on: date, calendar: FiscalCalendar) -> Due | None:
    for sentence in story:
        for pattern in patterns("contracts.toml")["start"]:
            match = pattern.search(sentence.text)
            if match:
                dues = find_dues(sentence.text[match.start() :], said_on=said_on, calendar=calendar)
                if dues:
                    return dues[0]
    return None

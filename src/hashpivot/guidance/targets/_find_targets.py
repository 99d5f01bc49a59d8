"""Finding targets: each number, the cue that governs it, the metric it measures and its due date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from hashpivot.core import FiscalCalendar
from hashpivot.ledger import Target

from ..words import Cue, Quantity, excerpt, find_cues, find_dues, find_quantities, finds, metric_of
from ._dollars_in_thousands import with_scale
from ._due_dates import due_of, is_over, open_dues
from ._governing_cue import governing, is_reached, stance_of
from ._revenue_scope import scope_of

if TYPE_CHECKING:
    from hashpivot.filings import Prose, Sentence


LONGEST = 3000
MOST = 40
_COUNTED = ("machines", "gpus")
_NUMBER = re.compile(r"\d|[MG]W|watts?\b", re.IGNORECASE)  # numbers may be spelt: five megawatts
_UNIT = re.compile(r"^ ?\([^)]{0,40}\)")


def find_targets(
    prose: Prose, *, said_on: date, calendar: FiscalCalendar, names: tuple[str, ...] = ()
) -> list[Target]:
    """The company's own targets in a text, in order.

    Left out: what is done, denied, hypothetical or said of others, boilerplate and risk factors.

    Args:
        prose: The text.
        said_on: The day it became public.
        calendar: The company's, for fiscal quarters and years.
        names: The company's names; if given, forward words said of other proper names do not count.
    """
    found = (
        target
        for sentence, bare_dollar in with_scale(prose)
        if not _is_skipped(sentence)
        for target in _targets_of(sentence, bare_dollar, said_on, calendar, names)
    )
    return list(found)


def find_withdrawals(prose: Prose, *, said_on: date, calendar: FiscalCalendar) -> list[Target]:
    """Targets the company says it will not reach, in order; arguments as `find_targets`."""
    found: list[Target] = []
    for sentence, bare_dollar in with_scale(prose):
        if _is_skipped(sentence):
            continue
        quantities = find_quantities(sentence.text, bare_dollar=bare_dollar)
        if not 0 < len(quantities) <= MOST:
            continue
        cues = find_cues(sentence.text)
        denied = [pair for pair in _governed(quantities, cues, sentence.text) if pair[1].is_withdrawn]
        found.extend(_made(sentence, denied, quantities, cues, said_on, calendar))
    return found


def _is_skipped(sentence: Sentence) -> bool:
    if sentence.heading or len(sentence.text) > LONGEST or not _NUMBER.search(sentence.text):
        return True
    return finds("section", sentence.section) or finds("skip", sentence.text)


def _is_aside(quantity: Quantity, cue: Cue, text: str) -> bool:
    """True if the number only names a thing: `the first 400 MW phase`."""
    around = (
        f"{text[max(0, quantity.start - 80) : quantity.start]}#{_UNIT.sub('', text[quantity.end :])[:80]}"
    )
    words = text[quantity.start : quantity.end].split(" ", 1)[1:] if quantity.unit in _COUNTED else []
    around = around.replace("#", " ".join(["#", *words]))
    to_be_reached = cue.start >= quantity.end and is_reached(cue, text)
    return finds("aside", around) or (not to_be_reached and finds("named", around))


def _targets_of(
    sentence: Sentence, bare_dollar: int, said_on: date, calendar: FiscalCalendar, names: tuple[str, ...]
) -> Iterator[Target]:
    quantities = find_quantities(sentence.text, bare_dollar=bare_dollar)
    if not 0 < len(quantities) <= MOST:
        return
    cues = find_cues(sentence.text, names)
    meant = [
        (quantity, cue)
        for quantity, cue in _governed(quantities, cues, sentence.text)
        if cue.is_forward and not _is_aside(quantity, cue, sentence.text)
    ]
    yield from _made(sentence, meant, quantities, cues, said_on, calendar)


def _governed(quantities: list[Quantity], cues: list[Cue], text: str) -> list[tuple[Quantity, Cue]]:
    """The quantities that a cue governs, each with its cue."""
    pairs = ((quantity, governing(quantity, cues, text, quantities)) for quantity in quantities)
    return [(quantity, cue) for quantity, cue in pairs if cue]


def _made(
    sentence: Sentence,
    meant: list[tuple[Quantity, Cue]],
    quantities: list[Quantity],
    cues: list[Cue],
    said_on: date,
    calendar: FiscalCalendar,
) -> Iterator[Target]:
    """The targets of the quantities meant, each once."""
    text = sentence.text
    times = find_dues(text, said_on=said_on, calendar=calendar) if meant else []
    dues = open_dues(times, said_on, text)
    seen: set[tuple[object, ...]] = set()
    for quantity, cue in meant:
        metric = metric_of(quantity, text, cue)
        key = (metric, quantity.low, quantity.high)
        if not metric or key in seen:
            continue
        seen.add(key)
        if cue.kind != "contracted" and is_over(due_of(quantity, quantities, times, cues, text)[0], said_on):
            continue
        due, words = due_of(quantity, quantities, dues, cues, text)
        yield Target(
            metric, quantity.low, quantity.high, quantity.unit, due, words, stance_of(quantity, cue, text),
            sentence.locator, excerpt(text, quantity.start, quantity.end), said_on,
            quantity.added or (metric, cue.kind) == ("hash_rate", "contracted"),
            scope=scope_of(metric, quantity, text),
        )  # fmt: skip

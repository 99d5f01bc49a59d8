"""Which due date belongs to which number of a sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..words import Cue, Due, Quantity, are_listed

_LAG = timedelta(days=61)
_BALANCE = re.compile(r"\b(?:on|at) $", re.IGNORECASE)
_GOODS = re.compile(r"\b(?:deliver|shipment|shipping)", re.IGNORECASE)
_IS = re.compile(r" (?:is|are|remains|of|at)(?: (?:about|approximately))? \$?")
_NEXT = re.compile(r"\b(?:and|but|while|which)\b")
_BEYOND = re.compile(
    r",? (?:with|and) (?:an? |the )?(?:potential|option|ability|possibility|room|opportunity)", re.IGNORECASE
)
_BREAK = re.compile(r";|\bcompared (?:to|with)\b|\bwhich (?:was|were)\b|\brent\b|\bof (?:them|these)\b")


def open_dues(dues: list[Due], said_on: date, sentence: str) -> list[Due]:
    """Those that can still be due on the day they were said.

    A report appears up to two months after the words were written, or the period they speak of ended. A past
    day with `on` or `at` before it is that of a balance.
    """
    return [
        due
        for due in dues
        if not is_over(max(due.days), said_on)
        and not (max(due.days) < said_on and _BALANCE.search(sentence[: due.start]))
    ]


def is_over(due: date | None, said_on: date) -> bool:
    """True if a due date was long past on the day it was said: `in 2023 we forecast ...` written in 2025."""
    return due is not None and due < said_on - _LAG


def due_of(
    quantity: Quantity, quantities: list[Quantity], dues: list[Due], cues: list[Cue], sentence: str
) -> tuple[date | None, str]:
    """The due date of a quantity and its words: the first one behind it, else one that leads to it.

    Of `beginning in March and completing in May` the end counts. A list of dates `respectively` is dealt out
    over the numbers before it; any other list means its last day.
    """
    alike = [q for q in quantities if q.unit == quantity.unit]
    after = _after(quantity, quantities, dues)
    if after and _reaches(quantity, after, quantities, cues, sentence):
        group = [q for q in alike if q.start < after.start][-len(after.days) :]
        if "respectively" in sentence[after.end : after.end + 20] and quantity in group:
            return after.days[group.index(quantity)], after.text
        return max(after.days), after.text
    before = [due for due in dues if due.end <= quantity.start]
    if before and _leads(before[-1], quantity, cues, sentence):
        return max(before[-1].days), before[-1].text
    return None, ""


def _after(quantity: Quantity, quantities: list[Quantity], dues: list[Due]) -> Due | None:
    """The first date behind a number; of a beginning and an end with no number between them the end."""
    behind = [due for due in dues if due.start >= quantity.end]
    if len(behind) > 1 and behind[0].begins:
        between = any(behind[0].end <= q.start < behind[1].start for q in quantities)
        return behind[0] if between else behind[1]
    return behind[0] if behind else None


def _reaches(
    quantity: Quantity, due: Due, quantities: list[Quantity], cues: list[Cue], sentence: str
) -> bool:
    """True if nothing done, apart or of another number stands between a number and a due date behind it."""
    past = any(cue.kind == "past" and quantity.end <= cue.start < due.start for cue in cues)
    between = [q for q in quantities if quantity.end <= q.start < due.start]
    if past or any(_is_apart(quantity, other, cues, sentence) for other in between):
        return False
    way = sentence[quantity.end : due.start]
    return not _BREAK.search(way) and not (quantity.unit == "usd" and _GOODS.search(way))


def _is_apart(first: Quantity, second: Quantity, cues: list[Cue], sentence: str) -> bool:
    """True if what is said of the second number is not said of the first."""
    if any(first.end <= cue.start < second.start for cue in cues):
        return True
    return first.unit == second.unit and not are_listed(first, second, sentence)


def _leads(due: Due, quantity: Quantity, cues: list[Cue], sentence: str) -> bool:
    """True if the way from a due date to the number behind it is forward: `By 2026 we expect ...`."""
    way = sentence[due.end : quantity.start]
    if _BREAK.search(way) or _BEYOND.match(way):
        return False
    between = [cue for cue in cues if due.end <= cue.start < quantity.start]
    if not between:
        return _IS.fullmatch(way) is not None
    joined = any(cue.start < due.start for cue in cues) and _NEXT.search(way)
    return not joined and all(cue.is_forward and cue.kind != "contracted" for cue in between)

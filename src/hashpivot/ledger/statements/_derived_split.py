"""The qualified parts of a derived statement's lines: derived as the lines are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from hashpivot.core import Figure

from ._combine import combine
from ._statement import Slot, Statement

Parts = Sequence[tuple[int, Statement]]


def derived_split(parts: Parts, slots: Sequence[Slot], start: date, end: date) -> tuple[Figure, ...]:
    """Return one figure for each line and qualifier of the statements a quarter is derived from.

    A line is told apart only if every statement that has an amount of it tells it apart; a qualifier that one
    of them lacks is then zero there.

    Args:
        parts: `(+1 or -1, statement)`.
        slots: The lines of the derived statement.
        start: Its first day.
        end: Its last day.
    """
    return tuple(
        figure for slot in slots if _told_apart(parts, slot) for figure in _of(parts, slot, start, end)
    )


def _told_apart(parts: Parts, slot: Slot) -> bool:
    with_amount = [statement for _, statement in parts if statement.amount(slot)]
    return bool(with_amount) and all(any(f.line == slot for f in s.split) for s in with_amount)


def _of(parts: Parts, slot: Slot, start: date, end: date) -> Iterator[Figure]:
    rows = [(sign, row) for sign, statement in parts for row in statement.split if row.line == slot]
    for qualifier in dict.fromkeys(row.qualifier for _, row in rows):
        terms = [(sign, row) for sign, row in rows if row.qualifier == qualifier]
        yield replace(combine(terms, replace(terms[0][1], start=start, end=end)), qualifier=qualifier)

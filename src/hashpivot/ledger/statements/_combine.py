"""One derived figure from several: sums, differences, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from hashpivot.core import NO_LOCATOR, Figure, Kind

from ._basis import shared_basis

SUM_NOTE = "sum of "
"""How the note of a figure summed from several rows begins."""


def combine(terms: Sequence[tuple[int, Figure]], like: Figure, note: str = "") -> Figure:
    """Return the figure that adds and subtracts others: formula, operands, coarsest rounding, latest day.

    Args:
        terms: `(+1 or -1, figure)`; the result names them in this order.
        like: Gives company, measure, line, period and unit.
        note: How it came about, in words. A note that every operand carries follows it; a note that only
            some carry stays with them.
    """
    formula = "".join(f" {'+' if sign > 0 else '-'} {{{n}}}" for n, (sign, _) in enumerate(terms))
    steps = [figure.decimals for _, figure in terms if figure.decimals is not None]
    return replace(
        like,
        value=sum((sign * figure.value for sign, figure in terms), Decimal(0)),
        label="",
        source="",
        locator=NO_LOCATOR,
        known=max(figure.known for _, figure in terms),
        kind=Kind.DERIVED,
        decimals=min(steps, default=None),
        breakdown=shared_basis([figure for _, figure in terms]),
        formula=formula.removeprefix(" + ").strip(),
        operands=tuple(figure.id for _, figure in terms),
        qualifier="",
        note="; ".join(dict.fromkeys(filter(None, (note, *_shared_notes(figure for _, figure in terms))))),
    )


def _shared_notes(figures: Iterable[Figure]) -> list[str]:
    """The notes all figures carry, without those on how one of them was summed."""
    first, *others = (figure.note.split("; ") for figure in figures)
    return [
        note for note in first if all(note in notes for notes in others) and not note.startswith(SUM_NOTE)
    ]

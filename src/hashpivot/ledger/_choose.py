"""Which of several reported figures answers a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from ._statement import Statement

Vintage = Literal["latest", "first"]
Rank = Callable[[Statement], tuple[object, ...]]

GRADES = "ABC"


def rank(vintage: Vintage) -> Rank:
    """The order of preference, best first.

    Complete before incomplete lines; a filing (A) before a release (B) before secondary text (C); then the
    latest known, or the earliest for `first`; then the better tie with the total, more lines, and at last
    the source's key, so that the answer never depends on the order of rows.
    """
    direction = -1 if vintage == "latest" else 1

    def order(statement: Statement) -> tuple[object, ...]:
        return (
            statement.fit.complete,
            statement.grade,
            direction * statement.known.toordinal(),
            statement.fit,
            -len(statement.signature),
            statement.source,
            min(figure.label for figure in statement.figures.values()),
        )

    return order


def choose(candidates: Iterable[Statement], order: Rank) -> Statement | None:
    """The best statement, or one that says the same with less rounding; None if there are none."""
    ranked = sorted(candidates, key=order)
    if not ranked:
        return None
    best = ranked[0]
    return next((finer for finer in ranked[1:] if best.agrees(finer)), best)


def prefer_derived(reported: Statement, derived: Statement) -> bool:
    """True if a derived quarter is better than the reported one.

    That is so if the reported one is only secondary and the derivation stands on filings alone, or if both
    say the same, the derived one with less rounding and from sources no worse.
    """
    if reported.grade == "C" and derived.grade == "A":
        return reported.signature <= derived.figures.keys()
    return derived.grade <= reported.grade and reported.agrees(derived)

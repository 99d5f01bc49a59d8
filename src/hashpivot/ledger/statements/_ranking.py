"""Rank reported statements, to choose which of several answers a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal

from hashpivot.core import Source, filing_deadline

from ._standing import SourceStanding
from ._statement import Statement

Vintage = Literal["latest", "first"]
Rank = Callable[[Statement], tuple[object, ...]]


def rank(vintage: Vintage, sources: Mapping[str, Source]) -> Rank:
    """Return the order of preference, best first.

    Complete before incomplete lines; then the document of the better standing, and within one the better
    grade; then the latest known, or the earliest for `first`; then the better tie with the total, more lines,
    and at last the source's key, so that the answer never depends on the order of rows.

    Args:
        vintage: `latest` or `first`.
        sources: Sources by key.
    """
    direction = -1 if vintage == "latest" else 1
    best = (
        SourceStanding.REPORT if vintage == "latest" else SourceStanding.RELEASE
    )  # a release may be what was first

    def order(statement: Statement) -> tuple[object, ...]:
        return (
            statement.tie_status.incompleteness,
            max(statement.standing, best),
            statement.grade,
            direction * _published(statement, sources.get(statement.source)).toordinal(),
            -direction * statement.standing,
            statement.tie_status,
            -len(statement.signature),
            statement.source,
            min(figure.label for figure in statement.figures.values()),
        )

    return order


def _published(statement: Statement, source: Source | None) -> date:
    """Day by which statements are ordered in time.

    Where only a deadline is known, every source of a period counts as of the day of its quarterly report.
    """
    if source and source.known_basis == "deadline" and source.period_end:
        return filing_deadline("10-Q", source.period_end)
    return source.known if source else statement.known


def choose(candidates: Iterable[Statement], order: Rank) -> Statement | None:
    """Return the best statement, or one that says the same with less rounding; None if there are none."""
    every = list(candidates)
    if len(every) < 2:
        return every[0] if every else None
    best, *others = sorted(every, key=order)
    return next((finer for finer in others if best.agrees(finer)), best)


def prefer_derived(reported: Statement, derived: Statement) -> bool:
    """Tell whether a derived quarter is better than the reported one.

    That is so if the reported one is only secondary and the derivation stands on filings alone, if the
    reported lines leave part of the total unexplained and the derived ones do not, or if both say the same,
    the derived one with less rounding; in the last two cases from sources no worse.
    """
    if reported.grade == "C" and derived.grade == "A":
        return reported.signature <= derived.figures.keys()
    fuller = reported.tie_status.incompleteness > 1 and not derived.tie_status.incompleteness
    return derived.grade <= reported.grade and (fuller or reported.agrees(derived))

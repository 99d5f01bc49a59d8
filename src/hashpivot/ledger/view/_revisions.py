"""Periods reported again with other amounts, so that reports before and after do not go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ._ranking import Rank
from ._statement import Slot, Statement

_Key = tuple[date, date, frozenset[Slot], str]


@dataclass(frozen=True, slots=True)
class Revision:
    """A period restated by a report.

    Args:
        start: First day of the period.
        end: Last day.
        known: Day from which the new amounts could be known.
    """

    start: date
    end: date
    known: date

    def outdates(self, part: Statement, whole: Statement) -> bool:
        """True if both contain the period, the whole was reported after it was restated, the part before."""
        return self._between(part, whole) and _length(part) <= _length(whole)

    def may_be_missing_in(self, whole: Statement, part: Statement) -> bool:
        """True if both contain the period, the part was reported after it was restated, the whole before.

        The whole may reflect it all the same: a year often corrects its quarters before any report shows
        them corrected.
        """
        return self._between(whole, part) and _length(part) < _length(whole)

    def _between(self, before: Statement, after: Statement) -> bool:
        within = all(s.start <= self.start and self.end <= s.end for s in (before, after))
        return within and before.known < self.known <= after.known


@dataclass(frozen=True, slots=True)
class Vintages:
    """The statements of one measure that may be added and subtracted.

    Args:
        best: The preferred one of each period, breakdown and terms.
        superseded: Those of equal standing with other amounts, from before or after a restatement.
        revisions: The restatements between them.
    """

    best: tuple[Statement, ...]
    superseded: tuple[Statement, ...]
    revisions: tuple[Revision, ...]


def vintages(statements: Iterable[Statement], order: Rank) -> Vintages:
    """Sort reported statements of one measure into vintages.

    Args:
        statements: In any order.
        order: The view's preference.
    """
    groups: dict[_Key, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=order):
        kept = groups[statement.start, statement.end, statement.signature, statement.terms]
        if not kept or (_equal_rank(statement, kept[0]) and all(_differ(statement, k) for k in kept)):
            kept.append(statement)
    revised = [sorted(group, key=lambda s: s.known) for group in groups.values() if len(group) > 1]
    return Vintages(
        tuple(group[0] for group in groups.values()),
        tuple(statement for group in groups.values() for statement in group[1:]),
        tuple(
            Revision(later.start, later.end, later.known)
            for group in revised
            for earlier, later in pairwise(group)
            if earlier.known < later.known
        ),
    )


def outdated(revisions: Sequence[Revision], one: Statement, two: Statement) -> bool:
    """True if one of two statements holds a period as it was before a restatement that the other reflects."""
    return any(revision.outdates(one, two) or revision.outdates(two, one) for revision in revisions)


def restated_since(revisions: Sequence[Revision], statements: Sequence[Statement]) -> str:
    """Say which periods were restated between the reports that are added and subtracted; empty if none."""
    found = {
        f"{r.start}..{r.end} was restated on {r.known}, after {whole.start}..{whole.end} was reported: what "
        "that does not reflect falls on this quarter"
        for r in revisions
        for whole in statements
        for part in statements
        if r.may_be_missing_in(whole, part)
    }
    return "; ".join(sorted(found))


def _length(statement: Statement) -> timedelta:
    return statement.end - statement.start


def _equal_rank(one: Statement, two: Statement) -> bool:
    return (one.standing, one.grade) == (two.standing, two.grade)


def _differ(one: Statement, two: Statement) -> bool:
    """True if some line differs by more than both roundings."""
    slots = one.signature | two.signature
    rounding = max(one.step, two.step)
    return any(abs(one.amount(slot) - two.amount(slot)) > rounding for slot in slots)

"""Periods reported again with other amounts, so that reports before and after do not go together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ._ranking import Rank
from ._statement import Slot, Statement

_YEAR = timedelta(days=350)
_Key = tuple[date, date, frozenset[Slot], str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    """A period restated by a report.

    Args:
        start: First day of the period.
        end: Last day.
        known: Day from which the new amounts could be known.
        amended: True if an amendment gave them, and not a later report for comparison.
    """

    start: date
    end: date
    known: date
    amended: bool

    def separates(self, one: Statement, two: Statement) -> bool:
        """True if two statements contain the period, and only one of them holds it as restated."""
        for before, after in ((one, two), (two, one)):
            if self._between(before, after) and not self.may_be_missing_in(before, after):
                return True
        return False

    def may_be_missing_in(self, whole: Statement, part: Statement) -> bool:
        """True if a year was reported before a period in it was restated, and a part of it after.

        The year may reflect it all the same: it often corrects its quarters before a later report shows them
        corrected for comparison. One that an amendment restates after the year is not in it.
        """
        a_year = _length(whole) >= _YEAR and _length(part) < _length(whole)
        return a_year and not self.amended and self._between(whole, part)

    def _between(self, before: Statement, after: Statement) -> bool:
        within = all(s.start <= self.start and self.end <= s.end for s in (before, after))
        return within and before.known < self.known <= after.known


@dataclass(frozen=True, slots=True)
class Vintages:
    """The statements of one measure that may be added and subtracted.

    Args:
        best: The preferred one of each period, breakdown, terms and basis.
        superseded: Those of equal standing with other amounts, known before the preferred one.
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
        key = statement.start, statement.end, statement.signature, statement.terms, statement.basis
        kept = groups[key]
        if not kept or (_equal_rank(statement, kept[0]) and all(_differ(statement, k) for k in kept)):
            kept.append(statement)
    revised = [sorted(group, key=lambda s: s.known) for group in groups.values() if len(group) > 1]
    return Vintages(
        tuple(group[0] for group in groups.values()),
        tuple(s for best, *others in groups.values() for s in others if s.known < best.known),
        tuple(
            Revision(later.start, later.end, later.known, later.amends)
            for group in revised
            for earlier, later in pairwise(group)
            if earlier.known < later.known
        ),
    )


def separated(revisions: Sequence[Revision], one: Statement, two: Statement) -> bool:
    """True if a restatement lies between two statements, so that they are not added or subtracted."""
    return any(revision.separates(one, two) for revision in revisions)


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

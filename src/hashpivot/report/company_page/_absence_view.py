"""What is absent, by kind, with what would end each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.company import AbsentGroup
from hashpivot.core import Absence

from ..shared import clean

MEANINGS = {
    Absence.NOT_IN_LEDGER: "no filing that would hold it has been read; the report named would end it",
    Absence.NOT_DISCLOSED: "the filing that would hold it was read and does not give it",
    Absence.NOT_DERIVABLE: "numbers it would be computed from are missing or do not go together",
    Absence.NOT_APPLICABLE: "there can be no such number",
}


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Numbers absent for one cause.

    Args:
        ends: The report that would end it, or why they are absent if none would.
        count: How many.
        numbers: Which, with their quarters.
    """

    ends: str
    count: int
    numbers: str


@dataclass(frozen=True, slots=True)
class AbsenceKind:
    """One of the four kinds."""

    words: str
    meaning: str
    count: int
    rows: list[AbsenceRow]


def absence_kinds(groups: Sequence[AbsentGroup]) -> list[AbsenceKind]:
    """Return the kinds that occur, in their own order; numbers that cannot exist are left out."""
    kinds = []
    for kind in (kind for kind in Absence if kind is not Absence.NOT_APPLICABLE):
        rows = [_row(group) for group in groups if group.kind is kind]
        if rows:
            kinds.append(AbsenceKind(kind.words, MEANINGS[kind], sum(r.count for r in rows), rows))
    return kinds


def _row(group: AbsentGroup) -> AbsenceRow:
    whole = len(set(group.subjects.values())) == 1 and group.ends
    numbers = (
        clean(subject) if whole or not quarters else f"{clean(subject)} ({_spans(list(map(str, quarters)))})"
        for subject, quarters in group.subjects.items()
    )
    return AbsenceRow(clean(group.ends or group.reason), group.count, "; ".join(numbers))


def _spans(quarters: list[str]) -> str:
    return quarters[0] if len(quarters) == 1 else f"{quarters[0]} to {quarters[-1]}, {len(quarters)} of them"

"""Rows of a ledger's tables: written within a transaction, and selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hashpivot.core import Figure, Source, TextFact

from ._rereading import Change, Member, out_of_force
from ._rows import (
    change_of,
    change_row,
    figure_of,
    figure_row,
    source_of,
    source_row,
    text_fact_of,
    text_fact_row,
)
from .database import CHANGES, FIGURES, READINGS, SOURCES, TEXT_FACTS, StoredRows


@dataclass(frozen=True, slots=True)
class TableWriter:
    """The tables within an open transaction; a row that is there already is left alone."""

    stored: StoredRows

    def insert_source(self, source: Source) -> None:
        """Write a source."""
        self.stored.insert(SOURCES, [source_row(source)])

    def insert_member(self, member: Member) -> None:
        """Write a figure or text fact."""
        self.insert_members([member])

    def insert_members(self, members: Iterable[Member]) -> None:
        """Write figures and text facts."""
        every = list(members)
        figures = [member for member in every if isinstance(member, Figure)]
        facts = [member for member in every if isinstance(member, TextFact)]
        self.stored.insert(FIGURES, ((figure.id, *figure_row(figure)) for figure in figures))
        self.stored.insert(TEXT_FACTS, ((fact.id, *text_fact_row(fact)) for fact in facts))

    def insert_reading(self, source: str, number: int, day: date) -> None:
        """Write that a source was read, by which version of the reader or in which recording."""
        self.stored.insert(READINGS, [(source, str(number), day.isoformat())])

    def insert_change(self, change: Change) -> None:
        """Write that a member counts, or no longer counts."""
        self.stored.insert(CHANGES, [change_row(change)])


def members_in_force(stored: StoredRows, source: str) -> dict[str, Member]:
    """The figures and text facts of a source that count now."""
    aside = out_of_force(select_changes(stored), None)
    members = select_members(stored, "source = ?", (source,))
    return {member.id: member for member in members if member.id not in aside}


def select_sources(stored: StoredRows, where: str = "", values: Sequence[str] = ()) -> list[Source]:
    """Sources in the order of their keys, without the versions of the reader that read them."""
    return [source_of(row) for row in stored.select(SOURCES, where, values)]


def select_figures(stored: StoredRows, where: str = "", values: Sequence[str] = ()) -> Iterator[Figure]:
    """Figures in the order they were added."""
    return (figure_of(row[1:]) for row in stored.select(FIGURES, where, values))


def select_text_facts(stored: StoredRows, where: str = "", values: Sequence[str] = ()) -> Iterator[TextFact]:
    """Text facts in the order they were added."""
    return (text_fact_of(row[1:]) for row in stored.select(TEXT_FACTS, where, values))


def select_members(stored: StoredRows, where: str = "", values: Sequence[str] = ()) -> list[Member]:
    """Figures, then text facts, each in the order they were added."""
    return [*select_figures(stored, where, values), *select_text_facts(stored, where, values)]


def select_changes(stored: StoredRows) -> Iterator[Change]:
    """What later readings changed, in the order it was written."""
    return map(change_of, stored.select(CHANGES))


def last_readers(stored: StoredRows) -> dict[str, int]:
    """The latest version of the reader that read each source; those read before there were versions lack."""
    last: dict[str, int] = {}
    for source, reader, _ in stored.select(READINGS):
        last[source] = max(int(reader), last.get(source, 0))
    return last


def added_days(stored: StoredRows) -> dict[str, date]:
    """The day of the first reading of each source, where it was written down."""
    days: dict[str, str] = {}
    for source, _, day in stored.select(READINGS, "read_on <> ''"):
        days[source] = min(day, days.get(source, day))
    return {source: date.fromisoformat(day) for source, day in days.items()}


def misnamed(stored: StoredRows) -> bool:
    """True if the id of a figure or text fact is not that of what it says, or a change is one of neither."""
    figures = ((row[0], figure_of(row[1:]).id) for row in stored.select(FIGURES))
    facts = ((row[0], text_fact_of(row[1:]).id) for row in stored.select(TEXT_FACTS))
    ids = [*figures, *facts]
    strays = {change.id for change in select_changes(stored)} - {key for key, _ in ids}
    return bool(strays) or any(key != computed for key, computed in ids)

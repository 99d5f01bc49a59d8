"""Filing dates recorded by hand: the day from which a source, and all that it says, counts as known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from hashpivot.core import Figure, Source, TextFact

from ..disclosures import FILING_DATE, recorded_filing_date
from ._record_keys import BASIS, record_base

Member = TypeVar("Member", Figure, TextFact)


def filing_days(members: Iterable[Figure | TextFact]) -> dict[str, date]:
    """Return the days that text facts of the kind `filing_date` give, by accession or key of the source.

    Args:
        members: Those that count, in the order they were recorded.
    """
    facts = (member for member in members if isinstance(member, TextFact) and member.kind == FILING_DATE)
    return {filed.source: filed.known for filed in map(recorded_filing_date, facts)}


def filing_day(days: Mapping[str, date], source: Source) -> date | None:
    """Return the recorded day of a source among those of `filing_days`; None if there is none."""
    return days.get(record_base(source.key)) or (days.get(source.accession) if source.accession else None)


@dataclass(frozen=True, slots=True)
class FilingDates:
    """Filing dates recorded by hand; false if there are none.

    Args:
        days: As `filing_days`.
        by_name: The days by every name that a figure or text fact may give of a dated source.
    """

    days: Mapping[str, date] = field(default_factory=dict)
    by_name: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[TextFact], sources: Mapping[str, Source]) -> FilingDates:
        """Return the dates that text facts of the kind `filing_date` give.

        Args:
            facts: Those that count, in the order they were recorded.
            sources: All sources by key.
        """
        days = filing_days(facts)
        filed = ((key, source, filing_day(days, source)) for key, source in sources.items())
        by_name = {
            name: day for key, source, day in filed if day
            for name in (key, source.accession, source.name) if name
        }  # fmt: skip
        return cls(days, by_name)

    def __bool__(self) -> bool:
        return bool(self.days)

    def dated(self, source: Source) -> Source:
        """Return a source as known since its recorded day; itself if there is none, or it is."""
        return dated_source(source, filing_day(self.days, source))


def dated_source(source: Source, known: date | None) -> Source:
    """Return a source as known since a recorded day; itself if there is none, or it is."""
    if known is None or (source.known, source.known_basis) == (known, BASIS):
        return source
    return replace(source, known=known, known_basis=BASIS)


def dated_members(members: tuple[Member, ...], days: Mapping[str, date]) -> tuple[Member, ...]:
    """Return members, those of dated sources as known since that day.

    Args:
        members: Figures or text facts.
        days: By every name of a source that a member may give.
    """
    return tuple(_dated(member, days.get(member.source)) for member in members)


def _dated(member: Member, known: date | None) -> Member:
    return member if known is None or member.known == known else replace(member, known=known)

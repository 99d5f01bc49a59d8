"""Which filings EDGAR shows at a moment, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from ...submissions import EASTERN, ServedFiler, ServedFiling, eastern

_INDEXED = time(22, 0)
"""When a day's index is there: EDGAR writes it after it closes at 22:00 Eastern."""


@dataclass(frozen=True)
class Published:
    """All filings a service will ever show, and when and where each appears.

    Args:
        filings: In any order.
        submissions_lag: How long after acceptance a filing appears in the submissions JSON.
        late: Accession to a lag of its own.
        missing_from_feed: Accessions the feed never shows.
    """

    filings: tuple[ServedFiling, ...]
    submissions_lag: timedelta = timedelta(0)
    late: Mapping[str, timedelta] = field(default_factory=dict)
    missing_from_feed: Collection[str] = ()

    @cached_property
    def newest_first(self) -> list[ServedFiling]:
        """Every filing, newest first."""
        return sorted(self.filings, key=lambda one: (one.known, one.accession), reverse=True)

    @cached_property
    def by_accession(self) -> dict[str, ServedFiling]:
        """Filings by accession without dashes."""
        return {one.folder: one for one in self.filings}

    @cached_property
    def filers(self) -> dict[str, ServedFiler]:
        """Everyone who filed, by central index key."""
        return {party.cik: party for one in self.filings for party, _ in one.parties}

    @cached_property
    def last(self) -> datetime:
        """Moment of the last acceptance; the epoch without filings."""
        return max((one.known for one in self.filings), default=datetime.fromtimestamp(0, UTC))

    def accepted(self, now: datetime) -> list[ServedFiling]:
        """Return what has been accepted by a moment, newest first."""
        return [one for one in self.newest_first if one.known <= now]

    def in_feed(self, now: datetime) -> list[ServedFiling]:
        """Return what the feed of current filings shows, newest first."""
        return [one for one in self.accepted(now) if one.accession not in self.missing_from_feed]

    def of_filer(self, cik: str, now: datetime) -> list[ServedFiling]:
        """Return what the submissions JSON of a filer shows, newest first."""
        lags = self.late
        return [
            one
            for one in self.newest_first
            if any(party.cik == cik for party, _ in one.parties)
            and one.known + lags.get(one.accession, self.submissions_lag) <= now
        ]

    def indexed(self, now: datetime, days: Iterable[date] | None = None) -> list[ServedFiling]:
        """Return what the daily and quarterly indexes show, newest first.

        Args:
            now: The moment.
            days: Days of filing to keep; all if not given.
        """
        wanted = None if days is None else set(days)
        return [
            one
            for one in self.newest_first
            if (wanted is None or one.filed in wanted) and index_moment(one.filed) <= now
        ]


def index_moment(day: date) -> datetime:
    """Return when the index of a day of filing is written."""
    return datetime.combine(day, _INDEXED, EASTERN).astimezone(UTC)


def eastern_day(now: datetime) -> date:
    """Return the day it is in New York."""
    return eastern(now).date()

"""What the journal knows of a filing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class FilingState(StrEnum):
    """How far a filing has come."""

    FOUND = "found"
    """A list shows it."""
    IN_LEDGER = "in_ledger"
    """It was read; the ledger has what it gives."""
    TOLD = "told"
    """Its message is written for every channel."""
    EARLIER = "earlier"
    """It became public before the watch of its company began: left alone."""


@dataclass(frozen=True, slots=True)
class FoundFiling:
    """A filing of a watched company, as a list of EDGAR shows it.

    Args:
        accession: Its number, by which it is known.
        cik: Of the watched company; one of them if several take part.
        ticker: Of that company.
        form: `10-Q`, `8-K/A`, ...
        filed: Day of filing.
        listed_in: `feed`, `submissions` or `daily index`.
    """

    accession: str
    cik: str
    ticker: str
    form: str
    filed: date
    listed_in: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A filing in the journal.

    Args:
        filing: As it was found.
        found: When, UTC.
        state: How far it has come.
        public: Moment from which the public could know it, UTC; None until it has been fetched.
        misses: How often EDGAR listed it and did not have it.
        outcome: What reading it gave, `in_ledger`, `not_disclosed` or `unreadable`; empty before that.
        reason: Why nothing was added.
        source: Key of its source in the ledger; empty before it was read.
        warnings: What was added with a doubt.
    """

    filing: FoundFiling
    found: datetime
    state: FilingState = FilingState.FOUND
    public: datetime | None = None
    misses: int = 0
    outcome: str = ""
    reason: str = ""
    source: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def accession(self) -> str:
        """Its number."""
        return self.filing.accession

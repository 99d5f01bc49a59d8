"""The watch itself: find, fetch, read in order, tell. One poll is one step; between polls nothing runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from hashpivot.core import (
    ChannelError,
    HashpivotError,
    NotAtSource,
    RefusedBySource,
    SourceError,
    Unreachable,
)
from hashpivot.sources import Client, Store, StoredDocument
from hashpivot.sources.sec import FilingEntry, fetch_filing

from ._problems import Problems, WatchProblem
from ._words import filing_news
from .changes import FilingChanges
from .channels import Channel
from .finding import WatchedFilers, in_feed, in_index, in_submissions, index_days
from .journal import EVENTS, FilingNews, FilingState, Journal, JournalEntry

_SUBMISSIONS_EVERY = timedelta(minutes=10)  # they lag anyway, and there is one list a company
_INDEX_EVERY = timedelta(minutes=30)  # it changes once a day
_MOST_MISSES = 10
_FIRST_MISS = timedelta(minutes=1)  # doubled after each: given up after some nine hours
_EASTERN = ZoneInfo("America/New_York")
_OPENS = time(6)  # when EDGAR begins to show the filings of a day

WatchStep = FilingNews | WatchProblem


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What reading a filing gave.

    Args:
        state: `in_ledger`, `not_disclosed` or `unreadable`.
        reason: Why nothing was added.
        warnings: What was added with a doubt.
    """

    state: str
    reason: str = ""
    warnings: tuple[str, ...] = ()


class FilingReader(Protocol):
    """What a watch does not know itself: how a filing is read."""

    def public(self, submission: bytes) -> datetime | None:
        """Moment from which the public could know a filing, UTC; None if it does not say."""

    def read(self, document: StoredDocument, ticker: str) -> ReadOutcome:
        """Read a filing into the ledger; once it is there, nothing changes.

        Raises:
            LedgerError, DocumentStoreError: If ledger or store cannot be written.
        """

    def changes(self, source: str) -> FilingChanges | None:
        """What a source of the ledger changed; None if it has no such source.

        Raises:
            HashpivotError: If that cannot be said.
        """


class Watcher:
    """Watches companies' filings. `poll` is one step; call it every minute or so.

    Every step is written to the journal before the next, so that a watch that is killed at any moment goes on
    where it was: no filing is missed, none is told twice, and no message is lost. Only a message that was on
    its way in that moment may be sent again, with the same id.

    Args:
        client: Of EDGAR.
        store: Where filings are kept.
        journal: What was seen, told and sent.
        watched: Whose filings.
        reader: How they are read.
        channels: Where messages are sent, besides being yielded.
    """

    def __init__(
        self,
        client: Client,
        store: Store,
        journal: Journal,
        watched: WatchedFilers,
        reader: FilingReader,
        channels: Sequence[Channel] = (),
    ) -> None:
        self._client, self._store, self.journal = client, store, journal
        self._watched, self._reader, self._channels = watched, reader, tuple(channels)
        self._problems = Problems()
        self._failed: set[str] = set()  # channels that have failed in this poll
        self._polled = False
        self._submissions_due = self._index_due = datetime.min.replace(tzinfo=UTC)

    def watch(self, watched: WatchedFilers) -> None:
        """Watch other companies from the next poll on; the journal must know since when."""
        self._watched = watched
        self._submissions_due = datetime.min.replace(tzinfo=UTC)

    def poll(self, now: datetime) -> Iterator[WatchStep]:
        """Look once: at messages that wait, at the lists that are due, at filings that are not told.

        A message that is yielded counts as received when the next step is asked for.

        Args:
            now: The moment; aware of its zone.

        Raises:
            RefusedBySource: If EDGAR refuses the first request: the identification is for the user to mend.
            LedgerError, DocumentStoreError, JournalError: If they cannot be written, such as on a full disk.
        """
        self._failed.clear()
        yield from self._send(now)
        yield from self._find(now)
        yield from self._fetch(now)
        starts = self.journal.starts()
        for entry in self.journal.waiting():
            if entry.public and entry.public < starts[entry.filing.cik]:
                self.journal.left_alone(entry.accession)
            elif entry.public:
                yield from self._told(entry)
                yield from self._send(now)

    # Finding

    def _find(self, now: datetime) -> Iterator[WatchProblem]:
        """Read the lists that are due; when EDGAR does not answer, the others are left for the next poll."""
        for name, read in self._due(now) if self._watched.tickers else ():
            try:
                read(now)
            except RefusedBySource as error:
                if not self._polled:
                    raise
                yield from self._problems.new(name, error)
            except SourceError as error:
                yield from self._problems.new(name, error)
                if isinstance(error, Unreachable):
                    return
            else:
                self._polled = True
                yield from self._problems.over(name)

    def _due(self, now: datetime) -> Iterator[tuple[str, Callable[[datetime], None]]]:
        yield "feed", self._read_feed
        if now >= self._submissions_due:
            for cik, ticker in self._watched.tickers.items():
                yield f"submissions of {ticker}", partial(self._read_submissions, cik)
            self._submissions_due = now + _SUBMISSIONS_EVERY
        if now >= self._index_due:
            yield "daily index", self._read_index
            self._index_due = now + _INDEX_EVERY

    @property
    def _start(self) -> datetime:
        starts = self.journal.starts()
        return min(starts[cik] for cik in self._watched.tickers)

    def _read_feed(self, now: datetime) -> None:
        read = in_feed(self._client, self._watched, self.journal.feed_read or self._start, now)
        self.journal.found(read.filings, now, feed_read=read.newest)

    def _read_submissions(self, cik: str, now: datetime) -> None:
        since = self.journal.starts()[cik]
        self.journal.found(in_submissions(self._client, self._watched, cik, since), now)

    def _read_index(self, now: datetime) -> None:
        days = index_days(self.journal.index_read, self._start, now)
        read = in_index(self._client, self._store, self._watched, days)
        self.journal.found(read.filings, now, index_read=read.done)

    # Fetching

    def _fetch(self, now: datetime) -> Iterator[WatchProblem]:
        """Fetch what was found, so that it can be read in the order in which it became public."""
        for entry in self.journal.waiting():
            if entry.public or now < _next_try(entry):
                continue
            try:
                document, _ = fetch_filing(self._client, self._store, _listed(entry))
            except NotAtSource as error:
                self._missed(entry, error)
            except SourceError as error:
                yield from self._problems.new("filings", error)
                if isinstance(error, Unreachable):
                    return
            else:
                public = self._reader.public(document.read()) or self._shown(entry)
                self.journal.fetched(entry.accession, public)
                yield from self._problems.over("filings")

    def _missed(self, entry: JournalEntry, error: NotAtSource) -> None:
        """A filing that is listed and does not come: tried again ever more rarely, at last told as it is."""
        self.journal.missed(entry.accession)
        if entry.misses + 1 >= _MOST_MISSES:
            self.journal.read(entry.accession, "unreachable", error.message, "")
            self.journal.fetched(entry.accession, self._shown(entry))

    def _shown(self, entry: JournalEntry) -> datetime:
        """A filing's moment, if it does not say: when EDGAR opened on its day, but not before the watch."""
        opened = datetime.combine(entry.filing.filed, _OPENS, _EASTERN).astimezone(UTC)
        return max(opened, self.journal.starts()[entry.filing.cik])

    # Reading and telling

    def _told(self, entry: JournalEntry) -> Iterator[WatchProblem]:
        """Tell of a filing; if the store has lost it and it does not come again, at a later poll."""
        try:
            self._tell(entry)
        except SourceError as error:
            yield from self._problems.new("filings", error)

    def _tell(self, entry: JournalEntry) -> None:
        """Read a filing, unless that is done, and write the message about it for every channel."""
        if entry.state == FilingState.FOUND:
            self._read(entry)
            entry = self.journal.entry(entry.accession) or entry
        changes, problem = None, ""
        if entry.outcome == "in_ledger":
            try:
                changes = self._reader.changes(entry.source)
            except HashpivotError as error:
                problem = f"what it changed is not known: {error.message}"
        names = (EVENTS, *(channel.name for channel in self._channels))
        self.journal.tell(filing_news(entry, changes, problem), names)

    def _read(self, entry: JournalEntry) -> None:
        document, _ = fetch_filing(self._client, self._store, _listed(entry))  # in the store by now
        cik = entry.filing.cik
        ticker = entry.filing.ticker if cik in self._watched.unnamed else ""
        outcome = self._reader.read(document, ticker)
        self.journal.read(entry.accession, outcome.state, outcome.reason, document.sha256, outcome.warnings)

    # Sending

    def _send(self, now: datetime) -> Iterator[WatchStep]:
        """Send the messages that wait: the channels first, as whoever is told here may end the watch."""
        for channel in self._channels:
            if channel.name not in self._failed:
                yield from self._send_to(channel, now)
        for news in self.journal.unsent(EVENTS):
            yield news
            self.journal.sent(news, EVENTS, now)

    def _send_to(self, channel: Channel, now: datetime) -> Iterator[WatchProblem]:
        """Send a channel's messages in order; after one that fails the others wait for the next poll."""
        for news in self.journal.unsent(channel.name):
            try:
                channel.send(news)
            except ChannelError as error:
                self._failed.add(channel.name)
                yield from self._problems.new(channel.name, error)
                return
            self.journal.sent(news, channel.name, now)
            yield from self._problems.over(channel.name)


def _listed(entry: JournalEntry) -> FilingEntry:
    one = entry.filing
    return FilingEntry(one.cik, one.accession, one.form, one.filed)


def _next_try(entry: JournalEntry) -> datetime:
    return entry.found + _FIRST_MISS * int(2**entry.misses - 1)

"""A desk's watch: who is watched, since when, and the loop of polls."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, Company, HashpivotError, InvalidInput, LedgerPlace, SourceError
from hashpivot.coverage import newest_report
from hashpivot.ledger import ExpectedReport, View
from hashpivot.sources import Client, Settings, Store
from hashpivot.sources.sec import FORMS, listed_filers
from hashpivot.watch import Channel, Journal, WatchedFilers, Watcher, settings_channels

from ..fetch import AskedCompany, ask_for, open_sec
from ._events import WatchEvent, WatchStarted
from ._reader import LedgerReader

FEWEST_SECONDS = 10
"""Between two polls: a filing stands in the feed for much longer, and the SEC asks for moderation."""
_EASTERN = ZoneInfo("America/New_York")


class DeskWatch:
    """The watch of companies' filings, step by step. Open one with `Desk.watcher`.

    Args:
        client: Of EDGAR.
        store: Where filings are kept.
        journal: What was seen, told and sent.
        companies: Those to watch.
        reader: How their filings are read.
        channels: Where messages are sent, besides being yielded.
        start: From when on; companies that were watched before go on where they were.
        again: True if `start` was asked for, and counts for those too.
    """

    def __init__(
        self,
        client: Client,
        store: Store,
        journal: Journal,
        companies: Iterable[Company],
        reader: LedgerReader,
        channels: Sequence[Channel],
        start: datetime,
        *,
        again: bool,
    ) -> None:
        self._client, self._store, self.journal = client, store, journal
        self._start, self._again = start, again
        self.channels = tuple(channels)
        self.lost: Mapping[str, HashpivotError] = {}
        """Companies that are not watched, with the reason."""
        self.companies: tuple[AskedCompany, ...] = ()
        """Those that are."""
        self._unknown = tuple(companies)
        watched = WatchedFilers({})
        self._watcher = Watcher(client, store, journal, watched, reader, self.channels)
        self._identify()

    def poll(self, now: datetime | None = None) -> Iterator[WatchEvent]:
        """Look once, and tell what happened; see `Watcher.poll`.

        Args:
            now: The moment; that of the machine if not given.
        """
        if self._unknown:
            self._identify()
        for step in self._watcher.poll(now or datetime.now(UTC)):
            yield WatchEvent(step)

    def started(self, view: View, day: date) -> WatchStarted:
        """Who is watched since when, and what the ledger lacks.

        Args:
            view: What is known.
            day: The day by which reports may be overdue.
        """
        starts = self.journal.starts()
        return WatchStarted(
            tuple(asked.ticker for asked in self.companies),
            min((starts[asked.cik] for asked in self.companies), default=self._start),
            tuple(channel.name for channel in self.channels),
            self.lost,
            tuple(_overdue(view, [asked.company for asked in self.companies], day)),
        )

    def _identify(self) -> None:
        """Find the CIKs; where the SEC's list of tickers cannot be had, the next poll tries again."""
        listed = cache(lambda: listed_filers(self._client, self._store))
        try:
            found, lost = ask_for(self._unknown, listed)
            unknown: tuple[Company, ...] = ()
        except SourceError as error:
            unknown = tuple(company for company in self._unknown if not company.cik)
            found = [AskedCompany(company, company.cik) for company in self._unknown if company.cik]
            lost = {company.ticker: error for company in unknown}
        named = {company.ticker for company in self._unknown}
        self.lost = {ticker: why for ticker, why in self.lost.items() if ticker not in named} | lost
        self._unknown = unknown
        if found:
            self._watch([*self.companies, *found])

    def _watch(self, companies: Sequence[AskedCompany]) -> None:
        self.companies = tuple(companies)
        tickers = {asked.cik: asked.ticker for asked in companies}
        unnamed = frozenset(asked.cik for asked in companies if asked.unnamed)
        self.journal.begin(tickers, self._start, again=self._again)
        self._watcher.watch(WatchedFilers(tickers, unnamed, FORMS))


@contextmanager
def open_watch(
    companies: Companies,
    tickers: Iterable[str] | None,
    network: NetworkHistory,
    ledger: LedgerPlace | None,
    *,
    since: date | None,
    base_url: str,
    on_wait: Callable[[str], None] | None,
    client: Client | None = None,
    now: datetime | None = None,
) -> Iterator[DeskWatch]:
    """Open everything a watch needs, and close it at the end.

    Args:
        companies: All known.
        tickers: Those to watch; all that are listed if not given.
        network: The network's history.
        ledger: The user's ledger.
        since: First day of filing; from now on if not given.
        base_url: Of a stand-in for the SEC.
        on_wait: As `Client`.
        client: Of EDGAR, if it is open.
        now: The moment; that of the machine if not given.

    Raises:
        UnknownCompany: If a ticker is none.
        InvalidInput: If it is not known who asks, or a channel's address is none.
        JournalError: If another process watches, or the journal cannot be used.
    """
    settings = Settings.load()
    channels = settings_channels(settings)
    named = _named(companies, tickers)
    start = datetime.combine(since, datetime.min.time(), _EASTERN).astimezone(UTC) if since else None
    moment = start or now or datetime.now(UTC)
    with (
        Journal() as journal,
        Store() as store,
        client or open_sec(settings, base_url, on_wait) as opened,
    ):
        reader = LedgerReader(store, ledger, network, companies)
        watch = DeskWatch(opened, store, journal, named, reader, channels, moment, again=start is not None)
        if not watch.companies and watch.lost:
            raise next(iter(watch.lost.values()))
        yield watch


def watch_events(
    watch: DeskWatch, view: View, *, every: float, once: bool
) -> Iterator[WatchStarted | WatchEvent]:
    """Poll until the consumer ends it.

    Args:
        watch: The watch.
        view: What is known at the start.
        every: Seconds from the start of one poll to that of the next.
        once: Poll once.

    Raises:
        InvalidInput: If `every` is too short.
    """
    if every < FEWEST_SECONDS:
        raise InvalidInput(
            f"{every:g} seconds between polls are too few", hint=f"give {FEWEST_SECONDS} or more, such as 60"
        )
    yield watch.started(view, datetime.now(UTC).date())
    while True:
        began = time.monotonic()
        yield from watch.poll()
        if once:
            return
        time.sleep(max(0.0, began + every - time.monotonic()))


def _named(companies: Companies, tickers: Iterable[str] | None) -> list[Company]:
    if tickers is None:
        return [company for company in companies.values() if company.listed_to is None]
    return [companies.find(ticker) for ticker in dict.fromkeys(tickers)]


def _overdue(view: View, companies: Iterable[Company], day: date) -> Iterator[ExpectedReport]:
    for company in companies:
        report = newest_report(view, company, day)
        if report.overdue and report.expected:
            yield report.expected

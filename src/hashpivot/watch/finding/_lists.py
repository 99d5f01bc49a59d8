"""The three lists: the current feed, the submissions of each company, the daily index.

The feed shows a filing within a minute, but misses some. A company's submissions are complete, but can lag
hours. The daily index is complete once the day is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hashpivot.core import NotAtSource
from hashpivot.sources import Client, Store
from hashpivot.sources.sec import current_filings, daily_index, filing_list

from ..journal import FoundFiling
from ._watched import WatchedFilers

FEED, SUBMISSIONS, INDEX = "feed", "submissions", "daily index"
_EASTERN = ZoneInfo("America/New_York")
_FEED_OVERLAP = timedelta(minutes=30)  # entries are not always added in the order of their moments
_FEED_REACH = timedelta(days=1)  # the feed does not go back much further; the other lists do
_INDEX_OUT = time(22)  # EDGAR closes at ten in the evening and then writes the day's index
_INDEX_REACH = timedelta(days=35)  # by then every company's submissions have long been complete
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What the feed showed.

    Args:
        filings: Of watched companies.
        newest: Moment of its newest entry, whosever; None if it showed nothing.
    """

    filings: tuple[FoundFiling, ...]
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class IndexRead:
    """What the daily indexes showed.

    Args:
        filings: Of watched companies.
        done: Last day that need not be asked for again; None if all must.
    """

    filings: tuple[FoundFiling, ...]
    done: date | None


def in_feed(client: Client, watched: WatchedFilers, read_to: datetime, now: datetime) -> FeedRead:
    """New filings in the feed.

    Args:
        client: Of EDGAR.
        watched: Whose.
        read_to: Up to which of its moments it was read before.
        now: The moment.

    Raises:
        SourceError: As `current_filings`.
    """
    entries = current_filings(client, max(read_to - _FEED_OVERLAP, now - _FEED_REACH))
    found = (
        watched.filing(e.accession, e.ciks, e.form, e.filed or e.updated.astimezone(_EASTERN).date(), FEED)
        for e in entries
    )
    return FeedRead(tuple(filter(None, found)), max((entry.updated for entry in entries), default=None))


def in_submissions(client: Client, watched: WatchedFilers, cik: str, since: datetime) -> list[FoundFiling]:
    """Filings that a company's own list shows from the day of a moment on.

    Raises:
        SourceError: As `filing_list`.
    """
    entries = filing_list(client, cik, since.astimezone(_EASTERN).date()).filings
    found = (watched.filing(e.accession, [e.cik], e.form, e.filed, SUBMISSIONS) for e in entries)
    return list(filter(None, found))


def index_days(done: date | None, since: datetime, now: datetime) -> list[date]:
    """The days whose index is due and not done with, in order.

    Args:
        done: Last day that need not be asked for again.
        since: From when on filings are watched for.
        now: The moment.
    """
    here = now.astimezone(_EASTERN)
    last = here.date() if here.time() >= _INDEX_OUT else here.date() - _DAY
    start = since.astimezone(_EASTERN).date()
    first = max(start, last - _INDEX_REACH, done + _DAY if done else date.min)
    return [first + number * _DAY for number in range((last - first).days + 1)]


def in_index(client: Client, store: Store, watched: WatchedFilers, days: Iterable[date]) -> IndexRead:
    """Filings in the indexes of days.

    A day without an index is a holiday, or its index is not out yet: it is asked for again until a later
    day has one. So is a day that has one, in case it was still being written.

    Args:
        client: Of EDGAR.
        store: Where indexes are kept.
        watched: Whose.
        days: In order, none left out.

    Raises:
        SourceError: As `daily_index`.
    """
    found: list[FoundFiling] = []
    done: date | None = None
    for day in days:
        try:
            entries = daily_index(client, store, day)
        except NotAtSource:
            continue
        listed = (watched.filing(e.accession, [e.cik], e.form, e.filed, INDEX) for e in entries)
        found += filter(None, listed)
        done = day - _DAY
    return IndexRead(tuple(found), done)

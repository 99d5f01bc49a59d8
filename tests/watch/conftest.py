"""A watch of made-up filings on a stand-in for EDGAR, with a reader that only notes what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from hashpivot.core import HashpivotError
from hashpivot.filings.source import split_submission
from hashpivot.sources import Client, Identity, Store, StoredDocument
from hashpivot.sources.sec import sec_service
from hashpivot.testing.services import EdgarService, FiledDocument, ServedFiler, ServedFiling
from hashpivot.watch import Channel, FilingChanges, FilingNews, Journal, ReadOutcome, WatchedFilers, Watcher

COMPANIES = {"9000101": "AAA", "9000102": "BBB", "9000103": "CCC", "9000104": "DDD"}
WATCHED = WatchedFilers(COMPANIES)


def filing(
    cik: str,
    form: str,
    accession: str,
    accepted: datetime,
    others: tuple[tuple[ServedFiler, str], ...] = (),
) -> ServedFiling:
    """A small filing."""
    document = FiledDocument(form, "page.htm", b"<html><body><p>Filed.</p></body></html>", form)
    name = f"{COMPANIES.get(cik, 'Other')} Inc."
    return ServedFiling(ServedFiler(cik, name), form, accession, accepted, (document,), others=others)


@dataclass
class NotingReader:
    """A reader whose ledger is a list of accessions."""

    ledger: list[str] = field(default_factory=list)
    moments: dict[str, datetime | None] = field(default_factory=dict)
    fails: HashpivotError | None = None

    def public(self, submission: bytes) -> datetime | None:
        return split_submission(submission).public

    def read(self, document: StoredDocument, ticker: str) -> ReadOutcome:
        accession = document.key.removeprefix("sec/").removesuffix(".txt")
        if accession not in self.ledger:
            self.ledger.append(accession)
        return ReadOutcome("in_ledger")

    def changes(self, source: str) -> FilingChanges | None:
        if self.fails:
            raise self.fails
        return FilingChanges(3, 3)


@dataclass
class NotingChannel:
    """A channel that keeps what it is sent, unless it is told to fail."""

    name: str = "noting"
    got: list[FilingNews] = field(default_factory=list)
    failing: HashpivotError | None = None

    def send(self, news: FilingNews) -> None:
        if self.failing:
            raise self.failing
        self.got.append(news)

    @property
    def ids(self) -> list[str]:
        return [news.id for news in self.got]


OpenWatcher = Callable[..., Watcher]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Callable[[str], Client]]:
    """Makes clients of a stand-in, quick ones, that are closed in the end."""
    made: list[Client] = []

    def make(url: str) -> Client:
        service = sec_service(Identity("Jane Doe", "jane@example.com"), base_url=url)
        made.append(
            Client(replace(service, rate=2000.0, pause=0.001, attempts=2), limits=tmp_path / "limits")
        )
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def open_watcher(tmp_path: Path, client: Callable[[str], Client]) -> Iterator[OpenWatcher]:
    """Opens a watcher on a stand-in as a new process would; the one before is closed."""
    with ExitStack() as stack:

        def open_it(
            edgar: EdgarService,
            reader: NotingReader,
            *channels: Channel,
            start: datetime | None = None,
            watched: WatchedFilers = WATCHED,
            again: bool = False,
        ) -> Watcher:
            stack.close()
            store = stack.enter_context(Store(tmp_path / "store"))
            journal = stack.enter_context(Journal(tmp_path / "watch.sqlite3"))
            journal.begin(watched.tickers, start or edgar.now, again=again)
            return Watcher(client(edgar.url), store, journal, watched, reader, channels)

        yield open_it

"""Our own client reads what the stand-in for EDGAR serves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hashpivot.sources.http import Client
from hashpivot.sources.sec import current_filings, daily_index, fetch_filing, sec_service
from hashpivot.sources.settings import Identity
from hashpivot.sources.store import Store
from hashpivot.testing.generated import other_filings
from hashpivot.testing.services import EdgarService

from ._filings import MINER, OWNER, filing

MONDAY = date(2026, 1, 12)
FILINGS = [
    filing(1, "10-Q"),
    filing(2, "4", others=((OWNER, "Reporting"),), role="Issuer", after=timedelta(hours=1)),
    filing(3, "SCHEDULE 13G/A", after=timedelta(hours=2)),
    *other_filings(120, MONDAY, date(2026, 1, 13)),
]
END = datetime(2026, 1, 14, 12, tzinfo=UTC)


@pytest.fixture
def served() -> Iterator[EdgarService]:
    with EdgarService(FILINGS, requests_per_second=10, block_seconds=2, now=END) as service:
        yield service
        assert service.violations == 0


@pytest.fixture
def client(served: EdgarService, tmp_path: Path) -> Iterator[Client]:
    who = Identity("Jane Doe", "jane@example.com")
    with Client(sec_service(who, base_url=served.url), limits=tmp_path / "limits") as client:
        yield client


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as stack:
        yield stack.enter_context(Store(tmp_path / "store"))


def test_the_daily_index_is_read_whole(client: Client, store: Store) -> None:
    entries = daily_index(client, store, MONDAY)
    there = {
        (party.cik, one.accession, one.form, one.filed)
        for one in FILINGS
        for party, _ in one.parties
        if one.filed == MONDAY
    }
    assert {(entry.cik, entry.accession, entry.form, entry.filed) for entry in entries} == there


def test_the_feed_is_read_over_its_pages(client: Client) -> None:
    entries = current_filings(client, datetime(2026, 1, 1, tzinfo=UTC))
    assert {entry.accession for entry in entries} == {one.accession for one in FILINGS}
    moments = {one.accession: one.known for one in FILINGS}
    assert all(entry.updated == moments[entry.accession] for entry in entries)


def test_a_filing_is_kept_as_it_was_served(client: Client, store: Store) -> None:
    entry = next(one for one in daily_index(client, store, MONDAY) if one.cik == MINER.cik)
    document, new = fetch_filing(client, store, entry)
    assert new
    assert document.read() == next(one for one in FILINGS if one.accession == entry.accession).submission()

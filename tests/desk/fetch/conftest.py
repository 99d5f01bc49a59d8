"""Fetches from a stand-in for EDGAR, with a client that does not wait as the real one must."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hashpivot.core import Companies, Quarter
from hashpivot.desk import FetchEvent, FetchSummary
from hashpivot.desk.fetch import fetch_filings, filings_asked
from hashpivot.ledger.store.database._tables import SEALED
from hashpivot.sources import Client, Service, Store
from hashpivot.sources.sec import sec_kind
from hashpivot.testing.generated import GeneratedCompany, company_filings, generated_universe
from hashpivot.testing.services import EdgarService, ServedFiling

SEASON = Quarter.parse("2025Q2")
TICKERS = ("CORZ", "WULF", "HUT")
Universe = dict[str, GeneratedCompany]


def quick(base_url: str, **changed: Any) -> Service:
    """EDGAR at a stand-in, with short pauses and blocks."""
    facts: dict[str, Any] = {
        "rate": 500.0,
        "block_seconds": 0.3,
        "kind_of": sec_kind,
        "headers": {"User-Agent": "Jane Doe jane@example.com"},
        "attempts": 3,
        "pause": 0.001,
        "timeout": 1.0,
        "longest": 2.0,
    }
    return Service("sec", ("www.sec.gov", "data.sec.gov"), base_url=base_url, **facts | changed)


@dataclass
class Fetching:
    """A user with a home folder, a stand-in, and what they fetch from it."""

    home: Path
    service: EdgarService
    waits: list[str]

    @property
    def ledger(self) -> Path:
        return self.home / "ledger.sqlite3"

    @property
    def store(self) -> Path:
        return self.home / "store"

    def events(
        self, *tickers: str, client: dict[str, Any] | None = None, **asked: Any
    ) -> Iterator[FetchEvent]:
        """The events of a fetch: of these tickers, or of what is asked for."""
        facts = {"season": None, "since": None, "forms": (), "reports": None, "dry_run": False}
        facts |= {"season": SEASON} if not asked else {}
        wanted = filings_asked(Companies.load(), tickers or None, today=date(2026, 1, 1), **facts | asked)
        opened = Client(
            quick(self.service.url, **client or {}), limits=self.home / "limits", on_wait=self.waits.append
        )
        with opened, Store(self.store) as store:
            yield from fetch_filings(wanted, opened, store, self.ledger)

    def __call__(self, *tickers: str, **asked: Any) -> FetchSummary:
        return FetchSummary.of(self.events(*tickers, **asked))

    @property
    def rows(self) -> dict[str, list[tuple[str, ...]]]:
        """Every row of every table of the ledger, in an order that does not depend on when it was written."""
        return ledger_rows(self.ledger)

    def downloads(self) -> list[str]:
        """Paths of the filings the stand-in was asked for."""
        return [seen.route for seen in self.service.requests if seen.route.endswith(".txt")]

    def leftovers(self) -> list[Path]:
        """Files of the store that are not whole documents."""
        return [path for path in self.store.rglob("*") if path.name.startswith(".")]


def ledger_rows(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """What every row says, by table; neither its number nor the order of writing."""
    columns = {table.name: ", ".join(f'"{name}"' for name in table.columns) for table in SEALED}
    with closing(sqlite3.connect(path)) as ledger:
        return {
            table: sorted(ledger.execute(f"SELECT {names} FROM {table}")) for table, names in columns.items()
        }


@pytest.fixture(scope="session")
def universe() -> Universe:
    return generated_universe([SEASON - 1, SEASON])


@pytest.fixture(scope="session")
def made(universe: Universe) -> list[ServedFiling]:
    """A season's filings of three companies, one report amended: twelve filings, or so."""
    return [
        filing
        for ticker in TICKERS
        for filing in company_filings(
            universe[ticker], [SEASON], amended=[SEASON] if ticker == "HUT" else [], updates=False
        )
    ]


@pytest.fixture
def fetching(tmp_path: Path) -> Iterator[Callable[..., Fetching]]:
    """Makes a user and a stand-in that serves filings."""
    running: list[EdgarService] = []

    def make(filings: list[ServedFiling], **options: Any) -> Fetching:
        service = EdgarService(filings, **options)
        running.append(service)
        return Fetching(tmp_path / f"user{len(running)}", service.__enter__(), [])

    yield make
    for service in running:
        service.__exit__(None, None, None)

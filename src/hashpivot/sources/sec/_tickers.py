"""Which CIK files under a ticker, as EDGAR's own list has it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..http import Client, JsonAnswer, is_whole_json
from ..store import Store, download

URL = "https://www.sec.gov/files/company_tickers.json"
_KEY = "sec/company_tickers.json"
# assumed: `{"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}, ...}`.


@dataclass(frozen=True, slots=True)
class ListedFiler:
    """A filer in EDGAR's list of tickers.

    Args:
        ticker: Upper case.
        cik: Without leading zeros.
        name: As EDGAR has it.
    """

    ticker: str
    cik: str
    name: str


def listed_filers(client: Client, store: Store) -> dict[str, ListedFiler]:
    """EDGAR's list of tickers, by ticker; asked for again only if EDGAR says it has changed.

    Raises:
        UnexpectedAnswer: If it has another shape than we know.
        SourceError, DocumentStoreError: As `download`.
    """
    document, _ = download(client, store, _KEY, URL, fixed=False, whole=is_whole_json)
    listed = JsonAnswer(json.loads(document.read()), URL)
    filers: dict[str, ListedFiler] = {}
    for row in listed.members():
        ticker, number = row["ticker"].text().upper(), row["cik_str"].whole(least=1)
        filers.setdefault(ticker, ListedFiler(ticker, str(number), row["title"].text()))
    return filers

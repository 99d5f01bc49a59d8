"""Wanted filings into the store, one after another, as long as the service answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import SourceError
from hashpivot.sources import Client, Store, StoredDocument
from hashpivot.sources.sec import FilingEntry, fetch_filing, filing_key

from ._companies_asked import AskedCompany
from ._patience import Patience


@dataclass(frozen=True, slots=True)
class WantedFiling:
    """A filing that is wanted.

    Args:
        asked: Whose it is.
        entry: As EDGAR lists it.
    """

    asked: AskedCompany
    entry: FilingEntry


@dataclass(frozen=True, slots=True)
class Download:
    """What came of a wanted filing.

    Args:
        wanted: Which.
        document: In the store; None if it did not come.
        now: True if it came now.
        reason: Why it did not come.
    """

    wanted: WantedFiling
    document: StoredDocument | None = None
    now: bool = False
    reason: str = ""


class Downloads:
    """Fetches wanted filings. Each call opens the store anew, so any one thread may call it.

    Args:
        client: Of EDGAR.
        folder: Of the store.
        patience: Counts requests without an answer, those for lists included.
    """

    def __init__(self, client: Client, folder: Path, patience: Patience) -> None:
        self._client, self._folder, self._patience = client, folder, patience

    def __call__(self, wanted: WantedFiling) -> Download:
        """Return what came of a filing.

        Raises:
            DocumentStoreError: If the store cannot be written.
        """
        with Store(self._folder) as store:
            try:
                if store.get(filing_key(wanted.entry.accession)) is None:
                    self._patience.check()
                document, now = fetch_filing(self._client, store, wanted.entry)
            except SourceError as error:
                return Download(wanted, reason=self._noted(error))
        if now:
            self._patience.answered()
        return Download(wanted, document, now)

    def _noted(self, error: SourceError) -> str:
        if not self._patience.lost:
            self._patience.failed(error)
        return f"{error.message}; {error.hint}" if error.hint else error.message

"""How a watch reads a filing: as `fetch` does, and what it changed from the ledger as it is then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, LedgerPlace, UnreadableFile
from hashpivot.filings.source import split_submission
from hashpivot.ledger import Ledger, bundled
from hashpivot.sources import Store, StoredDocument
from hashpivot.watch import FilingChanges, ReadOutcome, filing_changes

from ..fetch import FetchState, read_into_ledger
from ..ledger import FileAdder, one_file

_STATES = {FetchState.NOT_DISCLOSED: "not_disclosed", FetchState.UNREADABLE: "unreadable"}


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Reads filings into the user's ledger.

    Args:
        store: Where fetched documents are kept.
        ledger: The user's ledger.
        network: The network's history.
        companies: The companies.
    """

    store: Store
    ledger: LedgerPlace | None
    network: NetworkHistory
    companies: Companies

    @staticmethod
    def public(submission: bytes) -> datetime | None:
        """Moment from which the public could know a filing, by its header."""
        head, _, _ = submission.partition(b"<DOCUMENT>")
        try:
            return split_submission(head).public
        except UnreadableFile:
            return None

    def read(self, document: StoredDocument, ticker: str) -> ReadOutcome:
        """Read a filing into the ledger."""
        with FileAdder(self.ledger) as adder:
            outcome = read_into_ledger(document, self.store, adder, ticker)
        return ReadOutcome(_STATES.get(outcome.state, "in_ledger"), outcome.reason, outcome.warnings)

    def changes(self, source: str) -> FilingChanges | None:
        """What a source changed."""
        with Ledger.open(self.ledger) as ledger:
            own = ledger.read()
        with one_file(source):
            return filing_changes(bundled(), own, source, self.network, self.companies)

"""A command that writes filings into a ledger."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from hashpivot.core import Figure, TextFact
from hashpivot.ledger import Change, Ledger
from hashpivot.sources import Store

from ._command import KilledCommand, Pieces


class LedgerCommand(KilledCommand):
    """A command that writes filings into a ledger; its pieces are filings."""

    def pieces(self, home: Path) -> Pieces:
        """Each source with all that the ledger holds of it."""
        with Ledger.open(self.ledger(home)) as ledger:
            ledger.check()
            held = ledger.read()
        said: defaultdict[str, list[object]] = defaultdict(list)
        members: tuple[Figure | TextFact | Change, ...] = (*held.figures, *held.remarks, *held.changes)
        for member in members:
            said[member.source].append(member)
        return {key: (source, said[key]) for key, source in held.sources.items()}


def stored(home: Path) -> dict[str, bytes]:
    """Documents of the store by key, each read."""
    with Store(home / "store") as store:
        return {document.key: document.read() for document in store}

"""Where a desk's figures stand, how many they are, and what was fetched last."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hashpivot.core import LedgerPlace
from hashpivot.ledger import View, ledger_status
from hashpivot.sources import held_documents, store_folder

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, repr=False)
class HealthResult(DeskResult):
    """The state of a desk, and the ways to show it.

    Args:
        ledger: Where the user's ledger is kept.
        ledger_bytes: Its size; None if there is none yet.
        ledger_changed: When it was last written, UTC; None if there is none yet, or a server does not say.
        companies, figures, sources: What the desk knows, the bundled figures included.
        newest: Day the newest source became public; None without any.
        network_to: Last day of the network's history.
        store: Folder of fetched documents.
        documents: How many there are.
        stored_bytes: Their size on disk.
        fetched: When the last one was fetched, UTC; None without any.
        versions: By library.
    """

    ledger: LedgerPlace
    ledger_bytes: int | None
    ledger_changed: datetime | None
    companies: int
    figures: int
    sources: int
    newest: date | None
    network_to: date
    store: Path
    documents: int
    stored_bytes: int
    fetched: datetime | None
    versions: Mapping[str, str]

    def __repr__(self) -> str:
        return f"HealthResult({self.figures:,} figures of {self.companies} companies)"

    def records(self) -> list[dict[str, Any]]:
        """One row a fact: heading, name and value in words."""
        return [
            {"heading": heading, "name": name, "value": value}
            for heading, facts in self.facts().items()
            for name, value in facts.items()
        ]

    def to_dict(self) -> dict[str, Any]:
        """Ledger, figures, network, store and versions."""
        return {
            "ledger": {
                "path": str(self.ledger),
                "bytes": self.ledger_bytes,
                "changed": utc_text(self.ledger_changed),
            },
            "figures": {
                "companies": self.companies,
                "figures": self.figures,
                "sources": self.sources,
                "newest_source": self.newest.isoformat() if self.newest else None,
            },
            "network": {"last_day": self.network_to.isoformat()},
            "store": {
                "path": str(self.store),
                "documents": self.documents,
                "bytes": self.stored_bytes,
                "last_fetched": utc_text(self.fetched),
            },
            "versions": dict(self.versions),
        }

    def facts(self) -> dict[str, dict[str, str]]:
        """Values in words by name, by heading."""
        none = "none yet: the bundled figures alone"
        return {
            "Ledger": {
                "Your ledger": str(self.ledger),
                "Size": none if self.ledger_bytes is None else _bytes(self.ledger_bytes),
                "Last written, UTC": self._last_written(),
            },
            "Figures, the bundled ones included": {
                "Companies": f"{self.companies:,}",
                "Figures": f"{self.figures:,}",
                "Sources": f"{self.sources:,}",
                "Newest source": str(self.newest or "none"),
                "Network days to": str(self.network_to),
            },
            "Fetched documents": {
                "Store": str(self.store),
                "Documents": f"{self.documents:,}",
                "Size": _bytes(self.stored_bytes),
                "Last fetched, UTC": utc_text(self.fetched) or "never: hashpivot fetch gets filings",
            },
            "Versions": dict(self.versions),
        }

    def _last_written(self) -> str:
        unsaid = "never" if self.ledger_bytes is None else "the server does not say"
        return utc_text(self.ledger_changed) or unsaid

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        for heading, facts in self.facts().items():
            print_line(console, heading, *(f"  {name}: {value}" for name, value in facts.items()))


def desk_health(view: View, network_to: date, ledger: LedgerPlace) -> HealthResult:
    """Look at a desk's figures, its ledger and the store; nothing is written.

    Args:
        view: The figures.
        network_to: Last day of the network's history.
        ledger: Where the user's ledger is kept; it need not exist.

    Raises:
        LedgerError: If a server that keeps the ledger cannot be asked.
        DocumentStoreError: If the store cannot be read.
    """
    status = ledger_status(ledger)
    store = store_folder()
    stored = held_documents(store)
    return HealthResult(
        ledger=ledger,
        ledger_bytes=status.bytes,
        ledger_changed=status.changed,
        companies=len(view.tickers()),
        figures=len(view.all_figures.figures),
        sources=len(view.sources),
        newest=max((source.known for source in view.sources.values()), default=None),
        network_to=network_to,
        store=store,
        documents=len(stored),
        stored_bytes=sum(document.stored for document in stored),
        fetched=max((document.fetched for document in stored), default=None),
        versions={
            "hashpivot": version("hashpivot"),
            "Python": platform.python_version(),
            "SQLite": sqlite3.sqlite_version,
        }
        | _server_version(status.server),
    )


def _server_version(server: str) -> dict[str, str]:
    name, _, number = server.partition(" ")
    return {name: number} if name else {}


def utc_text(moment: datetime | None) -> str | None:
    """`2026-11-20T09:30:00Z`; None for none."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None


def _bytes(count: int) -> str:
    return f"{count / 1e3:,.0f} kB" if count < 1e6 else f"{count / 1e6:,.1f} MB"

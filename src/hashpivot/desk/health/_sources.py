"""The sources of a ledger, what was fetched and when, what failed and why, and how fast may be asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hashpivot.core import Source
from hashpivot.ledger import View
from hashpivot.sources import ServiceLimit, StoredDocument, held_documents, service_limits
from hashpivot.watch import journal_failures

from ..shared import DeskResult
from ._health import utc_text

if TYPE_CHECKING:
    from rich.console import Console

_UNREAD = ("unreadable", "unreachable")


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One source of the ledger.

    Args:
        source: The source.
        figures: How many figures it gives.
        text_facts: How many statements of its text are kept.
        stored: The file is in the store.
    """

    source: Source
    figures: int
    text_facts: int
    stored: bool

    def to_dict(self) -> dict[str, Any]:
        """One of `sources` in the JSON contract of `/sources.json`."""
        source = self.source
        return {
            "title": source.title,
            "ticker": source.ticker or None,
            "form": source.form or None,
            "period_end": source.period_end.isoformat() if source.period_end else None,
            "known": source.known.isoformat(),
            "known_basis": source.known_basis,
            "grade": source.grade,
            "figures": self.figures,
            "text_facts": self.text_facts,
            "accession": source.accession or None,
            "url": source.url or None,
            "name": source.name or None,
            "sha256": source.sha256 or None,
            "stored": self.stored,
            "key": source.key,
        }


@dataclass(frozen=True, slots=True)
class StoredOfService:
    """What of one service is in the store.

    Args:
        service: Such as `sec`.
        documents: How many.
        stored_bytes: On disk.
        fetched: When the last one was fetched, UTC.
    """

    service: str
    documents: int
    stored_bytes: int
    fetched: datetime

    def to_dict(self) -> dict[str, Any]:
        """One of `stored` in the JSON contract of `/sources.json`."""
        return {
            "service": self.service,
            "documents": self.documents,
            "bytes": self.stored_bytes,
            "last_fetched": utc_text(self.fetched),
        }


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A document that was to be read and was not.

    Args:
        document: Its key in the store, or its accession.
        state: `unreadable`, or `unreachable` if it did not come.
        when: When that was found, UTC.
        reason: Why.
    """

    document: str
    state: str
    when: datetime
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """One of `failed` in the JSON contract of `/sources.json`."""
        return {
            "document": self.document,
            "state": self.state,
            "when": utc_text(self.when),
            "reason": self.reason,
        }


@dataclass(frozen=True, repr=False)
class SourcesResult(DeskResult):
    """The sources of a desk and their state, and the ways to show them.

    Args:
        sources: Of the ledger, the newest first.
        stored: What was fetched, by service.
        failed: What could not be read, the newest first.
        limits: How fast services may be asked, those asked within a day.
    """

    sources: tuple[ListedSource, ...]
    stored: tuple[StoredOfService, ...]
    failed: tuple[FailedDocument, ...]
    limits: tuple[ServiceLimit, ...]

    def __repr__(self) -> str:
        return f"SourcesResult({len(self.sources):,} sources, {len(self.failed)} failed)"

    @property
    def grades(self) -> dict[str, int]:
        """How many sources there are of each grade, the best first."""
        return dict(sorted(Counter(listed.source.grade for listed in self.sources).items()))

    def records(self) -> list[dict[str, Any]]:
        """One row a source."""
        return [listed.to_dict() for listed in self.sources]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `/sources.json`."""
        return {
            "grades": self.grades,
            "stored": [stored.to_dict() for stored in self.stored],
            "failed": [failed.to_dict() for failed in self.failed],
            "limits": [limit.to_dict() for limit in self.limits],
            "sources": self.records(),
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        print_line(console, ", ".join(f"{count:,} of grade {grade}" for grade, count in self.grades.items()))
        for stored in self.stored:
            print_line(console, f"{stored.service}: {stored.documents:,} documents, last {stored.fetched}")
        for failed in self.failed:
            print_line(console, f"{failed.document}: {failed.state}: {failed.reason}")


def desk_sources(view: View) -> SourcesResult:
    """Look at a desk's sources, the store, the watch's journal and the limits; nothing is written.

    Args:
        view: The figures.

    Raises:
        DocumentStoreError: If the store cannot be read.
        JournalError: If the journal cannot be read.
    """
    documents = held_documents()
    return SourcesResult(
        tuple(_listed(view, {document.sha256 for document in documents})),
        tuple(_stored(documents)),
        tuple(sorted(_failed(documents), key=lambda failed: failed.when, reverse=True)),
        service_limits(),
    )


def _listed(view: View, stored: set[str]) -> Iterator[ListedSource]:
    figures = Counter(figure.source for figure in view.all_figures.figures)
    facts = Counter(fact.source for fact in view.all_figures.remarks)
    known = (s for s in view.sources.values() if view.as_of is None or s.known <= view.as_of)
    for source in sorted(known, key=lambda source: (source.known, source.title), reverse=True):
        yield ListedSource(source, figures[source.key], facts[source.key], source.sha256 in stored)


def _stored(documents: Iterable[StoredDocument]) -> Iterator[StoredOfService]:
    by_service: dict[str, list[StoredDocument]] = defaultdict(list)
    for document in documents:
        by_service[document.key.partition("/")[0]].append(document)
    for service, held in sorted(by_service.items()):
        size, newest = sum(d.stored for d in held), max(d.fetched for d in held)
        yield StoredOfService(service, len(held), size, newest)


def _failed(documents: Iterable[StoredDocument]) -> Iterator[FailedDocument]:
    for document in documents:
        first, *reasons = document.note.split("\n")
        state = first.partition(" ")[2]
        if state in _UNREAD:
            yield FailedDocument(document.key, state, document.fetched, " ".join(reasons))
    for entry in journal_failures():
        reason = f"{entry.filing.ticker} {entry.filing.form}: {entry.reason}"
        yield FailedDocument(entry.accession, entry.outcome, entry.found, reason)

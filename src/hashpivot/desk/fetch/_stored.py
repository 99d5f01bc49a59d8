"""What the store holds, and what is dropped from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput
from hashpivot.report import print_line
from hashpivot.sources import Store, StoredDocument

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, repr=False)
class StoredDocuments(DeskResult):
    """The fetched documents.

    Args:
        folder: Where they stand.
        documents: What is held now.
        dropped: What was dropped now.
    """

    folder: str
    documents: tuple[StoredDocument, ...] = field(repr=False)
    dropped: tuple[StoredDocument, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        return f"StoredDocuments({len(self.documents)} documents, {_space(self.documents)})"

    def records(self) -> list[dict[str, Any]]:
        """One row a document."""
        return [document.to_dict() for document in self.documents]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot store`."""
        return {
            "folder": self.folder,
            "stored": sum(document.stored for document in self.documents),
            "documents": self.records(),
            "dropped": [document.key for document in self.dropped],
        }

    def _show(self, console: Console) -> None:
        if self.dropped:
            print_line(console, f"dropped {len(self.dropped)} documents, {_space(self.dropped)}")
        print_line(console, f"{self.folder}: {len(self.documents)} documents, {_space(self.documents)}")
        counts = Counter(document.key.partition("/")[0] for document in self.documents)
        for source, count in sorted(counts.items()):
            held = [d for d in self.documents if d.key.startswith(f"{source}/")]
            print_line(console, f"  {source}: {count} documents, {_space(held)}")


_DAY = 86_400  # seconds


def stored_documents(*, drop: Iterable[str] = (), older_than: int | None = None) -> StoredDocuments:
    """What the user's store holds, after dropping some of it.

    Args:
        drop: Keys of documents to drop.
        older_than: Drop what was fetched more than so many days ago.

    Raises:
        InvalidInput: If a key names no document; nothing is dropped then.
        DocumentStoreError: If the store cannot be read or written.
    """
    with Store() as store:
        held = {document.key: document for document in store}
        unknown = next((key for key in drop if key not in held), None)
        if unknown:
            raise InvalidInput(
                f"the store holds no {unknown!r}", hint="hashpivot store --list shows the keys"
            )
        named, now = set(drop), datetime.now(UTC)

        def is_old(document: StoredDocument) -> bool:
            return older_than is not None and (now - document.fetched).total_seconds() > older_than * _DAY

        dropped = [d for d in held.values() if d.key in named or is_old(d)]
        for document in dropped:
            store.drop(document.key)
        left = tuple(document for document in held.values() if document not in dropped)
        return StoredDocuments(str(store.folder), left, tuple(dropped))


def _space(documents: Iterable[StoredDocument]) -> str:
    """Space on disk: `62 kB`, `1,204.5 MB`."""
    taken = sum(document.stored for document in documents)
    return f"{taken / 1e3:,.0f} kB" if taken < 1e6 else f"{taken / 1e6:,.1f} MB"

"""From a stored document into the ledger, once by each version of the reader."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hashpivot.core import HashpivotError, LedgerError, NoData
from hashpivot.lines import READER_VERSION
from hashpivot.sources import Store, StoredDocument

from ..ledger import FileAdder, one_file
from ._events import FetchState


class Outcome(NamedTuple):
    """What became of a document that came.

    Args:
        state: Its state.
        figures: How many were written.
        reason: Why none were.
        warnings: Of the reader, and figures that disagree with those of other sources.
    """

    state: FetchState
    figures: int = 0
    reason: str = ""
    warnings: tuple[str, ...] = ()


def read_into_ledger(document: StoredDocument, store: Store, adder: FileAdder, ticker: str = "") -> Outcome:
    """Read a document and add it, unless this version of the reader has done so before.

    Args:
        document: In the store.
        store: Its store, which keeps the outcome of documents that give the ledger nothing.
        adder: Puts it into the user's ledger.
        ticker: Whose it is, if the file itself does not tell the reader.

    Raises:
        LedgerError: If the ledger cannot be read or written.
        DocumentStoreError: If the store cannot.
    """
    noted = _Note.parse(document.note)
    held = adder.ledger.source(document.sha256)
    if held and held.reader >= READER_VERSION:
        return Outcome(FetchState.UNCHANGED, warnings=noted.lines if noted.state == FetchState.NEW else ())
    if noted.state == FetchState.NOT_DISCLOSED:  # what could not be read is tried again
        return Outcome(FetchState.NOT_DISCLOSED, 0, "\n".join(noted.lines))
    outcome = _added(document.path, adder, ticker)
    lines = outcome.warnings or tuple(filter(None, [outcome.reason]))
    if lines:
        store.annotate(document.key, str(_Note(outcome.state, lines)))
    return outcome


def _added(path: Path, adder: FileAdder, ticker: str) -> Outcome:
    try:
        with one_file(path):
            added = adder.add(path, ticker=ticker)
    except LedgerError:
        raise
    except MemoryError:
        return Outcome(FetchState.UNREADABLE, 0, "it needs more memory than there is")
    except NoData as error:
        return Outcome(FetchState.NOT_DISCLOSED, 0, error.message)
    except HashpivotError as error:
        return Outcome(FetchState.UNREADABLE, 0, error.message)
    state = FetchState.NEW if added.new or added.changes else FetchState.UNCHANGED
    return Outcome(state, added.figures, warnings=added.warnings)


class _Note(NamedTuple):
    """What the store keeps about a document that was read: the outcome, and a reason or warnings."""

    state: str = ""
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join((f"{READER_VERSION} {self.state}", *self.lines))

    @classmethod
    def parse(cls, text: str) -> _Note:
        """Return what was noted; nothing if another version of the reader did."""
        first, *lines = text.split("\n")
        version, _, state = first.partition(" ")
        return cls(state, tuple(lines)) if version == str(READER_VERSION) else cls()

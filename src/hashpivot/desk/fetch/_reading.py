"""From a stored document into the ledger, once by each version of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from hashpivot.core import HashpivotError, LedgerError, NoData
from hashpivot.lines import READER_VERSION
from hashpivot.sources import Store, StoredDocument

from ..ledger import add_file, one_file
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


def read_into_ledger(
    document: StoredDocument, store: Store, ledger: Path | None, readers: Mapping[str, int], ticker: str = ""
) -> Outcome:
    """Read a document and add it, unless this version of the reader has done so before.

    Args:
        document: In the store.
        store: Its store, which keeps the outcome of documents that give the ledger nothing.
        ledger: The user's ledger.
        readers: Versions of the reader that read the ledger's sources, by key.
        ticker: Whose it is, if the file itself does not tell the reader.

    Raises:
        LedgerError: If the ledger cannot be written.
        DocumentStoreError: If the store cannot.
    """
    if readers.get(document.sha256, -1) >= READER_VERSION:
        return Outcome(FetchState.UNCHANGED)
    known = _noted(document)
    if known:
        return known
    try:
        with one_file(document.path):
            added = add_file(document.path, ledger, ticker=ticker)
    except LedgerError:
        raise
    except MemoryError:
        outcome = Outcome(FetchState.UNREADABLE, 0, "it needs more memory than there is")
    except NoData as error:
        outcome = Outcome(FetchState.NOT_DISCLOSED, 0, error.message)
    except HashpivotError as error:
        outcome = Outcome(FetchState.UNREADABLE, 0, error.message)
    else:
        state = FetchState.NEW if added.new or added.changes else FetchState.UNCHANGED
        return Outcome(state, added.figures, warnings=added.warnings if added.new else ())
    store.annotate(document.key, f"{READER_VERSION} {outcome.state} {outcome.reason}")
    return outcome


def _noted(document: StoredDocument) -> Outcome | None:
    """The outcome this version of the reader noted before; what it could not read is tried again."""
    version, _, rest = document.note.partition(" ")
    state, _, reason = rest.partition(" ")
    if version != str(READER_VERSION) or state != FetchState.NOT_DISCLOSED:
        return None
    return Outcome(FetchState.NOT_DISCLOSED, 0, reason)

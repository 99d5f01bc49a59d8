"""A copy of an added file in the store, where traces look for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hashpivot.core import DocumentStoreError, HashpivotError, Source
from hashpivot.filings.source import unpack
from hashpivot.sources import Store

_LARGEST = 40_000_000  # bytes, unpacked, of a copy; the largest annual reports have about 20 million


def keep_copy(source: Source, path: Path, store: Store) -> tuple[str, ...]:
    """Put a file into the store, unless it is there or is too large to be shown.

    Args:
        source: What was read from it.
        path: The file.
        store: The store.

    Returns:
        A warning if the store cannot be written; a ledger that was written stays as it is.
    """
    try:
        _keep(source, path, store)
    except DocumentStoreError as error:
        return no_copy(error)
    return ()


def no_copy(error: DocumentStoreError) -> tuple[str, ...]:
    """Return the warning of a file whose copy cannot be kept."""
    return (f"no copy of it is kept for traces: {error.message}",)


def _keep(source: Source, path: Path, store: Store) -> None:
    if store.by_sha256(source.sha256) is not None:
        return
    try:
        data = unpack(path.read_bytes(), _LARGEST, path.name)
    except (OSError, HashpivotError):
        return
    if hashlib.sha256(data).hexdigest() == source.sha256:  # else it has changed since it was read
        store.put(f"added/{source.sha256}", data)

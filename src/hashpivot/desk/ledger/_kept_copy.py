"""A copy of an added file in the store, where traces look for it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hashpivot.core import DocumentStoreError, HashpivotError, Source
from hashpivot.filings.source import unpack
from hashpivot.sources import Store

_LARGEST = 40_000_000  # bytes, unpacked, of a copy; the largest annual reports have about 20 million


def keep_copy(source: Source, path: Path) -> tuple[str, ...]:
    """Put a file into the store, unless it is there or is too large to be shown.

    Args:
        source: What was read from it.
        path: The file.

    Returns:
        A warning if the store cannot be written; a ledger that was written stays as it is.
    """
    try:
        data = unpack(path.read_bytes(), _LARGEST, path.name)
    except (OSError, HashpivotError):
        return ()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        return ()  # changed since it was read
    try:
        with Store() as store:
            if store.by_sha256(source.sha256) is None:
                store.put(f"added/{source.sha256}", data)
    except DocumentStoreError as error:
        return (f"no copy of it is kept for traces: {error.message}",)
    return ()

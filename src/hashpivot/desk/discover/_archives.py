"""Archives of the SEC's data sets: those in the store of fetched documents, and fetching more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hashpivot.core import InvalidInput, Quarter
from hashpivot.sources import Settings
from hashpivot.sources.sec import notes_data_set
from hashpivot.sources.store import Store, held_documents

from ..fetch import open_sec

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_ARCHIVE = re.compile(r"sec/.*_notes\.zip")
_FIRST_MONTHLY = date(2020, 10, 1)


def held_data_sets() -> tuple[Path, ...]:
    """The archives in the store, oldest fetched first.

    Raises:
        DocumentStoreError: If the store cannot be read.
    """
    held = [document for document in held_documents() if _ARCHIVE.fullmatch(document.key)]
    return tuple(document.path for document in sorted(held, key=lambda one: one.key))


def fetch_data_sets(
    period: str, *, base_url: str = "", on_wait: Callable[[str], None] | None = None
) -> tuple[Path, ...]:
    """Fetch the Financial Statement and Notes data sets of a quarter or month into the store.

    Args:
        period: `2025Q2` (its three months, or the quarter's one archive before October 2020) or `2025-04`.
        base_url: Of a stand-in for the SEC; empty for the settings' or the real one.
        on_wait: As `Client`.

    Returns:
        The archives.

    Raises:
        InvalidInput: If it is no quarter or month, or it is not known who asks.
        NotAtSource: If one is not published yet.
        SourceError, DocumentStoreError: As `download`.
    """
    days = tuple(_days(period))
    with open_sec(Settings.load(), base_url, on_wait) as client, Store() as store:
        return tuple(notes_data_set(client, store, day).path for day in days)


def _days(period: str) -> Iterator[date]:
    """A day in each archive of a period."""
    month = _MONTH.fullmatch(period.strip())
    if month:
        yield date(int(month[1]), int(month[2]), 1)
        return
    try:
        quarter = Quarter.parse(period)
    except InvalidInput:
        raise InvalidInput(
            f"{period!r} is neither a quarter nor a month", hint="write 2025Q2 or 2025-04"
        ) from None
    first = quarter.start
    if first < _FIRST_MONTHLY:
        yield first
    else:
        yield from (date(first.year, first.month + n, 1) for n in range(3))

"""The daily index: complete, once a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..http import Client
from ..store import Store, download
from ._json import changed
from ._submissions import FilingEntry

_URL = "https://www.sec.gov/Archives/edgar/daily-index/{day:%Y}/QTR{quarter}/form.{day:%Y%m%d}.idx"
_COLUMNS = ("Form Type", "Company Name", "CIK", "Date Filed", "File Name")
_FILE = re.compile(r"edgar/data/(\d+)/(?:\d{18}/)?(\d{10}-\d{2}-\d{6})\.txt")


def daily_index(client: Client, store: Store, day: date) -> list[FilingEntry]:
    """All filings of a day.

    Args:
        client: Of EDGAR.
        store: Where the index is kept.
        day: A day that is over in New York; the index of weekends and holidays does not exist.

    Raises:
        NotAtSource: If there is none of that day.
        UnexpectedAnswer: If it has another shape than we know.
        SourceError, DocumentStoreError: As `download`.
    """
    url = _URL.format(day=day, quarter=(day.month + 2) // 3)
    document, _ = download(client, store, f"sec/form.{day:%Y%m%d}.idx", url, fixed=False, whole=bool)
    return list(_entries(document.read().decode("latin-1"), url))


def _entries(text: str, url: str) -> Iterator[FilingEntry]:
    """The rows below the line of dashes; columns stand where the heading has them."""
    starts: list[int] = []
    began = False
    for line in text.splitlines():
        if not starts and all(name in line for name in _COLUMNS):
            starts = [line.index(name) for name in _COLUMNS]
        elif starts and not began and line.startswith("---"):
            began = True
        elif began and line.strip():
            yield _entry(line, starts, url)
    if not began:
        raise changed(url, "there is no heading above a line of dashes")


def _entry(line: str, starts: list[int], url: str) -> FilingEntry:
    found = _FILE.search(line)
    if found is None:
        raise changed(url, f"a row without a file ({line[:60]!r})")
    digits = re.sub(r"\D", "", line[starts[3] : starts[4]])
    try:
        filed = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise changed(url, f"a row without a day ({line[:60]!r})") from None
    return FilingEntry(str(int(found.group(1))), found.group(2), line[: starts[1]].strip(), filed)

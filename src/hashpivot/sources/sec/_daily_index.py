"""The daily index: complete, once a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..http import Client
from ..store import Store, download
from ._changed import changed
from ._submissions import FilingEntry

_URL = "https://www.sec.gov/Archives/edgar/daily-index/{day:%Y}/QTR{quarter}/form.{day:%Y%m%d}.idx"
_ROW = re.compile(
    r"(?P<who>\S.*?)\s+(?P<day>\d{8}|\d{4}-\d{2}-\d{2})\s+"
    r"edgar/data/(?P<cik>\d+)/(?:\d{18}/)?(?P<accession>\d{10}-\d{2}-\d{6})\.txt\s*"
)
_GAP = re.compile(r"\s{2,}")  # between form, company and CIK; single spaces stand within form and company


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
    """The rows below the line of dashes.

    The heading is not read: in EDGAR's files of 2026 it is broken over two lines, and the columns below stand
    elsewhere than it says. A form that fills its column runs into the company's name; the row is then told by
    what is left, as the forms we look for leave a gap.
    """
    _, rule, below = text.partition("\n---")
    if not rule:
        raise changed(url, "there is no line of dashes")
    rows = [_row(line, url) for line in below.splitlines()[1:] if line.strip()]
    columns = [_GAP.split(row["who"]) for row in rows]
    if rows and all(len(each) < 3 for each in columns):
        raise changed(url, f"rows without gaps between form, company and CIK ({rows[0][0][:60]!r})")
    for row, (form, *_) in zip(rows, columns, strict=True):
        yield _entry(row, form, url)


def _row(line: str, url: str) -> re.Match[str]:
    row = _ROW.fullmatch(line)
    if row is None:
        raise changed(url, f"a row without form, day and file ({line[:60]!r})")
    return row


def _entry(row: re.Match[str], form: str, url: str) -> FilingEntry:
    digits = row["day"].replace("-", "")
    try:
        filed = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise changed(url, f"a row without a day ({row[0][:60]!r})") from None
    return FilingEntry(str(int(row["cik"])), row["accession"], form, filed)

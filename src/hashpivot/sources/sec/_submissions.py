"""A filer's list of filings: the recent ones, and the older pages that are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.core import NotAtSource

from ..http import Client
from ._json import JsonObject, as_object, changed, get_object

_ADDRESS = "https://data.sec.gov/submissions/"
_NEEDED = ("accessionNumber", "filingDate", "form")
_MAY_BE = ("reportDate", "items", "primaryDocument")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_PAGE = re.compile(r"CIK\d{10}-submissions-\d{3}\.json")


@dataclass(frozen=True, slots=True)
class FilingEntry:
    """One filing in a list of EDGAR.

    Args:
        cik: Of the filer, without leading zeros.
        accession: `0001628280-25-046263`; its first ten digits are the filing agent's.
        form: `10-Q`, `8-K/A`, ...
        filed: Day it was filed.
        period: Day its report date names, None if none.
        items: Of an 8-K, such as `2.02`; 6-K have none.
        document: File name of the main document; may be empty.
    """

    cik: str
    accession: str
    form: str
    filed: date
    period: date | None = None
    items: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class FilingList:
    """A filer and its filings.

    Args:
        cik: Without leading zeros.
        name: As EDGAR has it.
        tickers: As EDGAR has them; often empty.
        filings: Newest first, each once.
    """

    cik: str
    name: str
    tickers: tuple[str, ...]
    filings: tuple[FilingEntry, ...]


def filing_list(client: Client, cik: str, since: date | None = None) -> FilingList:
    """A filer with its filings, the older ones as far as they are wanted.

    Args:
        client: Of EDGAR.
        cik: With or without leading zeros.
        since: First day of filing that matters; all if not given.

    Raises:
        NotAtSource: If EDGAR knows no such filer.
        UnexpectedAnswer: If the list has another shape than we know.
        SourceError: As `Client.get`.
    """
    url = f"{_ADDRESS}CIK{int(cik):010d}.json"
    try:
        answer = get_object(client, url)
    except NotAtSource:
        raise NotAtSource(
            f"sec: it knows no filer with CIK {int(cik)}", where=url, hint="check the CIK in companies.toml"
        ) from None
    filings = as_object(answer.get("filings"), url)
    entries = dict.fromkeys(_entries(as_object(filings.get("recent"), url), cik, url))
    for page in _older(filings, since, url):
        entries |= dict.fromkeys(_entries(get_object(client, page), cik, page))
    once = {entry.accession: entry for entry in reversed(entries)}
    wanted = sorted(once.values(), key=lambda entry: (entry.filed, entry.accession), reverse=True)
    tickers = answer.get("tickers")
    return FilingList(
        str(int(cik)),
        str(answer.get("name", "")),
        tuple(str(ticker) for ticker in tickers if ticker) if isinstance(tickers, list) else (),
        tuple(entry for entry in wanted if since is None or entry.filed >= since),
    )


def _older(filings: JsonObject, since: date | None, url: str) -> Iterator[str]:
    """Addresses of the older pages that reach into the days wanted."""
    pages = filings.get("files", [])
    if not isinstance(pages, list):
        raise changed(url, "files is no list")
    for page in pages:
        held = as_object(page, url)
        name, last = str(held.get("name", "")), _day(held.get("filingTo"))
        if not _PAGE.fullmatch(name):
            raise changed(url, f"an older page is called {name!r}")
        if since is None or last is None or last >= since:
            yield _ADDRESS + name


def _entries(columns: JsonObject, cik: str, url: str) -> Iterator[FilingEntry]:
    """The rows of parallel columns; columns we do not know are left alone."""
    missing = [name for name in _NEEDED if not isinstance(columns.get(name), list)]
    if missing:
        raise changed(url, f"there is no column {missing[0]}")
    held = {name: _column(columns, name) for name in (*_NEEDED, *_MAY_BE)}
    count = len(held["accessionNumber"])
    uneven = [name for name, column in held.items() if len(column) not in (count, 0)]
    if uneven or len(held["form"]) != count or len(held["filingDate"]) != count:
        raise changed(url, f"the columns differ in length ({(uneven or ['form'])[0]})")
    blank = [""] * count
    for row in zip(*(held[name] or blank for name in held), strict=True):
        yield _entry(row, cik, url)


def _column(columns: JsonObject, name: str) -> list[Any]:
    column = columns.get(name)
    return column if isinstance(column, list) else []


def _entry(row: Sequence[Any], cik: str, url: str) -> FilingEntry:
    accession, filed, form, period, items, document = (str(value or "") for value in row)
    day = _day(filed)
    if not _ACCESSION.fullmatch(accession) or day is None:
        raise changed(url, f"a filing is numbered {accession!r} and filed on {filed!r}")
    listed = tuple(item for each in items.split(",") if (item := each.strip()))
    return FilingEntry(str(int(cik)), accession, form.strip(), day, _day(period), listed, document)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None

"""A filer's list of filings: the recent ones, and the older pages that are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hashpivot.core import NotAtSource

from ..http import Client, JsonAnswer, get_json
from ._changed import changed

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
        answer = get_json(client, url)
    except NotAtSource:
        raise NotAtSource(
            f"sec: it knows no filer with CIK {int(cik)}", where=url, hint="check the CIK in companies.toml"
        ) from None
    filings = answer["filings"]
    entries = dict.fromkeys(_entries(filings["recent"], cik))
    for page in _older(filings, since):
        entries |= dict.fromkeys(_entries(get_json(client, page), cik))
    once = {entry.accession: entry for entry in reversed(entries)}
    wanted = sorted(once.values(), key=lambda entry: (entry.filed, entry.accession), reverse=True)
    return FilingList(
        str(int(cik)),
        _text(answer.get("name")),
        tuple(filter(None, map(_text, _items(answer.get("tickers"))))),
        tuple(entry for entry in wanted if since is None or entry.filed >= since),
    )


def _older(filings: JsonAnswer, since: date | None) -> Iterator[str]:
    """Addresses of the older pages that reach into the days wanted."""
    for page in _items(filings.get("files")):
        name, last = page["name"].text(), _day(_text(page.get("filingTo")))
        if not _PAGE.fullmatch(name):
            page["name"].unexpected("the name of an older page")
        if since is None or last is None or last >= since:
            yield _ADDRESS + name


def _entries(columns: JsonAnswer, cik: str) -> Iterator[FilingEntry]:
    """The rows of parallel columns; columns we do not know are left alone."""
    held = {name: columns[name].items() for name in _NEEDED}
    held |= {name: _items(columns.get(name)) for name in _MAY_BE}
    count = len(held["accessionNumber"])
    uneven = [name for name, column in held.items() if len(column) != count and (column or name in _NEEDED)]
    if uneven:
        raise changed(columns.where, f"the columns differ in length ({uneven[0]})")
    blank: list[None] = [None] * count
    for row in zip(*(column or blank for column in held.values()), strict=True):
        yield _entry(row, cik)


def _entry(row: Sequence[JsonAnswer | None], cik: str) -> FilingEntry:
    accession, filed, form, period, items, document = map(_text, row)
    day = _day(filed)
    if not _ACCESSION.fullmatch(accession) or day is None:
        assert row[0]
        raise changed(row[0].where, f"a filing is numbered {accession!r} and filed on {filed!r}")
    listed = tuple(item for each in items.split(",") if (item := each.strip()))
    return FilingEntry(str(int(cik)), accession, form.strip(), day, _day(period), listed, document)


def _items(value: JsonAnswer | None) -> list[JsonAnswer]:
    return value.items() if value else []


def _text(value: JsonAnswer | None) -> str:
    return "" if value is None or value.value is None else value.text()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

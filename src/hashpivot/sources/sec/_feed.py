"""The feed of current filings: fast, and not complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from lxml import etree

from hashpivot.core import NotAtSource

from ..http import Client
from ._changed import changed

_URL = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=&owner=include&count={count}&start={start}&output=atom"
_COUNT = 100  # the most the service gives
_MOST_PAGES = 60  # of a busy day; the service shows no more than some 5,000 entries
_ATOM = "{http://www.w3.org/2005/Atom}"
_ACCESSION = re.compile(r"accession-number=(\d{10}-\d{2}-\d{6})")
_CIK = re.compile(r"\((\d{10})\) \([^()]*\)\s*$")
_FILED = re.compile(r"Filed:\s*(?:</b>)?\s*(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class CurrentFiling:
    """A filing in the feed.

    Args:
        accession: Its number.
        form: `10-Q`, `8-K`, ...
        ciks: Of all who take part in it: filer, subject, reporting owner; without leading zeros.
        updated: When the feed says it was accepted, UTC.
        filed: Day it was filed, None if the feed does not say.
    """

    accession: str
    form: str
    ciks: frozenset[str]
    updated: datetime
    filed: date | None


def current_filings(client: Client, since: datetime) -> list[CurrentFiling]:
    """What the feed shows since a moment, oldest first, each filing once.

    Args:
        client: Of EDGAR.
        since: Entries accepted earlier end the search; aware of its zone.

    Raises:
        UnexpectedAnswer: If the feed has another shape than we know.
        SourceError: As `Client.get`.
    """
    found: dict[str, CurrentFiling] = {}
    for page in range(_MOST_PAGES):
        entries = _page(client, page * _COUNT)
        for entry in entries:
            held = found.get(entry.accession)
            found[entry.accession] = replace(held, ciks=held.ciks | entry.ciks) if held else entry
        if len(entries) < _COUNT or min(entry.updated for entry in entries) < since:
            break
    return sorted(
        (entry for entry in found.values() if entry.updated >= since),
        key=lambda entry: (entry.updated, entry.accession),
    )


def _page(client: Client, start: int) -> list[CurrentFiling]:
    url = _URL.format(count=_COUNT, start=start)
    try:
        body = client.get(url, whole=lambda body: b"</feed>" in body[-200:]).body
    except NotAtSource:
        return []  # past the end
    return list(_entries(body, url))


def _entries(body: bytes, url: str) -> Iterator[CurrentFiling]:
    # One name with a character that XML forbids must not hide the other filings, so such are left out.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    feed = etree.fromstring(body, parser)
    if feed is None or feed.tag != f"{_ATOM}feed":
        raise changed(url, "it is no feed")
    for entry in feed.iter(f"{_ATOM}entry"):
        title, identity = entry.findtext(f"{_ATOM}title") or "", entry.findtext(f"{_ATOM}id") or ""
        category = entry.find(f"{_ATOM}category")
        number, cik = _ACCESSION.search(identity), _CIK.search(title)
        moment = _moment(entry.findtext(f"{_ATOM}updated") or "")
        if number is None or moment is None or category is None:
            raise changed(url, f"an entry without number, form or time ({title[:60]!r})")
        filed = _FILED.search(entry.findtext(f"{_ATOM}summary") or "")
        yield CurrentFiling(
            number.group(1),
            category.get("term", "").strip(),
            frozenset([str(int(cik.group(1)))] if cik else []),
            moment,
            date.fromisoformat(filed.group(1)) if filed else None,
        )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None

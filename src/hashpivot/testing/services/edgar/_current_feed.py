"""The Atom feed of current filings: one entry for each filing and party, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from ...submissions import ServedFiler, ServedFiling, eastern, item_title

_COUNTS = (10, 20, 40, 80, 100)
_DEFAULT = 40
_OWNERSHIP = ("3", "4", "5", "3/A", "4/A", "5/A")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Entry = tuple[ServedFiling, ServedFiler, str]


def wanted_entries(filings: Sequence[ServedFiling], query: Mapping[str, str]) -> list[Entry]:
    """Return the entries a query's `type` (a beginning of the form) and `owner` let through."""
    form, owner = query.get("type", ""), query.get("owner", "include")
    return [
        (one, party, role)
        for one in filings
        if one.form.startswith(form) and owner in ("include", "", "only" if _owned(one) else "exclude")
        for party, role in one.parties
    ]


def _owned(one: ServedFiling) -> bool:
    return one.form in _OWNERSHIP


def page_of(entries: Sequence[Entry], query: Mapping[str, str]) -> Sequence[Entry] | None:
    """Return the page `start` and `count` ask for; None past the end. The first page may be empty."""
    start, count = _number(query.get("start", "")), _number(query.get("count", ""))
    size = count if count in _COUNTS else _DEFAULT
    return entries[start : start + size] if start < len(entries) or start == 0 else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def feed(entries: Sequence[Entry], now: datetime) -> bytes:
    """Return the feed as Atom in ISO-8859-1.

    Args:
        entries: Newest first.
        now: The moment it is made.
    """
    moment = eastern(now)
    zone = moment.tzname() or "EST"
    shown = (
        f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} {zone}"
    )
    start = "/cgi-bin/browse-edgar?action=getcurrent"
    head = (
        '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f'<title>Latest Filings - {shown}</title>\n<link rel="alternate" href="{start}"/>\n'
        f'<link rel="self" href="{start}"/>\n<id>https://www.sec.gov{start}</id>\n'
        "<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>\n"
        f"<updated>{moment.isoformat(timespec='seconds')}</updated>\n"
    )
    text = head + "".join(map(_entry, entries)) + "</feed>"
    return text.encode("iso-8859-1", "xmlcharrefreplace")


def _entry(entry: Entry) -> str:
    one, party, role = entry
    link = f"https://www.sec.gov/Archives/edgar/data/{party.cik}/{one.folder}/{one.accession}-index.htm"
    items = "".join(f"\n<br>Item {item}: {item_title(item)}" for item in one.items)
    summary = f"\n <b>Filed:</b> {one.filed} <b>AccNo:</b> {one.accession} <b>Size:</b> {_size(one)}{items}\n"
    title = f"{one.form} - {party.name} ({party.padded}) ({role})"
    return (
        f"<entry>\n<title>{escape(title, quote=False)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{link}"/>\n'
        f'<summary type="html">{escape(summary, quote=False)}</summary>\n'
        f"<updated>{one.wall_time.isoformat(timespec='seconds')}</updated>\n"
        f'<category scheme="https://www.sec.gov/" label="form type" term="{escape(one.form)}"/>\n'
        f"<id>urn:tag:sec.gov,2008:accession-number={one.accession}</id>\n</entry>\n"
    )


def _size(one: ServedFiling) -> str:
    size = len(one.submission())
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{max(1, size // 1_000)} KB"

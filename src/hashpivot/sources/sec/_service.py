"""EDGAR as a service: its hosts, its pace, and what its answers mean.

Facts from recorded answers: three kinds of 403 that only their bodies tell apart, a rate block that may come
with status 200, pages where data are due.
"""

from __future__ import annotations

import re

from ..http import Reply, ReplyKind, Service, by_status
from ..settings import Identity

HOSTS = ("www.sec.gov", "data.sec.gov", "efts.sec.gov")
RATE = 8.0  # requests a second; the SEC allows 10 an address, over all its processes
BLOCK = 600.0
"""Seconds for which EDGAR refuses after too many requests; a request in that time prolongs it."""

_TITLE = re.compile(rb"<title[^>]*>([^<]*)", re.IGNORECASE)
_DATA = re.compile(r"\.json$|/search-index|output=atom|\.txt$|\.gz$|\.idx$|\.zip$")
_ADVICE = (
    "check name and email in [identity] of settings.toml: plain letters, no address of a page, no parentheses"
)


def sec_service(who: Identity, *, base_url: str = "", block_seconds: float = BLOCK) -> Service:
    """EDGAR, asked by `who`.

    Args:
        who: Sent with every request, as the SEC asks.
        base_url: Of a stand-in; the paths stay.
        block_seconds: Length of a stand-in's blocks.
    """
    return Service(
        "sec",
        HOSTS,
        RATE,
        block_seconds,
        sec_kind,
        {"User-Agent": who.user_agent},
        base_url=base_url,
        advice=_ADVICE,
    )


def sec_kind(reply: Reply) -> ReplyKind:
    """What an answer of EDGAR means."""
    if reply.is_html:
        return _page(reply)
    if reply.status == 403 and reply.says("<Code>AccessDenied</Code>", "<Code>NoSuchKey</Code>"):
        return ReplyKind.ABSENT  # so EDGAR says that a file of its archives does not exist
    if reply.status == 500:
        return ReplyKind.MAINTENANCE  # full-text search, while it is worked on
    return by_status(reply)


def _page(reply: Reply) -> ReplyKind:
    found = _TITLE.search(reply.head)
    title = found.group(1).decode("latin-1").lower() if found else ""
    if "request rate threshold" in title:
        return ReplyKind.BLOCKED
    if "undeclared automated tool" in title:
        return ReplyKind.UNDECLARED
    if reply.status == 503 and re.search(r"[?&]start=[1-9]", reply.asked):
        return ReplyKind.ABSENT  # past the end of the list of current filings
    kind = by_status(reply)
    if kind == ReplyKind.USABLE and _DATA.search(reply.asked):
        return ReplyKind.MAINTENANCE  # a page where data are due
    return kind

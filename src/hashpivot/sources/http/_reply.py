"""What an answer means: whether it can be used, and whether asking again can help."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReplyKind(StrEnum):
    """What an answer of a service means for the next request."""

    USABLE = "usable"
    UNCHANGED = "unchanged"
    """What is held is still what the service has (304)."""
    ABSENT = "absent"
    """There is no such document: never asked for again."""
    UNDECLARED = "undeclared"
    """The identification was refused; it is for the user to mend."""
    REFUSED = "refused"
    """Keys or rights are missing."""
    BLOCKED = "blocked"
    """Too many requests: nobody may send until the block has passed."""
    MAINTENANCE = "maintenance"
    """The service says it is not at work."""
    BROKEN = "broken"
    """The service failed, or the answer did not come whole."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and beginning of an answer: enough to tell what it means.

    Args:
        status: HTTP status.
        headers: By name in lower case.
        head: The first bytes of the body, unpacked.
        asked: Path and query that were asked for.
    """

    status: int
    headers: Mapping[str, str]
    head: bytes = field(repr=False)
    asked: str

    def says(self, *words: str) -> bool:
        """True if the beginning of the body contains one of the words, in any case."""
        text = self.head.decode("latin-1").lower()
        return any(word.lower() in text for word in words)

    @property
    def is_html(self) -> bool:
        """True if the body is a page, whatever its type says."""
        start = _BEFORE_PAGE.sub(b"", self.head)[:200].lower()
        return start.startswith((b"<!doctype html", b"<html"))


_BEFORE_PAGE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?xml.*?\?>|<!--.*?-->)*", re.DOTALL)
"""What may stand before a page's first tag: a byte order mark, a declaration, remarks."""

ReplyKinds = Callable[[Reply], ReplyKind]


def by_status(reply: Reply) -> ReplyKind:
    """The meaning by HTTP status alone (RFC 9110, RFC 6585)."""
    status = reply.status
    if status == 304:
        return ReplyKind.UNCHANGED
    if 200 <= status < 300:
        return ReplyKind.USABLE
    if status == 429:
        return ReplyKind.BLOCKED
    if status in (404, 410):
        return ReplyKind.ABSENT
    if status == 503:
        return ReplyKind.MAINTENANCE
    return ReplyKind.REFUSED if 400 <= status < 500 and status != 408 else ReplyKind.BROKEN

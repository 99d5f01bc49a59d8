"""Files with a tag and a date: 304 to a client that has them already."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from ..http import SeenRequest, ServedAnswer


def conditional(
    request: SeenRequest, right: ServedAnswer, changed: datetime, *, packed: bool
) -> ServedAnswer:
    """Return an answer with ETag and Last-Modified, or 304 where the request shows that nothing changed.

    Args:
        request: Its If-None-Match counts before its If-Modified-Since.
        right: The whole answer.
        changed: When the file last changed.
        packed: True if the tag ends in `-gzip`, as that of a full submission does.
    """
    moment = changed.astimezone(UTC).replace(microsecond=0)
    digest = hashlib.md5(right.body, usedforsecurity=False).hexdigest()
    tag = f'"{digest}{"-gzip" if packed else ""}"'
    named = {"ETag": tag, "Last-Modified": format_datetime(moment, usegmt=True), "Vary": "Accept-Encoding"}
    if _unchanged(request, tag, moment):
        return ServedAnswer(304, headers=named)
    return replace(right, headers={**right.headers, **named})


def _unchanged(request: SeenRequest, tag: str, moment: datetime) -> bool:
    tags = request.header("if-none-match")
    if tags:
        return tags == "*" or tag in (one.strip().removeprefix("W/") for one in tags.split(","))
    since = request.header("if-modified-since")
    try:
        return bool(since) and moment <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False

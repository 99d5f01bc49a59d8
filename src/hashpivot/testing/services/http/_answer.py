"""What a service answers, and how the bytes of it travel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ServedAnswer:
    """An answer of a stand-in.

    Args:
        status: HTTP status.
        body: The body before any compression.
        headers: Headers beside those the server writes itself (Date, Content-Length, Content-Encoding, ...).
        compress: True to send gzip to a client that accepts it.
        chunked: True to send in chunks, without a Content-Length.
        close: True to close the connection after it.
        gzip_damage: Empty; `plain` says gzip and is none; `truncated` is gzip that ends early.
        sent_share: Part of the bytes that is sent before the connection closes; 1 sends all.
        bytes_per_second: Speed of the body; None for as fast as it goes.
        reset: True to reset the connection instead of answering.
        silent_seconds: Seconds without a byte before it is answered.
        clock_skew_seconds: Seconds by which its Date header is ahead of the service's clock.
    """

    status: int = 200
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    compress: bool = True
    chunked: bool = False
    close: bool = False
    gzip_damage: str = ""
    sent_share: float = 1.0
    bytes_per_second: float | None = None
    reset: bool = False
    silent_seconds: float = 0.0
    clock_skew_seconds: float = 0.0


def json_answer(value: Any, status: int = 200, **headers: str) -> ServedAnswer:
    """Return an answer of JSON.

    Args:
        value: What `json.dumps` takes.
        status: HTTP status.
        headers: Further headers, `_` for `-`.
    """
    return typed_answer("application/json", json.dumps(value).encode(), status, **headers)


def html_answer(body: str | bytes, status: int = 200, **headers: str) -> ServedAnswer:
    """Return an answer of HTML; see `typed_answer`."""
    return typed_answer("text/html", body, status, **headers)


def text_answer(body: str | bytes, status: int = 200, **headers: str) -> ServedAnswer:
    """Return an answer of plain text; see `typed_answer`."""
    return typed_answer("text/plain", body, status, **headers)


def xml_answer(body: str | bytes, status: int = 200, **headers: str) -> ServedAnswer:
    """Return an answer of XML; see `typed_answer`."""
    return typed_answer("application/xml", body, status, **headers)


def typed_answer(kind: str, body: str | bytes, status: int = 200, **headers: str) -> ServedAnswer:
    """Return an answer of a content type.

    Args:
        kind: Content-Type.
        body: Text is sent as UTF-8.
        status: HTTP status.
        headers: Further headers, `_` for `-`.
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body.encode() if isinstance(body, str) else body
    return ServedAnswer(status, data, {"Content-Type": kind, **named})

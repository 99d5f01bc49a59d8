"""A request as the server saw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class SeenRequest:
    """A request as the server saw it, and what came of it.

    Args:
        at: Moment of arrival on the monotonic clock, seconds.
        method: `GET`, `POST`, ...
        path: Path with the query, as sent.
        headers: By name in lower case.
        body: Of a POST.
        status: Status that was sent; 0 if nothing was.
    """

    at: float
    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    status: int = 0

    @property
    def route(self) -> str:
        """The path without the query."""
        return urlsplit(self.path).path

    @property
    def query(self) -> dict[str, str]:
        """The query's fields, the last value of each; empty values are kept."""
        fields = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return {name: values[-1] for name, values in fields.items()}

    def header(self, name: str) -> str:
        """Return a header's value; empty if it was not sent."""
        return self.headers.get(name.lower(), "")

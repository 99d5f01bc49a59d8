"""A client that follows nothing, retries nothing and shows what came over the wire."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

AGENT = "Jane Doe jane@example.com"


@dataclass(frozen=True)
class Got:
    """An answer with the body as it came, and unpacked."""

    status: int
    headers: Mapping[str, str]
    wire: bytes

    @property
    def body(self) -> bytes:
        """The body without compression."""
        return gzip.decompress(self.wire) if self.headers.get("content-encoding") == "gzip" else self.wire

    @property
    def text(self) -> str:
        return self.body.decode("latin-1")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def get(url: str, path: str, *, agent: str = AGENT, timeout: float = 5, **headers: str) -> Got:
    """Return what a GET of its own connection is answered; headers with `_` for `-`."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"User-Agent": agent, **named})
        answer = connection.getresponse()
        return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()

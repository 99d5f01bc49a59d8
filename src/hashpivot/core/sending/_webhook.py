"""A webhook: a message as JSON, by POST. Its address is a secret, and stands in no message and no log.

The standard library sends it: an HTTP client that logs addresses would log the secret.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from ssl import SSLError
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from ..base import ChannelError, InvalidInput, json_text

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of this machine: a connection to it needs no encryption."""
_TIMEOUT = 15.0  # seconds without an answer
_PAUSES = (0.0, 1.0)  # seconds before each attempt


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that messages are posted to, with `X-Hashpivot-Id`: the same message has the same one.

    Args:
        url: `https://...`, or `http://` on this machine.
        where: The setting that names it, for errors.
        hint: What becomes of a message that was not accepted, for errors.

    Raises:
        InvalidInput: If it is no such address; it is not shown.
    """

    url: str = field(repr=False)
    where: str
    hint: str = ""

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
            whole = (
                bool(parts.hostname) and self.url.isascii() and self.url.isprintable() and " " not in self.url
            )
            whole = whole and parts.port != 0
        except ValueError:
            safe = whole = False
        if not (safe and whole):
            raise InvalidInput(
                "the address is not one a message may be sent to",
                where=self.where,
                hint="begin it with https://, or http://127.0.0.1 for a program on this machine",
            )

    def post(self, id: str, body: Mapping[str, Any]) -> None:
        """Post a message.

        Args:
            id: Of the message.
            body: What is sent, as JSON.

        Raises:
            ChannelError: If the address does not answer with a status 2xx.
        """
        for pause in _PAUSES:
            time.sleep(pause)
            said, again = self._posted(id, body)
            if not said:
                return
            if not again:
                break
        raise ChannelError(said, where="webhook", hint=self.hint)

    def _posted(self, id: str, body: Mapping[str, Any]) -> tuple[str, bool]:
        """What went wrong, empty if nothing, and whether asking at once again can help."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "hashpivot",
            "X-Hashpivot-Id": id,
        }
        content = json_text(body, indent=None).encode()
        request = Request(self.url, content, headers, method="POST")
        try:
            with self._opener().open(request, timeout=_TIMEOUT):
                return "", False
        except HTTPError as error:
            error.close()
            return f"it answered with status {error.code}", error.code >= 500 or error.code == 429
        except URLError as error:
            return f"no connection: {_cause(error.reason)}", True
        except (OSError, HTTPException) as error:
            return f"no answer: {_cause(error)}", True

    def _opener(self) -> OpenerDirector:
        near = urlsplit(self.url).hostname in LOOPBACK
        return build_opener(_NoRedirect, *([ProxyHandler({})] if near else []))


class _NoRedirect(HTTPRedirectHandler):
    """A message goes to the address the user gave, and to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _cause(error: object) -> str:
    """The kind of failure, in the system's words; never a text that can hold the address."""
    if isinstance(error, SSLError):
        return "its certificate is not trusted here"
    return str(getattr(error, "strerror", "") or type(error).__name__)

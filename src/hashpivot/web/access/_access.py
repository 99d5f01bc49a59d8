"""Who may ask: hosts, origins, the token, methods and sizes; checked before anything is answered."""

from __future__ import annotations

import base64
import binascii
import hmac
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from hashpivot.core import LOOPBACK, InvalidInput

from ._proxy import TrustedProxy

_ANY = ("0.0.0.0", "::")
_SHORTEST_TOKEN = 16  # characters: too many to be guessed over a network
_LONGEST_ADDRESS = 2048  # characters of path and query; the longest of ours have some 200
_LONGEST_HEAD = 16_384  # characters of all headers; browsers send some 2,000


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered.

    Args:
        status: Of HTTP.
        message, hint: As those of an error.
        headers: To be sent with it.
    """

    status: int
    message: str
    hint: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Access:
    """Who may ask a web desk.

    Args:
        host: Address or name it listens on.
        token: What a client must know; empty for none.
        proxy: Before the desk; then only who it vouches for, or knows the token, may ask.

    Raises:
        InvalidInput: If it listens to other machines without a token or a proxy, or the token is short.
    """

    host: str = "127.0.0.1"
    token: str = field(default="", repr=False)
    proxy: TrustedProxy | None = None

    def __post_init__(self) -> None:
        if not self.token and not self.proxy and not self.is_loopback:
            raise InvalidInput(
                f"on {self.host} other machines can ask, so a token is needed",
                hint="set HASHPIVOT_WEB_TOKEN to a secret of 16 characters or more, name a proxy that lets "
                "users in, or leave --host out",
            )
        if self.token and (len(self.token) < _SHORTEST_TOKEN or not self.token.isascii()):
            raise InvalidInput(
                f"the token is shorter than {_SHORTEST_TOKEN} ASCII characters",
                hint="python -c 'import secrets; print(secrets.token_urlsafe())' makes one",
            )

    @property
    def is_loopback(self) -> bool:
        """True if only this machine can ask."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def refusal(
        self, method: str, address: str, headers: Mapping[str, str], takes: int = 0, client: str = ""
    ) -> Refusal | None:
        """Return why a request is refused; None if it may be answered.

        Args:
            method: Of HTTP.
            address: Path and query.
            headers: By name in lower case.
            takes: Longest body that the address takes by POST; 0 if it is only read.
            client: Address that the request comes from.
        """
        if len(address) > _LONGEST_ADDRESS:
            return Refusal(414, f"the address is longer than {_LONGEST_ADDRESS} characters")
        if sum(len(name) + len(value) for name, value in headers.items()) > _LONGEST_HEAD:
            return Refusal(431, f"the headers are longer than {_LONGEST_HEAD:,} characters")
        if not self._names_us(headers.get("host", "")):
            return Refusal(421, "this desk does not answer under that host name")
        if not _same_origin(headers):
            return Refusal(403, "another site must not ask this desk")
        if not self._may_ask(headers, client):
            return Refusal(
                401, "the token is missing or wrong", "any name, and the token as the password",
                {"WWW-Authenticate": 'Basic realm="hashpivot", charset="UTF-8"'},
            )  # fmt: skip
        if takes:
            return _post_refusal(method, headers, takes)
        if method not in ("GET", "HEAD"):
            return Refusal(
                405, f"{method} is not answered: this page is only read", headers={"Allow": "GET, HEAD"}
            )
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            return Refusal(413, "a request must have no body")
        return None

    def _names_us(self, host: str) -> bool:
        """True if a Host header names this desk: a page elsewhere may have its own name point here."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if not name:
            return False
        if self.proxy and name == self.proxy.name.lower():
            return True
        if self.is_loopback:
            return name in LOOPBACK or name == self.host
        return name == self.host.lower() or (self.host in _ANY and _is_address_or_ours(name))

    def _may_ask(self, headers: Mapping[str, str], client: str) -> bool:
        """True if nothing need be known, the proxy vouches for the user, or the token is known."""
        if self.proxy and self.proxy.vouches(client, headers.get(self.proxy.header.lower(), "")):
            return True
        if not self.token:
            return self.proxy is None
        return self._knows_token(headers.get("authorization", ""))

    def _knows_token(self, authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            given = _password(given)
        elif scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.strip().encode(), self.token.encode())


def _post_refusal(method: str, headers: Mapping[str, str], most: int) -> Refusal | None:
    """Why what a form sends is refused: only a page of ours may send it, and no more than is taken."""
    if method != "POST":
        return Refusal(405, f"{method} is not answered: this is sent by a form", headers={"Allow": "POST"})
    if "origin" not in headers and headers.get("sec-fetch-site") != "same-origin":
        return Refusal(403, "only a page of this desk may send this", "a script sets the header Origin")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or "transfer-encoding" in headers:
        return Refusal(411, "the length of the body is not told")
    if len(length) > 9 or int(length) > most:
        return Refusal(413, f"what is sent is longer than {most:,} bytes")
    return None


def _is_address_or_ours(name: str) -> bool:
    """True for an IP address, which no foreign name can be, and for this machine's own name."""
    try:
        ip_address(name)
    except ValueError:
        return name in ("localhost", socket.gethostname().lower())
    return True


def _password(encoded: str) -> str:
    """The password of Basic authentication; empty if it is none."""
    try:
        return base64.b64decode(encoded, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _same_origin(headers: Mapping[str, str]) -> bool:
    """True unless a page of another site asks; following a link from elsewhere is allowed."""
    origin = headers.get("origin")
    if origin is not None:
        try:
            return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
        except ValueError:
            return False
    site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "navigate")
    framed = headers.get("sec-fetch-dest", "document") not in ("document", "empty")
    return site in ("none", "same-origin") or (mode == "navigate" and not framed)

"""One client for every service: identified, rate-limited, patient where that helps, clear where not."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLError
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from hashpivot.core import InvalidInput

from ._limiter import Limiter
from ._limits_folder import limits_folder
from ._reply import Reply, ReplyKind
from ._service import Service
from ._trouble import Trouble, trouble_of
from ._whole import NotWhole, unpacked

if TYPE_CHECKING:
    import httpx2

_HEAD = 4096  # bytes that tell what an answer means
_REDIRECTS = 5
_MOVED = "the service may have moved; a newer hashpivot may know where to"
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_RETRIED = {ReplyKind.MAINTENANCE, ReplyKind.BROKEN}
_BLOCKS = 3  # blocks waited out before a request counts as failed

OnWait = Callable[[str], None]
"""Told in words what is waited for, and for how long."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A usable answer.

    Args:
        url: Address as asked for, not that of a stand-in.
        body: Whole and unpacked; empty if `unchanged`.
        unchanged: True if what the caller holds is still what the service has.
        etag: Validator, empty if none.
        last_modified: Validator, empty if none.
        headers: By name in lower case.
    """

    url: str
    body: bytes = field(repr=False)
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


Whole = Callable[[bytes], bool]
"""Tells whether a body is whole, where its length alone does not show that."""


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)
    whole: Whole | None

    @property
    def conditional(self) -> bool:
        """True if it shows what the caller holds."""
        return any(name in self.headers for name in _CONDITIONS)

    @property
    def path(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Client:
    """Asks one service. Use it as a context manager, so that its connections are closed.

    Args:
        service: Which.
        on_wait: Told when a block or a pause is waited out; nothing is told if not given.
        limits: Folder of the limiter; that of all the user's processes if not given.
    """

    def __init__(
        self, service: Service, *, on_wait: OnWait | None = None, limits: Path | None = None
    ) -> None:
        self.service = service
        self.sent = 0
        self._tell = on_wait or (lambda _: None)
        folder = limits or limits_folder()
        self._limiter = Limiter(folder, service.place, service.rate, service.block_seconds)
        self._http = _open(service)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        headers: Mapping[str, str] | None = None,
        whole: Whole | None = None,
    ) -> Fetched:
        """Ask for an address.

        Args:
            url: The real service's address, also with a `base_url`.
            etag: Validator of what is held; the answer may then be `unchanged`.
            last_modified: Likewise.
            headers: Sent with this request alone.
            whole: If given, bodies it does not agree to count as cut, and are asked for again.

        Raises:
            NotAtSource: There is no such document.
            RefusedBySource: Identification, keys or rights.
            Unreachable: No whole answer came.
            DocumentStoreError: If the limiter's folder cannot be written.
        """
        conditions = dict(zip(_CONDITIONS, (etag, last_modified), strict=True))
        sent = {name: value for name, value in conditions.items() if value} | dict(headers or {})
        return self._ask(_Question("GET", url, sent, None, whole))

    def post(
        self,
        url: str,
        content: bytes,
        *,
        headers: Mapping[str, str] | None = None,
        whole: Whole | None = None,
    ) -> Fetched:
        """Send `content` to an address; otherwise as `get`. For questions only: it may be sent twice."""
        return self._ask(_Question("POST", url, dict(headers or {}), content, whole))

    def _ask(self, question: _Question) -> Fetched:
        attempts, blocks = 0, 0
        while True:
            outcome = self._once(question)
            if isinstance(outcome, Fetched):
                return outcome
            blocks += outcome.blocked
            attempts += not outcome.blocked
            if not outcome.again or attempts >= self.service.attempts or blocks > _BLOCKS:
                raise outcome.error(self.service, question.url)
            if not outcome.blocked:
                self._pause(attempts, outcome)

    def _pause(self, attempts: int, outcome: Trouble) -> None:
        seconds = self.service.pause * 2 ** (attempts - 1) * random.uniform(1.0, 1.25)
        if outcome.retry_after:
            seconds = min(outcome.retry_after, self.service.block_seconds)
        if seconds >= 1:
            self._tell(f"{self.service.name}: {outcome.text}; again in {seconds:.0f} s")
        time.sleep(seconds)

    def _once(self, question: _Question) -> Fetched | Trouble:
        """One attempt, redirects followed."""
        address = self.service.address(question.url)
        for _ in range(_REDIRECTS):
            found = self._exchange(address, question)
            if not isinstance(found, str):
                return found
            try:
                address = self.service.led_to(urljoin(address, found))
                owned = self.service.owns(address)
            except ValueError:
                return Trouble(ReplyKind.REFUSED, "it leads to something that is no address", _MOVED)
            if not owned:
                return Trouble(
                    ReplyKind.REFUSED, f"it leads elsewhere, to {urlsplit(address).netloc}", _MOVED
                )
        return Trouble(ReplyKind.REFUSED, f"it leads in a circle: {_REDIRECTS} redirects", _MOVED)

    def _exchange(self, address: str, question: _Question) -> Fetched | Trouble | str:
        """One request: an answer, what was wrong, or where it leads."""
        import httpx2

        response: httpx2.Response | None = None
        try:
            request = self._http.build_request(
                question.method, address, headers=dict(question.headers), content=question.content
            )
            with self._limiter.turn(self._blocked):
                self.sent += 1
                started = time.monotonic()
                response = self._http.send(request, stream=True)
                chunks = unpacked(
                    self._in_time(response, started), response.headers.get("content-encoding", "")
                )
                head = b""
                while len(head) < _HEAD and (chunk := next(chunks, None)) is not None:
                    head += chunk
                reply = Reply(response.status_code, dict(response.headers), head, question.path)
                kind = self.service.kind_of(reply)
                if kind == ReplyKind.BLOCKED:
                    self._limiter.block()
            if response.has_redirect_location:
                return str(response.headers["location"])
            if kind not in (ReplyKind.USABLE, ReplyKind.UNCHANGED):
                return trouble_of(reply, kind)
            if kind == ReplyKind.UNCHANGED and not question.conditional:
                return Trouble(ReplyKind.BROKEN, "it says that nothing changed, which it was not asked")
            body = b"" if kind == ReplyKind.UNCHANGED else b"".join((head, *chunks))
        except (httpx2.HTTPError, httpx2.InvalidURL, NotWhole) as error:
            return trouble_of(error)
        finally:
            if response is not None:
                response.close()
        if kind == ReplyKind.USABLE and question.whole and not question.whole(body):
            return trouble_of(NotWhole("it ends too early"))
        return Fetched(
            question.url,
            body,
            kind == ReplyKind.UNCHANGED,
            response.headers.get("etag", ""),
            response.headers.get("last-modified", ""),
            dict(response.headers),
        )

    def _in_time(self, response: httpx2.Response, started: float) -> Iterator[bytes]:
        for chunk in response.iter_raw():
            if time.monotonic() - started > self.service.longest:
                raise NotWhole(f"it took longer than {self.service.longest:.0f} s")
            yield chunk

    def _blocked(self, left: float) -> None:
        self._tell(f"{self.service.name} refuses requests for now (too many): waiting, {left:.0f} s left")


def _open(service: Service) -> httpx2.Client:
    """A client whose connections go as the environment says.

    Raises:
        InvalidInput: If a proxy or a certificate named there cannot be used.
    """
    import httpx2

    timeout = httpx2.Timeout(service.timeout, connect=min(10.0, service.timeout))
    headers = {"Accept-Encoding": "gzip", **service.headers}
    try:
        return httpx2.Client(headers=headers, timeout=timeout, http2=False, follow_redirects=False)
    except (ImportError, ValueError, httpx2.InvalidURL):  # a SOCKS proxy needs a library more
        raise InvalidInput(
            "the proxy named there cannot be used",
            where="HTTP_PROXY, HTTPS_PROXY, ALL_PROXY or NO_PROXY",
            hint="name one by http://HOST:PORT",
        ) from None
    except OSError as error:
        why = "they are none" if isinstance(error, SSLError) else error.strerror
        raise InvalidInput(
            f"the certificates named there cannot be read: {why}",
            where="SSL_CERT_FILE or SSL_CERT_DIR",
            hint="name a file of certificates in PEM, or leave both unset",
        ) from None

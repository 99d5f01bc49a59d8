"""What went wrong with a request, in words a user can act on."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import HashpivotError, NotAtSource, RefusedBySource, Unreachable

from ._reply import Reply, ReplyKind
from ._service import Service
from ._whole import NotWhole

_AGAIN = {ReplyKind.BLOCKED, ReplyKind.MAINTENANCE, ReplyKind.BROKEN}
_TEXTS = {
    ReplyKind.ABSENT: "there is no such document",
    ReplyKind.UNDECLARED: "it does not accept the identification sent",
    ReplyKind.REFUSED: "it refuses the request",
    ReplyKind.BLOCKED: "it refuses requests: too many came from this address",
    ReplyKind.MAINTENANCE: "it is in maintenance or overloaded",
    ReplyKind.BROKEN: "it failed",
}
_CERTIFICATE = (
    "its certificate is not trusted here; behind a company's proxy, install the proxy's certificate or name "
    "it in SSL_CERT_FILE"
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request gave no answer.

    Args:
        meaning: Whether asking again can help.
        text: What was wrong.
        hint: What the user can do, if there is more to say than the service's own advice.
        retry_after: Seconds the service asked to wait, 0 if it did not say.
    """

    meaning: ReplyKind
    text: str
    hint: str = ""
    retry_after: float = 0.0

    @property
    def again(self) -> bool:
        """True if the same request may succeed later."""
        return self.meaning in _AGAIN

    @property
    def blocked(self) -> bool:
        """True if nobody may send for a while."""
        return self.meaning == ReplyKind.BLOCKED

    def error(self, service: Service, url: str) -> HashpivotError:
        """The error to raise once asking again has no use or has been done often enough."""
        text = f"{service.name}: {self.text}"
        if self.meaning == ReplyKind.ABSENT:
            return NotAtSource(text, where=url, hint=self.hint)
        if self.meaning in (ReplyKind.UNDECLARED, ReplyKind.REFUSED):
            return RefusedBySource(text, where=url, hint=self.hint or service.advice)
        return Unreachable(text, where=url, hint=self.hint or "try again later; what came is kept")


def trouble_of(cause: Reply | Exception, meaning: ReplyKind = ReplyKind.BROKEN) -> Trouble:
    """What an unusable reply, or an error on the way, means."""
    if isinstance(cause, Reply):
        text = f"{_TEXTS[meaning]} (status {cause.status})"
        return Trouble(meaning, text, retry_after=_seconds(cause.headers.get("retry-after", "")))
    if isinstance(cause, NotWhole):
        return Trouble(ReplyKind.BROKEN, f"the answer did not come whole: {cause}")
    return _on_the_way(cause)


def _on_the_way(error: Exception) -> Trouble:
    import httpx2

    said = _words(error)
    if "CERTIFICATE_VERIFY_FAILED" in said or "certificate verify failed" in said:
        return Trouble(ReplyKind.REFUSED, "no safe connection", _CERTIFICATE)
    if isinstance(error, httpx2.ProxyError):
        hint = "check HTTPS_PROXY and NO_PROXY"
        return Trouble(ReplyKind.BROKEN, f"the proxy refuses: {said}", hint)
    if isinstance(error, httpx2.TimeoutException):
        return Trouble(ReplyKind.BROKEN, "no answer in time")
    if isinstance(error, httpx2.ConnectError):
        return Trouble(
            ReplyKind.BROKEN, f"no connection: {said}", "check the network, and HTTPS_PROXY if you need one"
        )
    if isinstance(error, (httpx2.InvalidURL, httpx2.UnsupportedProtocol)):
        return Trouble(ReplyKind.REFUSED, f"this is no address: {said}")
    return Trouble(ReplyKind.BROKEN, f"the connection broke: {said or type(error).__name__}")


def _words(error: BaseException) -> str:
    """What the system says went wrong, without its number, where an error of the system lies below."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, OSError) and below.strerror:
            return below.strerror
        below = below.__cause__ or below.__context__
    return str(error)


def _seconds(retry_after: str) -> float:
    """Seconds of the header Retry-After; 0 if it gives none, or a day."""
    return (
        float(retry_after)
        if retry_after.isascii() and retry_after.isdecimal() and len(retry_after) < 6
        else 0.0
    )

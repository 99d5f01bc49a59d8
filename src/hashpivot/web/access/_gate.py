"""The gate before the pages: refuses what may not be asked, and puts the security headers on every answer.

An answer that carries one of them already, such as a stored filing with a policy of its own, keeps it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._access import Access, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    # under no-referrer a browser hides the origin of a form from ourselves too
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
_SENT = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]


class Gate:
    """An ASGI application before another.

    Args:
        app: What answers.
        access: Who may ask.
        refuse: Makes the answer to what is refused.
        takes: Longest body that a path takes by POST; 0 if it takes none.
    """

    def __init__(
        self,
        app: ASGIApp,
        access: Access,
        refuse: Callable[[str, Refusal], Response],
        takes: Callable[[str], int] = lambda _path: 0,
    ) -> None:
        self._app, self._access, self._refuse, self._takes = app, access, refuse, takes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", []))
                names = {name.lower() for name, _ in own}
                message["headers"] = [*own, *(pair for pair in _SENT if pair[0] not in names)]
            await send(message)

        takes = self._takes(scope["path"])
        client = (scope.get("client") or ("",))[0]
        refusal = self._access.refusal(scope["method"], _address(scope), _headers(scope), takes, client)
        app: Any = self._refuse(scope["path"], refusal) if refusal else self._app
        await app(scope, receive, guarded)


def _address(scope: Scope) -> str:
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    return (path + b"?" + query).decode("latin-1")


def _headers(scope: Scope) -> dict[str, str]:
    """Headers by name; of a name that is sent twice both, so that neither passes for the only one."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers

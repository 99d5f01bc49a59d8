"""Routes of twins, found by their ending: a page is not held against the twins of all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

_FOUND = "hashpivot.twin"


class TwinRoutes(BaseRoute):
    """One route for all twins.

    Args:
        routes: By ending, without the dot.
    """

    def __init__(self, routes: Mapping[str, Sequence[Route]]) -> None:
        self._routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether a twin has this address."""
        if scope["type"] == "http":
            for route in self._routes.get(scope["path"].rpartition(".")[2], ()):
                match, child = route.matches(scope)
                if match is not Match.NONE:
                    return match, {**child, _FOUND: route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        found: Any = scope[_FOUND]
        await found.handle(scope, receive, send)

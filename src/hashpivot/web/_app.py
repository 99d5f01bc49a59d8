"""The application: routes made from the views, behind the gate."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from hashpivot.core import LedgerPlace, ledger_place, optional_library

from .access import Access, Gate, Refusal
from .shared import LiveDesk, WebAction, WebView
from .views import WEB_ACTIONS, WEB_VIEWS

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import BaseRoute, Route
    from starlette.types import ASGIApp

    from ._pages import Pages
    from ._worker import Worker

_THREADS = 8
"""Requests worked on at once; answers themselves are made one after the other."""


def web_app(
    ledger: str | LedgerPlace | None = None,
    *,
    access: Access | None = None,
    on_failure: Callable[[Exception], None] | None = None,
    views: tuple[WebView, ...] = WEB_VIEWS,
    actions: tuple[WebAction, ...] = WEB_ACTIONS,
    apart: bool = False,
) -> ASGIApp:
    """Make the web desk, an ASGI application that follows the ledger.

    Args:
        ledger: The user's ledger, as `Desk.open`.
        access: Who may ask; this machine alone if not given.
        on_failure: Told of errors that nobody foresaw; the client sees none of their words.
        views: The pages.
        actions: What pages can have done; the address of an action is not that of a page.
        apart: Make the pages of `WEB_VIEWS` in a process of their own, so that this one is free to send them,
            and go on sending a page of the state before for the second or so until the new one is made.

    Raises:
        MissingLibrary: If Starlette is not installed (extra `web`).
    """
    starlette = optional_library("starlette.applications", "the web desk", "web")

    from starlette.routing import compile_path

    from ._pages import Pages
    from ._worker import Worker

    place = ledger_place(ledger) if ledger else None
    worker = Worker(place) if apart else None
    make = worker.make if worker else None
    pages = Pages(LiveDesk(place), on_failure or (lambda _error: None), views, make)
    application = starlette.Starlette(
        routes=[*_actions(pages, actions), *_routes(pages, views)],
        exception_handlers={404: pages.not_found},
        lifespan=partial(_living, pages, worker),
    )

    application.router.redirect_slashes = False  # it would name the scheme and host of a proxy's inner side

    def refuse(path: str, refusal: Refusal) -> Response:
        return pages.errors.refused(path, refusal)

    taken = [(compile_path(action.path)[0], action.most_bytes) for action in actions]

    def takes(path: str) -> int:
        return next((most for shape, most in taken if shape.match(path)), 0)

    return Gate(application, access or Access(), refuse, takes)


def _actions(pages: Pages, actions: tuple[WebAction, ...]) -> list[Route]:
    from starlette.routing import Route

    return [Route(action.path, pages.action(action), methods=["POST"]) for action in actions]


def _routes(pages: Pages, views: tuple[WebView, ...]) -> list[BaseRoute]:
    """Twins before pages, and addresses without parameters before those with: the first that fits counts."""
    from starlette.routing import Route

    from ._openapi import ADDRESS as OPENAPI
    from ._twin_routes import TwinRoutes

    routes = [
        Route("/static/{name}", pages.static, methods=["GET"]),
        Route(OPENAPI, pages.openapi, methods=["GET"]),
        Route("/find", pages.find, methods=["GET"]),
        Route("/doc/{sha256}", pages.filing, methods=["GET"]),
        Route("/doc/{sha256}/{document}", pages.filing, methods=["GET"]),
    ]
    twins: dict[str, list[Route]] = {}
    for view in sorted(views, key=lambda view: "{" in view.path):
        for path in (*view.also, view.path):
            routes.append(Route(path, pages.endpoint(view, ""), methods=["GET"]))
            for ending in view.formats if path != "/" else ():
                endpoint = pages.endpoint(view, ending)
                twins.setdefault(ending, []).append(Route(f"{path}.{ending}", endpoint, methods=["GET"]))
    return [TwinRoutes(twins), *routes]


@asynccontextmanager
async def _living(pages: Pages, worker: Worker | None, _app: object) -> AsyncIterator[None]:
    """While it lives: few threads, and with a worker answers that follow the ledger."""
    from anyio.to_thread import current_default_thread_limiter

    current_default_thread_limiter().total_tokens = _THREADS
    if worker:
        worker.begin()
    try:
        with pages.cache.follow(pages.first) if worker else nullcontext():
            yield
    finally:
        pages.close()
        if worker:
            worker.close()

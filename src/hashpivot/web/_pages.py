"""Answers to requests: a page, its twins, or what was wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hashpivot.core import (
    HashpivotError,
    InvalidInput,
    NoData,
    UnknownKey,
    json_text,
    records_csv,
)

from ._filing import filing_error, filing_page
from ._form import read_form
from ._frame import Frame, error_body, framed, static_files, waiting_body
from .access import Refusal
from .shared import (
    AS_OF,
    Arguments,
    LiveDesk,
    Parameter,
    Running,
    WebAction,
    WebView,
    Work,
    address,
    read_parameters,
    same_day,
)
from .views import WEB_VIEWS

_TYPES = {"": "text/html", "json": "application/json", "csv": "text/csv"}
_SOON = "3"
"""Seconds until a page that is being made is asked for again."""
_MOST_GIVEN = 64
"""Parameters of a query; the longest address holds no more of ours."""
_FIND = Parameter("find", "text", "the company looked for, by ticker, name or CIK")
_COMPANY = next(view for view in WEB_VIEWS if view.name == "company")


class Pages:
    """The endpoints.

    Args:
        live: The desk.
        on_failure: Told of errors that nobody foresaw.
    """

    def __init__(self, live: LiveDesk, on_failure: Callable[[Exception], None]) -> None:
        self._live, self._on_failure = live, on_failure

    def endpoint(self, view: WebView, ending: str) -> Callable[[Request], Response]:
        """Return what answers requests for a view in a format.

        Args:
            view: The page.
            ending: Of the twin; empty for the page itself.
        """

        def answer(request: Request) -> Response:
            return self._safely(ending, lambda: self._answer(view, ending, request))

        return answer

    def action(self, action: WebAction) -> Callable[[Request], Awaitable[Response]]:
        """Return what carries out what a form sends.

        Args:
            action: What is to be done.
        """

        async def answer(request: Request) -> Response:
            try:
                texts, files = await read_form(request, action.most_bytes, action.files)
            except HashpivotError as error:
                return self._failed("", error)

            def act() -> Response:
                given = [*request.path_params.items(), *texts]
                arguments = read_parameters(action.parameters, given)
                where = action.act(self._live.work(), arguments, files)
                return RedirectResponse(where, 303, {"Cache-Control": "no-store"})

            return await run_in_threadpool(self._safely, "", act)

        return answer

    def find_company(self, request: Request) -> Response:
        """Lead from what was typed to the company's page."""

        def found() -> Response:
            asked = read_parameters((_FIND, AS_OF), _query(request))
            if "find" not in asked:
                raise InvalidInput("no company is named", hint="type a ticker, a name or a CIK")
            ticker = self._live.work().desk().ticker_of(asked["find"].strip())
            where = address(_COMPANY.path, {"ticker": ticker} | same_day(asked))
            return RedirectResponse(where, 303, {"Cache-Control": "no-store"})

        return self._safely("", found)

    def filing(self, request: Request) -> Response:
        """A page of a stored filing."""
        try:
            return filing_page(list(request.path_params.items()) + _query(request), request.headers)
        except HashpivotError as error:
            return filing_error(_status(error), error)

    def static(self, request: Request) -> Response:
        """A style sheet or the icon."""
        kept = static_files().get(request.url.path)
        if kept is None:
            return self.not_found(request, None)
        kind, text = kept
        return Response(text, media_type=kind, headers={"Cache-Control": "max-age=31536000, immutable"})

    def not_found(self, request: Request, _error: object) -> Response:
        """What is said where there is no page."""
        pages = ", ".join(view.also[0] if view.also else view.path for view in WEB_VIEWS if view.menu)
        return self._said(request.url.path, Refusal(404, "there is no such page", f"there are {pages}"))

    def refused(self, path: str, refusal: Refusal) -> Response:
        """What is said to a request that is not answered."""
        return self._said(path, refusal)

    def _answer(self, view: WebView, ending: str, request: Request) -> Response:
        arguments = read_parameters(view.asked, [*request.path_params.items(), *_query(request)])
        work = self._live.work()
        if view.slow and not self._running(work, view).over:
            return self._waiting(view, ending, arguments, "This is being made and takes a minute or two.")
        if view.pending and (job := view.pending(work, arguments)) and not job.over:
            return self._waiting(view, ending, arguments, "The filing is being fetched from the SEC.")
        key = (view.name, ending, tuple(sorted(arguments.items(), key=lambda item: item[0])))
        if view.kept:
            text = work.kept(("text", *key), lambda: self._text(work, view, ending, arguments))
        else:
            text = self._text(work, view, ending, arguments)
        return _sent(text, ending, request)

    def _running(self, work: Work, view: WebView) -> Running:
        apart = self._live.apart()
        return work.kept(("running", view.name), lambda: Running(lambda: view.answer(apart, {})))

    def _text(self, work: Work, view: WebView, ending: str, arguments: Arguments) -> bytes:
        with work.making:
            result = self._result(work, view, arguments)
            if not view.reads_files:
                return self._written(work, view, ending, arguments, result)
        return self._written(work, view, ending, arguments, result)

    def _written(self, work: Work, view: WebView, ending: str, arguments: Arguments, result: Any) -> bytes:
        if ending == "json":
            return (json_text(result.to_dict()) + "\n").encode()
        if ending == "csv":
            return records_csv(result.records()).encode()
        body = view.body(work, result, arguments)
        related = view.related(result, arguments) if view.related else []
        return framed(body, self._frame(view, arguments, related)).encode()

    def _result(self, work: Work, view: WebView, arguments: Arguments) -> Any:
        if view.slow:
            return self._running(work, view).outcome()
        if not view.kept:
            return view.answer(work, arguments)
        key = ("result", view.name, tuple(sorted(arguments.items(), key=lambda item: item[0])))
        return work.kept(key, lambda: view.answer(work, arguments))

    def _frame(self, view: WebView, arguments: Arguments, related: list[tuple[str, str]]) -> Frame:
        path = view.path if all(name in arguments for name in view.in_path) else view.also[-1]
        twins = [(ending.upper(), address(path, arguments, ending)) for ending in view.formats]
        return Frame(str(self._live.path), view, arguments, twins, related)

    def _waiting(self, view: WebView, ending: str, arguments: Arguments, what: str) -> Response:
        again = {"Cache-Control": "no-store", "Retry-After": _SOON}
        if ending:
            return _json({"state": "running", "retry_after_seconds": int(_SOON)}, 202, again)
        page = framed(waiting_body(view.title, what), self._frame(view, arguments, []))
        return Response(page, 202, again | {"Refresh": _SOON}, "text/html")

    def _safely(self, ending: str, make: Callable[[], Response]) -> Response:
        """What `make` returns, or what was wrong."""
        try:
            return make()
        except HashpivotError as error:
            return self._failed(ending, error)
        except Exception as error:
            self._on_failure(error)
            hint = "the terminal of hashpivot serve says what failed"
            return self._error(ending, 500, {"kind": "failure", "message": "this page failed", "hint": hint})

    def _failed(self, ending: str, error: HashpivotError) -> Response:
        return self._error(ending, _status(error), error.to_dict())

    def _said(self, path: str, refusal: Refusal) -> Response:
        ending = "json" if path.endswith((".json", ".csv")) else ""
        said = {"kind": "refused", "message": refusal.message, "hint": refusal.hint}
        if refusal.status == 404:
            said["kind"] = "unknown_page"
        response = self._error(ending, refusal.status, said)
        response.headers.update(refusal.headers)
        return response

    def _error(self, ending: str, status: int, said: Mapping[str, str]) -> Response:
        unkept = {"Cache-Control": "no-store"}
        if ending:
            return _json({"error": dict(said)}, status, unkept)
        page = framed(error_body(status, said["message"], said["hint"]), Frame(str(self._live.path)))
        return Response(page, status, unkept, "text/html")


def _status(error: HashpivotError) -> int:
    if isinstance(error, InvalidInput):
        return 400
    return 404 if isinstance(error, UnknownKey | NoData) else 503


def _query(request: Request) -> list[tuple[str, str]]:
    try:
        return parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=_MOST_GIVEN)
    except ValueError:
        raise InvalidInput(f"more than {_MOST_GIVEN} parameters are given", hint="give fewer") from None


def _sent(text: bytes, ending: str, request: Request) -> Response:
    """The answer, or a note that the client has it already."""
    headers = {"Cache-Control": "no-cache", "ETag": f'"{sha256(text).hexdigest()[:24]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(None, 304, headers)
    if ending == "csv":
        headers["Content-Disposition"] = "attachment"
    return Response(text, headers=headers, media_type=_TYPES[ending])


def _json(said: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    return Response(json_text(said) + "\n", status, dict(headers), "application/json")

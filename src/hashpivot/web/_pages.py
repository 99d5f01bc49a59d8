"""Answers to requests: a page, its twins, or what was wrong."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hashpivot.core import (
    Companies,
    HashpivotError,
    InvalidInput,
    json_text,
)

from ._errors import UNKEPT, Errors, json_response, status_of
from ._filing import filing_error, filing_page
from ._form import read_form
from ._frame import Frame, framed, static_files
from ._openapi import description
from ._twins import MEDIA_TYPES, picture_policy
from ._view_answers import ViewAnswers
from .access import Refusal
from .shared import (
    AS_OF,
    TABLE_ENDINGS,
    Arguments,
    CachedResponse,
    Job,
    JobCancelled,
    LiveDesk,
    Make,
    PageRequest,
    Parameter,
    ResponseCache,
    TooMuchWork,
    WebAction,
    WebView,
    address,
    read_parameters,
    same_day,
)
from .views import SEARCH, WEB_VIEWS, job_body

_SOON = 2
"""Seconds until a page that is being made is asked for again."""
_MOST_GIVEN = 64
"""Parameters of a query; the longest address holds no more of ours."""
_OF_JOBS = (JobCancelled, TooMuchWork)
"""What ends a job that may be begun again."""
_TYPED = Parameter("q", "text", "what is looked for")
_COMPANY = next(view for view in WEB_VIEWS if view.name == "company")


class Pages:
    """The endpoints.

    Args:
        live: The desk.
        on_failure: Told of errors that nobody foresaw.
        views: The pages.
        make: Makes the answers that are kept; this process if not given.
    """

    def __init__(
        self,
        live: LiveDesk,
        on_failure: Callable[[Exception], None] = lambda _error: None,
        views: Sequence[WebView] = WEB_VIEWS,
        make: Make | None = None,
    ) -> None:
        self._live, self._views = live, views
        self._answers = ViewAnswers(live, views)
        self.errors = Errors(str(live.path), on_failure)
        self.cache = ResponseCache(live, make or self._answers.make)

    def endpoint(self, view: WebView, ending: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers requests for a view in a format.

        Args:
            view: The page.
            ending: Of the twin; empty for the page itself.
        """

        async def answer(request: Request) -> Response:
            try:
                arguments = _arguments(view, ending, request)
                if view.steady(arguments):
                    return await self._steady(view, ending, arguments, request)
                return await run_in_threadpool(self._answer, view, ending, arguments, request)
            except Exception as error:
                return self.errors.said(ending, error, self._frame_as_sent(view, request))

        return answer

    def close(self) -> None:
        """Stop what is made in the background, and let go what readers sent."""
        self._live.jobs.close()
        self._live.uploads.close()

    def action(self, action: WebAction) -> Callable[[Request], Awaitable[Response]]:
        """Return what carries out what a form sends.

        Args:
            action: What is to be done.
        """

        async def answer(request: Request) -> Response:
            try:
                texts, files = await read_form(request, action.most_bytes, action.files)
            except HashpivotError as error:
                return self.errors.said("", error)

            def act() -> Response:
                given = [*request.path_params.items(), *texts]
                arguments = read_parameters(action.parameters, given)
                where = action.act(self._live.work(), arguments, files)
                return RedirectResponse(where, 303, {"Cache-Control": "no-store"})

            return await run_in_threadpool(self._safely, "", act)

        return answer

    @property
    def first(self) -> list[PageRequest]:
        """What is made before anybody asks: the start page."""
        return [PageRequest.of(view.name, "", {}) for view in self._views if "/" in view.also]

    def find(self, request: Request) -> Response:
        """Lead from what was typed in the bar to the company that it names, or to what is found."""

        from hashpivot.search import named_company

        def found() -> Response:
            asked = read_parameters((_TYPED, AS_OF), _query(request))
            ticker = named_company(Companies.load(), asked.get(_TYPED.name, ""))
            named = address(_COMPANY.path, {"ticker": ticker} | same_day(asked))
            where = named if ticker else address(SEARCH, asked)
            return RedirectResponse(where, 303, {"Cache-Control": "no-store"})

        return self._safely("", found)

    def filing(self, request: Request) -> Response:
        """A page of a stored filing."""
        try:
            return filing_page(list(request.path_params.items()) + _query(request), request.headers)
        except HashpivotError as error:
            return filing_error(status_of(error), error)

    def static(self, request: Request) -> Response:
        """A style sheet or the icon."""
        kept = static_files().get(request.url.path)
        if kept is None:
            return self.not_found(request, None)
        kind, text = kept
        return Response(text, media_type=kind, headers={"Cache-Control": "max-age=31536000, immutable"})

    def openapi(self, request: Request) -> Response:
        """What programs can ask, for programs."""
        document = CachedResponse.of((), (json_text(description(self._views)) + "\n").encode())
        return _sent(document, "json", request)

    def not_found(self, request: Request, _error: object) -> Response:
        """What is said where there is no page."""
        pages = ", ".join(view.also[0] if view.also else view.path for view in WEB_VIEWS if view.menu)
        return self.errors.refused(
            request.url.path, Refusal(404, "there is no such page", f"there are {pages}")
        )

    async def _steady(self, view: WebView, ending: str, arguments: Arguments, request: Request) -> Response:
        """The answer of a view that is steady: kept, or made while others are sent."""
        asked = PageRequest.of(view.name, ending, arguments)
        kept = self.cache.at_once(asked)
        if kept is None:
            kept = await wrap_future(self.cache.ask(asked))
        return _sent(kept, ending, request)

    def _answer(self, view: WebView, ending: str, arguments: Arguments, request: Request) -> Response:
        work = self._live.work()
        if view.leads and not ending and (where := view.leads(work, arguments)):
            return _led(where, request)
        job = self._answers.job(work, view, arguments) if view.is_slow(arguments) else None
        if job and isinstance(job.error, _OF_JOBS):
            return self._job_page(view, ending, arguments, job)
        job = job or (view.pending(work, arguments) if view.pending else None)
        if job and not job.over:
            return self._job_page(view, ending, arguments, job)
        content = self._answers.content(work, view, ending, arguments)
        return _sent(CachedResponse.of(work.state, content), ending, request)

    def _job_page(self, view: WebView, ending: str, arguments: Arguments, job: Job) -> Response:
        """What is said instead of an answer that is not there yet, or was cancelled."""
        unkept = dict(UNKEPT)
        status = status_of(job.error) if isinstance(job.error, HashpivotError) else 202
        if ending and isinstance(job.error, HashpivotError):
            return json_response(job.to_dict() | {"error": job.error.to_dict()}, status, unkept)
        if status == 202:
            unkept["Retry-After"] = str(_SOON)
        if ending:
            return json_response(job.to_dict() | {"retry_after_seconds": _SOON}, status, unkept)
        frame = self._answers.frame(view, arguments, [], again=0 if job.over else _SOON)
        return Response(framed(job_body(job), frame), status, unkept, "text/html")

    def _safely(self, ending: str, make: Callable[[], Response]) -> Response:
        """What `make` returns, or what was wrong."""
        try:
            return make()
        except Exception as error:
            return self.errors.said(ending, error)

    def _frame_as_sent(self, view: WebView, request: Request) -> Frame:
        """The frame of a view with the texts that were given."""
        given: dict[str, tuple[str, ...]] = {}
        with suppress(InvalidInput):
            for name, text in [*request.path_params.items(), *_query(request)]:
                given[name] = (*given.get(name, ()), text)
        path = {name: given[name][-1] for name in view.in_path if name in given}
        texts = {p.name: given[p.name] for p in view.parameters if p.name in given} | path
        return Frame(str(self._live.path), view, texts, failed=True)


def _led(where: str, request: Request) -> Response:
    """The way to another page; the script would take what it leads to for a part of this one."""
    unkept = {"Cache-Control": "no-store"}
    if "hx-request" in request.headers:
        return Response(None, 204, unkept | {"HX-Redirect": where})
    return RedirectResponse(where, 303, unkept)


def _arguments(view: WebView, ending: str, request: Request) -> dict[str, Any]:
    return read_parameters(view.asked_of(ending), [*request.path_params.items(), *_query(request)])


def _query(request: Request) -> list[tuple[str, str]]:
    try:
        return parse_qsl(request.url.query, keep_blank_values=True, max_num_fields=_MOST_GIVEN)
    except ValueError:
        raise InvalidInput(f"more than {_MOST_GIVEN} parameters are given", hint="give fewer") from None


def _sent(answer: CachedResponse, ending: str, request: Request) -> Response:
    """The answer, or a note that the client has it already."""
    packed = bool(answer.packed) and "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        "Cache-Control": "no-cache",
        "ETag": f'"{answer.tag}{"-gzip" if packed else ""}"',
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(None, 304, headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    if ending in TABLE_ENDINGS:
        headers["Content-Disposition"] = "attachment"
    if ending == "svg":
        headers["Content-Security-Policy"] = picture_policy()
    content = answer.packed if packed else answer.content
    return Response(content, headers=headers, media_type=MEDIA_TYPES[ending])

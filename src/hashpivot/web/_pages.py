"""Answers to requests: a page, its twins, or what was wrong."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hashpivot.core import (
    Companies,
    HashpivotError,
    InvalidInput,
    MissingLibrary,
    NoData,
    UnknownKey,
    json_text,
)

from ._arranged import arranged
from ._filing import filing_error, filing_page
from ._form import read_form
from ._frame import Frame, error_body, framed, static_files
from ._make import make as make_apart
from ._openapi import description
from ._twins import MEDIA_TYPES, chart_twin, data_twin, picture_policy, with_links
from .access import Refusal
from .shared import (
    AS_OF,
    CHART,
    CHART_ENDINGS,
    TABLE_ENDINGS,
    Arguments,
    CachedResponse,
    Job,
    JobCancelled,
    LiveDesk,
    Made,
    Make,
    PageRequest,
    Parameter,
    ResponseCache,
    TooManyJobs,
    TooMuchWork,
    WebAction,
    WebView,
    Work,
    address,
    asked_alone,
    names_in,
    read_parameters,
    same_day,
)
from .views import SEARCH, WEB_VIEWS, job_body

if TYPE_CHECKING:
    from hashpivot.report import PageBody

_SOON = 2
"""Seconds until a page that is being made is asked for again."""
_MOST_GIVEN = 64
"""Parameters of a query; the longest address holds no more of ours."""
_OF_JOBS = (JobCancelled, TooMuchWork)
"""What ends a job that may be begun again."""
_TYPED = Parameter("q", "text", "what is looked for")
_FIND = Parameter("find", "text", "the company looked for, by ticker, name or CIK")
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
        self._live, self._on_failure = live, on_failure
        self._views = {view.name: view for view in views}
        self.cache = ResponseCache(live, make or self.make)

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
                return self._wrong(ending, error, self._frame_as_sent(view, request))

        return answer

    def close(self) -> None:
        """Stop what is made in the background, and let go what readers sent."""
        self._live.jobs.close()
        self._live.uploads.close()

    def make(self, asked: PageRequest) -> CachedResponse:
        """Make an answer of a view that is steady.

        Args:
            asked: What was asked.

        Raises:
            HashpivotError: Why there is none.
        """
        work = self._live.work()
        content = self._content(work, self._views[asked.view], asked.ending, dict(asked.arguments))
        return CachedResponse.of(work.state, content)

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

    @property
    def first(self) -> list[PageRequest]:
        """What is made before anybody asks: the start page."""
        return [PageRequest.of(view.name, "", {}) for view in self._views.values() if "/" in view.also]

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
            return filing_error(_status(error), error)

    def static(self, request: Request) -> Response:
        """A style sheet or the icon."""
        kept = static_files().get(request.url.path)
        if kept is None:
            return self.not_found(request, None)
        kind, text = kept
        return Response(text, media_type=kind, headers={"Cache-Control": "max-age=31536000, immutable"})

    def openapi(self, request: Request) -> Response:
        """What programs can ask, for programs."""
        document = CachedResponse.of((), (json_text(description(list(self._views.values()))) + "\n").encode())
        return _sent(document, "json", request)

    def not_found(self, request: Request, _error: object) -> Response:
        """What is said where there is no page."""
        pages = ", ".join(view.also[0] if view.also else view.path for view in WEB_VIEWS if view.menu)
        return self._said(request.url.path, Refusal(404, "there is no such page", f"there are {pages}"))

    def refused(self, path: str, refusal: Refusal) -> Response:
        """What is said to a request that is not answered."""
        return self._said(path, refusal)

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
        job = self._job(work, view, arguments) if view.is_slow(arguments) else None
        if job and isinstance(job.error, _OF_JOBS):
            return self._job_page(view, ending, arguments, job)
        job = job or (view.pending(work, arguments) if view.pending else None)
        if job and not job.over:
            return self._job_page(view, ending, arguments, job)
        content = self._content(work, view, ending, arguments)
        return _sent(CachedResponse.of(work.state, content), ending, request)

    def _job(self, work: Work, view: WebView, arguments: Arguments) -> Job:
        """What makes the answer of a view in the background."""
        call = (make_apart, (view.name, work.ledger, work.uploads.folder, arguments))
        key = (work.state, view.name, tuple(sorted(arguments.items(), key=lambda item: item[0])))
        return work.jobs.start(key, view.title, address(_path(view, arguments), arguments), call)

    def _content(self, work: Work, view: WebView, ending: str, arguments: Arguments) -> bytes:
        """What is sent, made from one state of the ledger."""
        with work.making:
            result = self._result(work, view, asked_alone(view, arguments))
            if not view.reads_files:
                return self._written(work, view, ending, arguments, result)
        return self._written(work, view, ending, arguments, result)

    def _written(self, work: Work, view: WebView, ending: str, arguments: Arguments, result: Any) -> bytes:
        if ending in view.data_formats:
            return data_twin(ending, view.title, result)
        made = isinstance(result, Made)
        body = result.body if made else view.body(work, result, arguments)
        if ending in CHART_ENDINGS:
            return chart_twin(ending, body.charts, arguments.get(CHART.name, ""))
        related = result.related if made else view.related(result, arguments) if view.related else []
        again = view.again(result) if view.again else 0
        body = _with_table(view, self._with_pictures(view, body, arguments), arguments)
        about = view.about(result) if view.about else ""
        return framed(body, self._frame(view, arguments, related, about, again)).encode()

    def _result(self, work: Work, view: WebView, arguments: Arguments) -> Any:
        if view.is_slow(arguments):
            return _outcome(work, self._job(work, view, arguments))
        if not view.kept:
            return view.answer(work, arguments)
        key = ("result", view.name, tuple(sorted(arguments.items(), key=lambda item: item[0])))
        if view.slow:  # what may take long may be large
            return work.kept(key, lambda: Made.of(view, work, arguments))
        return work.kept(key, lambda: view.answer(work, arguments))

    def _with_pictures(self, view: WebView, body: PageBody, arguments: Arguments) -> PageBody:
        """The page with links to its drawings as pictures."""
        if not view.charts:
            return body
        path, alone = _path(view, arguments), asked_alone(view, arguments)
        addresses = {
            name: {
                ending: escape(address(path, {**alone, "chart": name}, ending)) for ending in CHART_ENDINGS
            }
            for name in body.charts
        }
        return replace(body, html=with_links(body.html, body.charts, addresses))

    def _frame(
        self,
        view: WebView,
        arguments: Arguments,
        related: list[tuple[str, str]],
        about: str = "",
        again: int = 0,
    ) -> Frame:
        path, alone = _path(view, arguments), asked_alone(view, arguments)
        twins = [(ending.upper(), address(path, alone, ending)) for ending in view.data_formats]
        return Frame(str(self._live.path), view, arguments, twins, related, about, again)

    def _job_page(self, view: WebView, ending: str, arguments: Arguments, job: Job) -> Response:
        """What is said instead of an answer that is not there yet, or was cancelled."""
        unkept = {"Cache-Control": "no-store"}
        status = _status(job.error) if isinstance(job.error, HashpivotError) else 202
        if ending and isinstance(job.error, HashpivotError):
            return _json(job.to_dict() | {"error": job.error.to_dict()}, status, unkept)
        if status == 202:
            unkept["Retry-After"] = str(_SOON)
        if ending:
            return _json(job.to_dict() | {"retry_after_seconds": _SOON}, status, unkept)
        frame = self._frame(view, arguments, [], again=0 if job.over else _SOON)
        return Response(framed(job_body(job), frame), status, unkept, "text/html")

    def _safely(self, ending: str, make: Callable[[], Response]) -> Response:
        """What `make` returns, or what was wrong."""
        try:
            return make()
        except Exception as error:
            return self._wrong(ending, error)

    def _wrong(self, ending: str, error: Exception, frame: Frame | None = None) -> Response:
        """What is said of an error; one that nobody foresaw is told to who started the desk."""
        if isinstance(error, HashpivotError):
            return self._failed(ending, error, frame)
        self._on_failure(error)
        hint = "the terminal of hashpivot serve says what failed"
        return self._error(ending, 500, {"kind": "failure", "message": "this page failed", "hint": hint})

    def _frame_as_sent(self, view: WebView, request: Request) -> Frame:
        """The frame of a view with the texts that were given."""
        given: dict[str, tuple[str, ...]] = {}
        with suppress(InvalidInput):
            for name, text in [*request.path_params.items(), *_query(request)]:
                given[name] = (*given.get(name, ()), text)
        path = {name: given[name][-1] for name in view.in_path if name in given}
        texts = {p.name: given[p.name] for p in view.parameters if p.name in given} | path
        return Frame(str(self._live.path), view, texts, failed=True)

    def _failed(self, ending: str, error: HashpivotError, frame: Frame | None = None) -> Response:
        return self._error(ending, _status(error), error.to_dict(), frame)

    def _said(self, path: str, refusal: Refusal) -> Response:
        ending = "json" if path.rpartition(".")[2] in MEDIA_TYPES else ""
        said = {"kind": "refused", "message": refusal.message, "hint": refusal.hint}
        if refusal.status == 404:
            said["kind"] = "unknown_page"
        response = self._error(ending, refusal.status, said)
        response.headers.update(refusal.headers)
        return response

    def _error(
        self, ending: str, status: int, said: Mapping[str, str], frame: Frame | None = None
    ) -> Response:
        unkept = {"Cache-Control": "no-store"}
        if ending:
            return _json({"error": dict(said)}, status, unkept)
        page = framed(error_body(status, said["message"], said["hint"]), frame or Frame(str(self._live.path)))
        return Response(page, status, unkept, "text/html")


def _status(error: HashpivotError) -> int:
    if isinstance(error, InvalidInput):
        return 400
    if isinstance(error, MissingLibrary):
        return 501
    if isinstance(error, TooManyJobs):
        return 429
    if isinstance(error, JobCancelled):
        return 409
    return 404 if isinstance(error, UnknownKey | NoData) else 503


def _outcome(work: Work, job: Job) -> Any:
    """What a job made; one that failed is let go, so that asking again begins anew."""
    try:
        return job.outcome()
    except Exception:
        work.jobs.forget(job)
        raise


def _led(where: str, request: Request) -> Response:
    """The way to another page; the script would take what it leads to for a part of this one."""
    unkept = {"Cache-Control": "no-store"}
    if "hx-request" in request.headers:
        return Response(None, 204, unkept | {"HX-Redirect": where})
    return RedirectResponse(where, 303, unkept)


def _path(view: WebView, arguments: Arguments) -> str:
    """The address of a view that has all that is asked: with parameters in it if they are given."""
    return view.path if all(name in arguments for name in view.in_path) else view.also[-1]


def _with_table(view: WebView, body: PageBody, arguments: Arguments) -> PageBody:
    """The page with its table as the address asks."""
    if not view.sortable:
        return body
    path = _path(view, arguments)
    query = {name: value for name, value in arguments.items() if name not in names_in(path)}
    where = address(path, {name: value for name, value in arguments.items() if name not in query})

    def address_of(other: Mapping[str, Any]) -> str:
        return address(path, {**arguments, **other})

    return replace(body, html=arranged(body.html, query, address_of, where))


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


def _json(said: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    return Response(json_text(said) + "\n", status, dict(headers), "application/json")

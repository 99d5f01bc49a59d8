"""What is sent for a view: made of its answer, in the format that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from ._arranged import arranged
from ._frame import Frame, framed
from ._job_answer import job_answer
from ._twins import chart_twin, data_twin, with_links
from .shared import (
    CHART,
    CHART_ENDINGS,
    Arguments,
    CachedResponse,
    Job,
    LiveDesk,
    Made,
    PageRequest,
    WebView,
    Work,
    address,
    asked_alone,
    in_order,
    names_in,
)
from .views import WEB_VIEWS

if TYPE_CHECKING:
    from hashpivot.report import PageBody


class ViewAnswers:
    """Makes what is sent.

    Args:
        live: The desk.
        views: The pages.
    """

    def __init__(self, live: LiveDesk, views: Sequence[WebView] = WEB_VIEWS) -> None:
        self._live = live
        self._views = {view.name: view for view in views}

    def make(self, asked: PageRequest) -> CachedResponse:
        """Make an answer of a view that is steady.

        Args:
            asked: What was asked.

        Raises:
            HashpivotError: Why there is none.
        """
        work = self._live.work()
        content = self.content(work, self._views[asked.view], asked.ending, dict(asked.arguments))
        return CachedResponse.of(work.state, content)

    def job(self, work: Work, view: WebView, arguments: Arguments) -> Job:
        """What makes the answer of a view in the background.

        Args:
            work: The desk of one state of the ledger.
            view: The page.
            arguments: What is asked.
        """
        call = (job_answer, (view.name, work.ledger, work.uploads.folder, arguments))
        key = (work.state, view.name, in_order(arguments))
        return work.jobs.start(key, view.title, address(path_of(view, arguments), arguments), call)

    def content(self, work: Work, view: WebView, ending: str, arguments: Arguments) -> bytes:
        """What is sent, made from one state of the ledger.

        Args:
            work: The desk of that state.
            view: The page.
            ending: Of the twin; empty for the page itself.
            arguments: What is asked.

        Raises:
            HashpivotError: Why there is none.
        """
        with work.making:
            result = self._result(work, view, asked_alone(view, arguments))
            if not view.reads_files:
                return self._written(work, view, ending, arguments, result)
        return self._written(work, view, ending, arguments, result)

    def frame(
        self,
        view: WebView,
        arguments: Arguments,
        related: list[tuple[str, str]],
        about: str = "",
        again: int = 0,
    ) -> Frame:
        """What stands around a page.

        Args:
            view: The page.
            arguments: What it was asked.
            related: Titles and addresses of what is beside it.
            about: Ticker of the company that it is about, if it is about one.
            again: Seconds until it is asked for again; 0 for never.
        """
        path, alone = path_of(view, arguments), asked_alone(view, arguments)
        twins = [(ending.upper(), address(path, alone, ending)) for ending in view.data_formats]
        return Frame(str(self._live.path), view, arguments, twins, related, about, again)

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
        return framed(body, self.frame(view, arguments, related, about, again)).encode()

    def _result(self, work: Work, view: WebView, arguments: Arguments) -> Any:
        if view.is_slow(arguments):
            return _outcome(work, self.job(work, view, arguments))
        if not view.kept:
            return view.answer(work, arguments)
        key = ("result", view.name, in_order(arguments))
        if view.slow:  # what may take long may be large
            return work.kept(key, lambda: Made.of(view, work, arguments))
        return work.kept(key, lambda: view.answer(work, arguments))

    def _with_pictures(self, view: WebView, body: PageBody, arguments: Arguments) -> PageBody:
        """The page with links to its drawings as pictures."""
        if not view.charts:
            return body
        path, alone = path_of(view, arguments), asked_alone(view, arguments)
        addresses = {
            name: {
                ending: escape(address(path, {**alone, "chart": name}, ending)) for ending in CHART_ENDINGS
            }
            for name in body.charts
        }
        return replace(body, html=with_links(body.html, body.charts, addresses))


def path_of(view: WebView, arguments: Arguments) -> str:
    """The address of a view that has all that is asked: with parameters in it if they are given."""
    return view.path if all(name in arguments for name in view.in_path) else view.also[-1]


def _outcome(work: Work, job: Job) -> Any:
    """What a job made; one that failed is let go, so that asking again begins anew."""
    try:
        return job.outcome()
    except Exception:
        work.jobs.forget(job)
        raise


def _with_table(view: WebView, body: PageBody, arguments: Arguments) -> PageBody:
    """The page with its table as the address asks."""
    if not view.sortable:
        return body
    path = path_of(view, arguments)
    query = {name: value for name, value in arguments.items() if name not in names_in(path)}
    where = address(path, {name: value for name, value in arguments.items() if name not in query})

    def address_of(other: Mapping[str, Any]) -> str:
        return address(path, {**arguments, **other})

    return replace(body, html=arranged(body.html, query, address_of, where))

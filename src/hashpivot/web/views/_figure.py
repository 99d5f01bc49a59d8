"""Where a number comes from, and what has its filing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hashpivot.core import HashpivotError, LedgerPlace

from ..shared import Arguments, Parameter, WebAction, WebView, address, same_day
from ._common import COMPANY, FIGURE, desk_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Job, Work

_FETCH = "/fetch-filing"
_FETCHED = "The filing from the SEC"
_ADDRESS = Parameter("figure", "text", "the figure, by its address or id")
_FETCHING = Parameter("fetching", "text", "the figure whose filing is fetched", shown=False)


def _figure(work: Work, arguments: Arguments) -> Any:
    return desk_of(work, arguments).trace_page(arguments["figure"], beside=arguments.get("beside", ()))


def _body(work: Work, page: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import ServedTrace, trace_body

    day = same_day(arguments)

    def to(figure: str) -> str:
        return address(FIGURE, {"figure": figure} | day)

    return trace_body(page.view, ServedTrace(to, _FETCH, _failed(work, arguments)))


def _beside(page: Any, arguments: Arguments) -> list[tuple[str, str]]:
    ticker = page.traces[0].figure.ticker
    return [(f"All of {ticker}", address(COMPANY, {"ticker": ticker} | same_day(arguments)))]


def _job(work: Work, arguments: Arguments) -> Job | None:
    return work.jobs.find(("fetch", arguments["fetching"])) if "fetching" in arguments else None


def _failed(work: Work, arguments: Arguments) -> Mapping[str, str]:
    """Why the filing could not be fetched, by the figure it was fetched for."""
    job = _job(work, arguments)
    try:
        if job and job.over:
            job.outcome()
    except HashpivotError as error:
        what = f"{error.message.rstrip('.')}; {error.hint}" if error.hint else error.message
        return {arguments["fetching"]: what}
    return {}


def _fetch(work: Work, arguments: Arguments, _files: object) -> str:
    figure = arguments["figure"]
    shown = address(FIGURE, {"figure": arguments.get("page", figure), "fetching": figure})
    if (before := work.jobs.find(("fetch", figure))) and before.over:
        work.jobs.forget(before)
    work.jobs.start(("fetch", figure), _FETCHED, shown, (fetch_filing, (work.ledger, figure)))
    return shown


def fetch_filing(ledger: LedgerPlace | None, figure: str, _progress: object) -> None:
    """Fetch the filing of a figure, in the process of a job.

    Args:
        ledger: The user's ledger.
        figure: Its address or id.

    Raises:
        HashpivotError: As `Desk.fetch_filing`.
    """
    from hashpivot.desk import Desk

    Desk.open(ledger).fetch_filing(figure)


FIGURE_VIEWS = (
    WebView(
        "figure", FIGURE, "Where a number comes from, boxed in the stored filing",
        "Desk.trace_page(figure, beside=beside)", _figure, _body,
        (
            _ADDRESS,
            Parameter("beside", "text", "a further figure of the same number", repeated=True, shown=False),
            _FETCHING,
        ),
        related=_beside, kept=False, reads_files=True, pending=_job,
    ),
)  # fmt: skip

FIGURE_ACTIONS = (
    WebAction(
        "fetch-filing", _FETCH, "Fetch the filing a figure was read from", _fetch,
        (_ADDRESS, Parameter("page", "text", "the figure whose page is shown then")),
    ),
)  # fmt: skip

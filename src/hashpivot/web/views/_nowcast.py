"""The quarter about to be reported, and how well that has gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from ..shared import WATCH, Arguments, WebView, address, same_day
from ._common import COMPANY, FIGURE, NOWCAST, QUARTER, TICKERS, by_ticker, chosen, trace_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work


def _nowcast(work: Work, arguments: Arguments) -> Any:
    return work.desk().nowcast(arguments.get("quarter"), chosen(arguments), arguments.get("as_of"))


def _nowcast_body(_work: Work, nowcast: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import nowcast_body

    asked = same_day(arguments) | {"quarter": nowcast.quarter}

    def trace_of_id(figure: str) -> str:
        return address(FIGURE, {"figure": figure} | same_day(arguments))

    return nowcast_body(
        nowcast.nowcast, by_ticker(NOWCAST, asked), trace_of(arguments), nowcast.notes, trace_of_id
    )


def _nowcast_beside(nowcast: Any, arguments: Arguments) -> list[tuple[str, str]]:
    quarter, day = nowcast.quarter, same_day(arguments)
    tickers = arguments.get("ticker", ())
    return [
        (str(quarter - 1), address(NOWCAST, {"quarter": quarter - 1, "ticker": tickers} | day)),
        *((f"All of {ticker}", address(COMPANY, {"ticker": ticker} | day)) for ticker in tickers),
        ("Track record", "/nowcast/track-record"),
    ]


def _track_record(work: Work, _arguments: Arguments) -> Any:
    return work.desk().backtest(partial(_told, work))


def _told(work: Work, tasks: list[Any]) -> Iterator[Any]:
    """The tasks, one after the other, saying how many there have been."""
    for number, task in enumerate(tasks):
        if work.progress and number % 20 == 0:
            work.progress(number, len(tasks))
        yield task


def _track_record_body(_work: Work, backtest: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import track_record_body

    return track_record_body(backtest.summary)


NOWCAST_VIEWS = (
    WebView(
        "nowcast", NOWCAST, "The quarter about to be reported", "Desk.nowcast(quarter, tickers, as_of)",
        _nowcast, _nowcast_body, (QUARTER, TICKERS, WATCH),
        charts=True, schema="Nowcast", menu="Nowcast", sortable=True,
        command="hashpivot nowcast QUARTER TICKER --json",
        related=_nowcast_beside,
    ),
    WebView(
        "track-record", "/nowcast/track-record", "How well the nowcast has done", "Desk.backtest()",
        _track_record, _track_record_body,
        schema="TrackRecord", dated=False, command="hashpivot nowcast --backtest --json",
        slow=lambda _arguments: True,
    ),
)  # fmt: skip

"""What the ledger holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..shared import WATCH, Arguments, Parameter, WebView
from ._common import COMPANY, COVERAGE, TICKERS, by_ticker, chosen, desk_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work


def _coverage(work: Work, arguments: Arguments) -> Any:
    from hashpivot.coverage import parse_window

    span = arguments.get("quarters")
    return desk_of(work, arguments).coverage(chosen(arguments), parse_window(span) if span else None)


def _coverage_body(_work: Work, coverage: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import coverage_body

    return coverage_body(coverage.coverage, by_ticker(COMPANY, arguments))


COVERAGE_VIEWS = (
    WebView(
        "coverage", COVERAGE, "What the ledger holds, and the reports to get",
        "Desk.coverage(tickers, quarters)", _coverage, _coverage_body,
        (TICKERS, WATCH, Parameter("quarters", "text", "a span such as 2024Q1..2026Q2")),
        schema="Coverage", menu="Coverage", sortable=True,
        command="hashpivot coverage TICKER --quarters SPAN --json",
    ),
)  # fmt: skip

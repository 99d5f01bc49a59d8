"""Two quarters side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput

from ..shared import Arguments, Parameter, WebView
from ._common import COMPANY, COMPARE, YEAR, by_ticker, desk_of, trace_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work


def _compare(work: Work, arguments: Arguments) -> Any:
    desk = desk_of(work, arguments)
    last = arguments.get("to") or desk.season().quarter
    first = arguments.get("from") or last - YEAR
    if not first < last:
        raise InvalidInput(
            f"{first} is not before {last}", where="from", hint="give the earlier quarter first"
        )
    return desk.compare((first, last))


def _compare_body(_work: Work, comparison: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import comparison_body

    return comparison_body(comparison.comparison, by_ticker(COMPANY, arguments), trace_of(arguments))


COMPARE_VIEWS = (
    WebView(
        "compare", COMPARE, "How the answers moved between two quarters", "Desk.compare((first, last))",
        _compare, _compare_body,
        (
            Parameter("from", "quarter", "the earlier quarter; a year before the later one if not given"),
            Parameter("to", "quarter", "the later quarter; the latest season if not given"),
        ),
        schema="Comparison", menu="Compare", command="hashpivot season --compare FROM TO --json",
    ),
)  # fmt: skip

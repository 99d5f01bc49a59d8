"""Halvings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..shared import Arguments, Parameter, WebView
from ._common import COMPANY, by_ticker

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work


def _halving(work: Work, arguments: Arguments) -> Any:
    return work.desk().halving(arguments.get("number"))


def _halving_body(_work: Work, halving: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import halving_body

    return halving_body(
        halving.schedule, halving.next, halving.past, halving.impacts, halving.hashprices,
        by_ticker(COMPANY, arguments),
    )  # fmt: skip


HALVING_VIEWS = (
    WebView(
        "halving", "/halving", "Halvings, and what one did to each company", "Desk.halving(number)",
        _halving, _halving_body,
        (Parameter("number", "integer", "the past halving; the latest if not given", least=1, most=9),),
        schema="Halvings", dated=False, menu="Halving", sortable=True, command="hashpivot halving --json",
    ),
)  # fmt: skip

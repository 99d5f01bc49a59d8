"""One company whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hashpivot.core import Quarter

from ..shared import Arguments, Parameter, WebView, address, same_day
from ._common import COMPANY, COVERAGE, IN_SEASON, NOWCAST, TICKER, desk_of, trace_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work

_MOST_QUARTERS = 13  # of a company: a page of more would be larger than 400 kB


def _company(work: Work, arguments: Arguments) -> Any:
    return desk_of(work, arguments).company(arguments["ticker"], quarters=arguments.get("quarters", 9))


def _company_body(_work: Work, company: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import company_body

    return company_body(company.profile, trace_of(arguments))


def _company_beside(company: Any, arguments: Arguments) -> list[tuple[str, str]]:
    place, day = {"ticker": company.ticker}, same_day(arguments)
    newest = company.profile.newest
    inside = [("In its newest season", address(IN_SEASON, {"quarter": newest} | place | day))]
    return [
        *(inside if isinstance(newest, Quarter) else []),
        ("Nowcast", address(NOWCAST, place | day)),
        ("Coverage", address(COVERAGE, place | day)),
    ]


COMPANY_VIEWS = (
    WebView(
        "company", COMPANY, "One company whole", "Desk.company(ticker, quarters=quarters)",
        _company, _company_body,
        (TICKER, Parameter("quarters", "integer", "how many to show", least=1, most=_MOST_QUARTERS)),
        charts=True, schema="Company", command="hashpivot company TICKER --json", related=_company_beside,
        about=lambda company: company.ticker,
    ),
)  # fmt: skip

"""Search over all that the ledger holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..shared import Arguments, Parameter, WebView, address, same_day
from ._common import COMPANY, FIGURE, SEARCH, SOURCES, desk_of

if TYPE_CHECKING:
    from hashpivot.report import PageBody
    from hashpivot.search import Hit

    from ..shared import Work

_FEW, _MANY = 10, 100  # of each kind: as the command shows, and what stays below 400 kB
_EXAMPLES = (
    "Core Scientific",
    "ai colocation 2026Q1",
    "CoreWeave",
    "hash rate RIOT",
    "bitcoin held CLSK",
    "10-K 2025",
)

_PLACES = {
    "line": "#lines-title",
    "contract": "#contracts-title",
    "event": "#events-title",
    "target": "#targets-title",
}
"""Parts of a company's page."""


def _search(work: Work, arguments: Arguments) -> Any:
    return desk_of(work, arguments).search(arguments.get("q", ""), limit=arguments.get("limit", _FEW))


def _search_body(_work: Work, result: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import search_body

    day = same_day(arguments)
    more = {"q": result.text, "limit": _MANY} | day if arguments.get("limit", _FEW) < _MANY else {}
    return search_body(
        result.text,
        result.found,
        lambda hit: hit_address(hit, day),
        address(SEARCH, more) if more else "",
        {text: address(SEARCH, {"q": text} | day) for text in _EXAMPLES},
    )


def hit_address(hit: Hit, day: Arguments) -> str:
    """Return the page that a hit leads to.

    Args:
        hit: The hit.
        day: The day of `as_of`, if any.
    """
    if hit.figure:
        return address(FIGURE, {"figure": hit.key} | dict(day))
    if hit.kind.value == "source":
        return address(SOURCES, {"filter": hit.title})
    place = _PLACES.get(hit.kind.value, "")
    return address(COMPANY, {"ticker": hit.ticker} | dict(day)) + place


SEARCH_VIEWS = (
    WebView(
        "search", SEARCH, "Search: companies, lines, figures, sentences, sources",
        "Desk.search(q, limit=limit)", _search, _search_body,
        (
            Parameter("q", "text", "words; each must be there, or begin one that is", shown=False),
            Parameter("limit", "integer", "hits of each kind", least=1, most=_MANY, shown=False),
        ),
        schema="Search", command="hashpivot search TEXT --json",
    ),
)  # fmt: skip

"""What several pages share: addresses, parameters, the desk of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..shared import Arguments, Parameter, address, same_day

if TYPE_CHECKING:
    from hashpivot.core import Figure
    from hashpivot.desk import Desk

    from ..shared import Work

SEASON, IN_SEASON = "/season/{quarter}", "/season/{quarter}/{ticker}"
COMPANY, COMPARE, COVERAGE, NOWCAST = "/company/{ticker}", "/compare", "/coverage", "/nowcast"
SEARCH, FIGURE, CHANGES = "/search", "/figure/{figure:path}", "/changes"
SOURCES, STORED = "/sources", "/doc/{sha256}"
YEAR = 4  # quarters

QUARTER = Parameter("quarter", "quarter", "the calendar quarter")
TICKER = Parameter("ticker", "text", "the company, by ticker, name or CIK")
TICKERS = Parameter("ticker", "text", "a company; all if none is given", repeated=True)


def chosen(arguments: Arguments) -> tuple[str, ...] | None:
    """The companies a page is asked for; None for all.

    Args:
        arguments: With `ticker`, several times, or `watch`, with commas.
    """
    watched = tuple(name.strip() for name in arguments.get("watch", "").split(",") if name.strip())
    return tuple(arguments.get("ticker", ())) or watched or None


def desk_of(work: Work, arguments: Arguments) -> Desk:
    """The desk as of the day that is asked for."""
    return work.desk(arguments.get("as_of"))


_MOST_BESIDE = 20  # figures behind one number that its trace shows; an address must stay short


def trace_of(arguments: Arguments) -> Callable[[Sequence[Figure]], str]:
    """Addresses of traces, as of the day of this page.

    Args:
        arguments: Of this page.
    """
    day = same_day(arguments)

    def address_of(figures: Sequence[Figure]) -> str:
        first, *others = [figure.id for figure in figures[:_MOST_BESIDE]]
        return address(FIGURE, {"figure": first, "beside": tuple(others)} | day)

    return address_of


def by_ticker(path: str, arguments: Arguments) -> Callable[[str], str]:
    """Addresses by ticker, as of the day of this page.

    Args:
        path: With `{ticker}` in it, or one that can be asked by ticker.
        arguments: Of this page.
    """
    kept = {name: arguments[name] for name in ("as_of", "quarter") if name in arguments}
    day = kept if path == NOWCAST else same_day(arguments)
    return lambda ticker: address(path, {"ticker": ticker} | day)

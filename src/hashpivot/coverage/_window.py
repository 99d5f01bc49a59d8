"""The quarters that coverage looks at."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import InvalidInput, NoData, Quarter
from hashpivot.ledger import View

from ._newest import newest_quarter

QUARTERS = 9
"""Quarters looked at if none are named: two years of reports and the quarter a year before them."""

MOST = 80
"""Quarters that can be looked at together: twenty years, more than any miner has reported."""


def parse_window(text: str) -> tuple[Quarter, ...]:
    """Return the quarters of `2024Q1..2026Q2`, or of a single `2024Q1`.

    Raises:
        InvalidInput: If an end is no quarter, the last lies before the first, or there are more than 80.
    """
    first, dots, last = text.partition("..")
    start = Quarter.parse(first)
    end = Quarter.parse(last) if dots else start
    return check_window(tuple(start.through(end)), text)


def check_window(quarters: Sequence[Quarter], text: str = "") -> tuple[Quarter, ...]:
    """Return the quarters in order, each once.

    Raises:
        InvalidInput: If there are none or more than 80.
    """
    window = tuple(sorted(set(quarters)))
    said = text or f"a window of {len(window)} quarters"
    if not window:
        raise InvalidInput(f"{said!r} holds no quarter", hint="write it like 2024Q1..2026Q2, earliest first")
    if len(window) > MOST:
        raise InvalidInput(f"{said!r} holds more than {MOST} quarters", hint="name fewer")
    return window


def latest_window(view: View) -> tuple[Quarter, ...]:
    """Return nine quarters through the newest in which some company has revenue.

    Raises:
        NoData: If none has.
    """
    newest = max(filter(None, (newest_quarter(view, ticker) for ticker in view.tickers())), default=None)
    if not newest:
        raise NoData("the ledger holds no revenue", hint="add a filing with hashpivot add FILE")
    return tuple((newest - (QUARTERS - 1)).through(newest))

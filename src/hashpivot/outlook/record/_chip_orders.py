"""How orders of mining machines respond to hashprice, by the chip revenue on record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import log

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line
from hashpivot.ledger import View

PROPORTIONAL = 1.0
"""Assumed while the record is short: twice the price of a TH, twice the hash rate ordered."""

FEWEST_PAIRS, HIGHEST = 12, 3.0
"""Judged: fewer changes than this give a slope of no use; and the largest slope that is believed."""


@lru_cache(maxsize=4)
def orders_elasticity(view: View, network: NetworkHistory) -> tuple[float | None, int]:
    """Elasticity of the hash rate sold to hashprice, and the changes it stands on; None if they are too few.

    Revenue is hash rate sold x days of hashprice x hashprice, so that revenue over hashprice moves as the
    hash rate does. The slope goes through no change at no change; changes of several quarters count once.
    """
    pairs = [pair for ticker in view.tickers() for pair in _changes(view, network, ticker)]
    squares = sum(move * move for move, _ in pairs)
    if len(pairs) < FEWEST_PAIRS or not squares:
        return None, len(pairs)
    slope = sum(move * sold for move, sold in pairs) / squares
    return min(HIGHEST, max(0.0, slope)), len(pairs)


def _changes(view: View, network: NetworkHistory, ticker: str) -> Iterator[tuple[float, float]]:
    """Log changes of hashprice and of the hash rate sold between quarters of a company."""
    rows = []
    for quarter in view.quarters(ticker):
        lines = view.quarter_lines(ticker, quarter)
        revenue = lines.revenue.get(Line.CHIPS)
        known = network.first_priced_day <= lines.start <= lines.end <= network.last_day
        if revenue is not None and revenue.value > 0 and known:
            hashprice = network.over(lines.start, lines.end).mean_hashprice_usd_per_ph_day
            rows.append((log(hashprice), log(float(revenue.value) / hashprice)))
    for (before, was), (after, now) in pairwise(rows):
        yield after - before, now - was

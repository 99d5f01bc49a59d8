"""What is known of prices when a forecast is issued."""

from __future__ import annotations

import numpy as np

from ..forecast import known_ahead
from ..prices import PriceHistory

KNOWN_HOURS = 90 * 24
"""Judged: more than features look back, and quick to copy for each forecast."""


def known_at(prices: PriceHistory, now: int, end: int) -> PriceHistory:
    """Return what is known as hour `now` begins: all before it, and day-ahead columns up to `end`."""
    part = prices.part(max(0, now - prices.intervals(KNOWN_HOURS)), end)
    ahead = end - now
    columns = {}
    for name, values in part.columns.items():
        columns[name] = values.copy()
        if not known_ahead(name):
            columns[name][len(values) - ahead :] = np.nan
    return part.with_columns(columns)

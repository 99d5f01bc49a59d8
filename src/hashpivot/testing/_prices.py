"""Made-up hours of a power market."""

from __future__ import annotations

from datetime import date

import numpy as np

from hashpivot.site import PriceHistory, make_price_history

_MIDNIGHT_IN_TEXAS = 6
"""Hours from midnight UTC to midnight in Texas in winter."""


def made_up_prices(days: int = 100, *, start: date = date(2024, 1, 1), seed: int = 5) -> PriceHistory:
    """Return hours of prices, loads and reserve prices that look like ERCOT's, and are no one's.

    Day-ahead prices and loads swing once a day; real-time prices scatter about day-ahead ones, are at times
    negative, and four hours in a hundred cost USD 400 more. The default hundred days hold a clock change.

    Args:
        days: How many days; a backtest learns from 61 before its first when a policy forecasts.
        start: The first day, from midnight in Texas in winter.
        seed: Other seeds give other hours.

    Returns:
        A price history of zone `made` with the columns `rt_usd_per_mwh`, `da_usd_per_mwh`, `load_mw`,
        `as_rrs` and `as_ecrs`.
    """
    chance, count = np.random.default_rng(seed), days * 24
    ts = np.datetime64(start, "h") + (_MIDNIGHT_IN_TEXAS + np.arange(count)) * np.timedelta64(1, "h")
    swing = np.sin(np.arange(count) / 24 * 2 * np.pi)
    ahead = 30 + 15 * swing + chance.normal(0, 4, count)
    real = ahead * np.exp(chance.normal(0, 0.3, count)) + (chance.random(count) < 0.04) * 400.0 - 5
    columns = {
        "rt_usd_per_mwh": real,
        "da_usd_per_mwh": ahead,
        "load_mw": 50_000 + 9_000 * swing + chance.normal(0, 500, count),
        "as_rrs": chance.gamma(2, 4, count),
        "as_ecrs": chance.gamma(1, 5, count),
    }
    return make_price_history(ts, columns, "made", "made-up prices")

"""The change in fair value of bitcoin held (ASU 2023-08), the line that dominates net income.

Bitcoin held at the quarter's start gain or lose the whole change of the price; what is added to them (mined
and not sold, or bought) from its mean price on. Not all of this need go through one line of the statement:
gains on sales, collateral and other tokens may stand elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hashpivot.core import Figure, Missing, not_in_ledger
from hashpivot.ledger import DETAIL, View

from ..network import Days, Floats, Market

NEAR_DAYS = 16
"""Days before a quarter's end from which holdings count as those at its end: half a month."""
OLDEST_DAYS = 45
"""Days before a quarter after which holdings say little of those at its start."""
ADDED_SCATTER = 0.15
"""Standard deviation of what is added in a quarter, over bitcoin held, where it is not known."""
ACCOUNTING_SCATTER = 0.05
"""Standard deviation of the line of the statement around the change computed, over that change."""


@dataclass(frozen=True, eq=False)
class Treasury:
    """Draws of the change in fair value, and the holdings they start from."""

    draws: Floats
    holdings: Figure


def fair_value_draws(
    view: View, ticker: str, market: Market, start: date, end: date, seed: int
) -> Treasury | Missing:
    """Return draws of the change in fair value of bitcoin held from `start` to `end`, in US dollars."""
    day_before = start - timedelta(days=1)
    before = _holdings(view, ticker, day_before, OLDEST_DAYS)
    if before is None:
        return not_in_ledger(f"no bitcoin held are known within {OLDEST_DAYS} days before {start}")
    after = _holdings(view, ticker, end, NEAR_DAYS)
    held_btc = float(before.value)
    price = market.price(start, end)
    opening = market.price(day_before, day_before)[:, -1]
    chance = np.random.default_rng(seed)
    scatter = ADDED_SCATTER * held_btc * chance.standard_normal(market.draws)
    added = np.full(market.draws, float(after.value) - held_btc) if after else scatter
    change = held_btc * (price[:, -1] - opening) + added * (price[:, -1] - price.mean(axis=1))
    noise = 1 + ACCOUNTING_SCATTER * chance.standard_normal(market.draws)
    return Treasury(np.asarray(change * noise), before)


def fair_value_of(view: View, ticker: str, days: Days, start: date, end: date) -> float | None:
    """The change in fair value of what was held before a past period, in US dollars; None if not known."""
    day_before = start - timedelta(days=1)
    before = _holdings(view, ticker, day_before, OLDEST_DAYS)
    if before is None or not days.holds(day_before, end):
        return None
    prices = days.price_usd[days.span(day_before, end)]
    return float(before.value) * float(prices[-1] - prices[0])


def _holdings(view: View, ticker: str, day: date, oldest: int) -> Figure | None:
    """The latest holdings known for a day at most `oldest` days before `day`, the best source first."""
    since = day - timedelta(days=oldest)
    near = [
        f for f in view.figures(ticker, "bitcoin_held") if since <= f.end <= day and f.breakdown != DETAIL
    ]
    return max(
        near,
        key=lambda f: (f.end, [-ord(c) for c in view.sources[f.source].grade], f.known, f.id),
        default=None,
    )

"""Adjusted EBITDA: revenue less cash costs, which follow revenue only in part.

Cash costs are reported revenue less reported adjusted EBITDA, overheads included. From one quarter to a later
one their logarithm moves by a share of revenue's, and scatters; both are learned from all companies' past
quarters as known on the day, drawn toward a half (as if ten changes of 30% had shown it) and toward 25% a
quarter (as if five had). Past quarters show which companies count the change in fair value of bitcoin in it:
without that change their costs, over revenue, moved less than with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np

from hashpivot.core import Figure, Missing, Quarter, not_derivable
from hashpivot.ledger import View

from ..network import Days, Floats
from ._treasury import fair_value_of

MEASURE = "adjusted_ebitda"
SHARE, SHARE_SQUARES = 0.5, 10 * 0.3**2
SCATTER, SCATTER_CHANGES = 0.25, 5
LARGEST = 1.5
"""Largest log change that counts as it is; greater ones count as this."""
LONGEST_GAP = 2
"""Quarters apart up to which two quarters count as a change; later costs over revenue hardly go farther."""
LEAST_COST, MOST_COST = 0.1, 4.0
"""Cash costs over revenue that are believable; others say that something else is counted in it."""


@dataclass(frozen=True, slots=True)
class EbitdaQuarter:
    """A reported quarter of adjusted EBITDA, in US dollars.

    Args:
        quarter: The quarter.
        revenue_usd: Its total revenue.
        ebitda_usd: Its adjusted EBITDA.
        fair_value_usd: Change in fair value of bitcoin held in it; None if holdings are not known.
    """

    quarter: Quarter
    revenue_usd: float
    ebitda_usd: float
    fair_value_usd: float | None

    def cost_usd(self, *, fair_value: bool) -> float | None:
        """Cash costs; None if they are not believable, or need a fair value that is not known."""
        if fair_value and self.fair_value_usd is None:
            return None
        change = self.fair_value_usd if fair_value and self.fair_value_usd is not None else 0.0
        cost = self.revenue_usd - self.ebitda_usd + change
        return cost if LEAST_COST <= cost / self.revenue_usd <= MOST_COST else None


def ebitda_history(view: View, ticker: str, days: Days) -> list[EbitdaQuarter]:
    """Quarters whose adjusted EBITDA and total revenue are known, oldest first."""
    found = []
    for quarter in view.quarters(ticker):
        ebitda, lines = view.company_measure(ticker, quarter, MEASURE), view.quarter_lines(ticker, quarter)
        revenue = lines.total_revenue
        if isinstance(ebitda, Figure) and isinstance(revenue, Figure) and revenue.value > 0:
            change = fair_value_of(view, ticker, days, lines.start, lines.end)
            found.append(EbitdaQuarter(quarter, float(revenue.value), float(ebitda.value), change))
    return found


def counts_fair_value(history: Sequence[EbitdaQuarter]) -> bool:
    """True if costs are steadier, over revenue, when the change in fair value is taken off."""
    known = [quarter for quarter in history if quarter.fair_value_usd is not None]
    if len(known) < 2:
        return any(quarter.cost_usd(fair_value=False) is None for quarter in history)
    costs = np.array([(q.revenue_usd - q.ebitda_usd) / q.revenue_usd for q in known])
    changes = np.array([(q.fair_value_usd or 0.0) / q.revenue_usd for q in known])
    return bool(np.std(costs + changes) < np.std(costs))


def latest_costs(history: Sequence[EbitdaQuarter], *, fair_value: bool) -> EbitdaQuarter | None:
    """The latest quarter whose cash costs are believable; None if there is none."""
    return next((q for q in reversed(history) if q.cost_usd(fair_value=fair_value) is not None), None)


@dataclass(frozen=True, slots=True)
class CostChanges:
    """How cash costs follow revenue.

    Args:
        share: Log change of costs over that of revenue.
        scatter: Standard deviation of a quarter's log change beside.
    """

    share: float = SHARE
    scatter: float = SCATTER


def cost_changes(histories: Iterable[Sequence[EbitdaQuarter]]) -> CostChanges:
    """Learn how costs follow revenue from companies' past quarters, oldest first."""
    moves = np.array([move for history in histories for move in _moves(history)]).reshape(-1, 3)
    revenue, cost, gaps = moves.T
    share = (float(revenue @ cost) + SHARE * SHARE_SQUARES) / (float(revenue @ revenue) + SHARE_SQUARES)
    squares = float(((cost - share * revenue) ** 2 / gaps).sum()) + SCATTER_CHANGES * SCATTER**2
    return CostChanges(share, sqrt(squares / (len(moves) + SCATTER_CHANGES)))


def ebitda_draws(
    history: Sequence[EbitdaQuarter],
    quarter: Quarter,
    revenue: Floats,
    fair_value: Floats | Missing,
    changes: CostChanges,
    seed: int,
    *,
    counted: bool,
) -> Floats | Missing:
    """Draws of adjusted EBITDA that go with draws of revenue; shape (draws,).

    Args:
        history: Reported quarters not too old, oldest first.
        quarter: The quarter.
        revenue: Draws of its total revenue.
        fair_value: Draws of the change in fair value of bitcoin held in it, or why there are none.
        changes: How costs follow revenue.
        seed: Of the random numbers.
        counted: True if the company counts that change in it.

    Returns:
        The draws, or why there are none.
    """
    if not history:
        return not_derivable("no adjusted EBITDA is known beside total revenue of the last four quarters")
    if counted and isinstance(fair_value, Missing):
        return not_derivable(f"it counts the fair value of bitcoin, and {fair_value.reason}")
    base = latest_costs(history, fair_value=counted)
    cost_usd = base.cost_usd(fair_value=counted) if base else None
    if base is None or cost_usd is None:
        return not_derivable("what it last reported is not revenue less costs: it counts something else")
    normal = np.random.default_rng(seed).standard_normal(len(revenue))
    scatter = np.exp(changes.scatter * sqrt(min(LONGEST_GAP, max(1, quarter.since(base.quarter)))) * normal)
    cost = cost_usd * (revenue / base.revenue_usd) ** changes.share * scatter
    gained = 0.0 if isinstance(fair_value, Missing) or not counted else fair_value
    return np.asarray(revenue - cost + gained)


def _moves(history: Sequence[EbitdaQuarter]) -> list[tuple[float, float, int]]:
    """Log changes of revenue and of costs, and quarters apart."""
    counted, found = counts_fair_value(history), []
    for before, after in pairwise(history):
        costs = [each.cost_usd(fair_value=counted) for each in (before, after)]
        gap = after.quarter.since(before.quarter)
        if costs[0] and costs[1] and gap <= LONGEST_GAP:
            revenue, cost = log(after.revenue_usd / before.revenue_usd), log(costs[1] / costs[0])
            found.append((_limited(revenue), _limited(cost), gap))
    return found


def _limited(change: float) -> float:
    return max(-LARGEST, min(LARGEST, change))

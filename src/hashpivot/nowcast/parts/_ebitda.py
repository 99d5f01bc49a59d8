"""Adjusted EBITDA from gross profit, by the difference between the two in past quarters.

Overheads less what a company adds back are taken as steady: their median over the last quarters in which
both figures are known, with their scatter. Companies differ in whether the fair-value change of bitcoin
belongs to adjusted EBITDA; the definition that makes the difference steadier is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import median, stdev

import numpy as np

from hashpivot.core import Figure, Missing, Quarter, not_derivable
from hashpivot.ledger import View

from ..network import Floats

FEWEST, MOST = 3, 8


@dataclass(frozen=True, slots=True)
class EbitdaBridge:
    """The difference between gross profit and adjusted EBITDA.

    Args:
        usd: Median difference a quarter.
        scatter_usd: Standard deviation of it for a new quarter.
        with_fair_value: True if the fair-value change of bitcoin is part of adjusted EBITDA.
    """

    usd: float
    scatter_usd: float
    with_fair_value: bool


def ebitda_bridge(view: View, ticker: str, before: Quarter) -> EbitdaBridge | Missing:
    """The bridge from the quarters before one; Missing if fewer than three have all it needs."""
    quarters = [q for q in view.quarters(ticker) if q < before]
    rows = [row for q in quarters if (row := _row(view, ticker, q)) is not None][-MOST:]
    if len(rows) < FEWEST:
        return not_derivable(
            f"{len(rows)} quarters have adjusted EBITDA and the cost of every line, {FEWEST} are needed"
        )
    plain = [ebitda - profit for ebitda, profit, _ in rows]
    valued = [ebitda - profit - fair for ebitda, profit, fair in rows if fair is not None]
    steadier = len(valued) == len(rows) and stdev(valued) < stdev(plain)
    chosen = valued if steadier else plain
    return EbitdaBridge(median(chosen), stdev(chosen) * sqrt(1 + 1 / len(chosen)), steadier)


def ebitda_draws(
    bridge: EbitdaBridge, profit: Floats, fair_value: Floats | None, seed: int
) -> Floats | Missing:
    """Draws of adjusted EBITDA; shape (draws,)."""
    if bridge.with_fair_value and fair_value is None:
        return not_derivable("it includes the fair-value change of bitcoin, which is not known")
    extra = fair_value if bridge.with_fair_value and fair_value is not None else np.zeros(len(profit))
    chance = np.random.default_rng(seed)
    return np.asarray(profit + extra + bridge.usd + bridge.scatter_usd * chance.standard_normal(len(profit)))


def _row(view: View, ticker: str, quarter: Quarter) -> tuple[float, float, float | None] | None:
    """Adjusted EBITDA, gross profit of all lines and fair-value change of a quarter, if known."""
    ebitda = view.company_measure(ticker, quarter, "adjusted_ebitda")
    lines = view.quarter_lines(ticker, quarter)
    profits = [lines.gross_profit.get(line) for line in lines.revenue]
    if not isinstance(ebitda, Figure) or not profits:
        return None
    known = [float(p.value) for p in profits if isinstance(p, Figure)]
    if len(known) < len(profits):
        return None
    fair = view.company_measure(ticker, quarter, "fair_value_change_bitcoin")
    return float(ebitda.value), sum(known), float(fair.value) if isinstance(fair, Figure) else None

"""How steady a line's revenue is and how much it hangs on hashprice."""

from __future__ import annotations

from math import log
from statistics import linear_regression, stdev

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Missing, NoData, Quarter
from hashpivot.ledger import View

from ._answer import Metric

QUARTERS = 9
"""Quarters looked at: eight changes from one to the next."""

FEWEST = 4
"""Changes below which nothing is said."""


def volatility(name: str, history: dict[Quarter, tuple[Figure, ...]]) -> Metric:
    """Standard deviation of quarterly log changes of an amount."""
    changes = _changes(history)
    method = "standard deviation of quarter-on-quarter log changes"
    if len(changes) < FEWEST:
        return Metric(name, _too_few(changes), (), method)
    return Metric(name, stdev(changes.values()), _all(history), method)


def sensitivity(name: str, history: dict[Quarter, tuple[Figure, ...]], network: NetworkHistory) -> Metric:
    """Slope of quarterly log changes of an amount on those of the mean hashprice (ordinary least squares).

    1 means that revenue moves as hashprice does, 0 that it does not care.
    """
    method = "least-squares slope of log changes on log changes of the quarter's mean hashprice"
    pairs = [
        (p, change)
        for quarter, change in _changes(history).items()
        if (p := _hashprice_change(network, quarter))
    ]
    if len(pairs) < FEWEST:
        return Metric(
            name, Missing(f"{len(pairs)} quarterly changes are known, {FEWEST} are needed"), (), method
        )
    return Metric(name, linear_regression(*zip(*pairs, strict=True)).slope, _all(history), method)


def history_of(view: View, ticker: str, quarter: Quarter, *groups: str) -> dict[Quarter, tuple[Figure, ...]]:
    """Figures of the groups' revenue in the quarters up to `quarter`; of the total if no group is named.

    Quarters whose lines do not add up to the total are left out of a group's history.
    """
    history: dict[Quarter, tuple[Figure, ...]] = {}
    for q in (quarter - (QUARTERS - 1)).through(quarter):
        lines = view.quarter_lines(ticker, q)
        if groups:
            shown = lines.revenue.items() if lines.ties else ()
            figures = tuple(figure for line, figure in shown if line.group in groups)
        else:
            figures = (lines.total_revenue,) if isinstance(lines.total_revenue, Figure) else ()
        if figures:
            history[q] = figures
    return history


def _changes(history: dict[Quarter, tuple[Figure, ...]]) -> dict[Quarter, float]:
    amounts = {
        quarter: float(sum(figure.value for figure in figures)) for quarter, figures in history.items()
    }
    return {
        quarter: log(amount / amounts[quarter - 1])
        for quarter, amount in amounts.items()
        if amount > 0 and amounts.get(quarter - 1, 0) > 0
    }


def _hashprice_change(network: NetworkHistory, quarter: Quarter) -> float | None:
    try:
        now, before = network.quarter(quarter), network.quarter(quarter - 1)
    except NoData:
        return None
    return log(now.mean_hashprice_usd_per_ph_day / before.mean_hashprice_usd_per_ph_day)


def _too_few(changes: dict[Quarter, float]) -> Missing:
    return Missing(f"{len(changes)} quarterly changes are known, {FEWEST} are needed")


def _all(history: dict[Quarter, tuple[Figure, ...]]) -> tuple[Figure, ...]:
    return tuple(figure for figures in history.values() for figure in figures)

"""How steady revenue is, and how far it moves with hashprice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log
from statistics import linear_regression

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Missing, NoData, Quarter, not_derivable
from hashpivot.ledger import QuarterLines, View

from ._business_mix import revenue
from .base import Formula, Metric, computed, deviation_of_log_changes, number_of, of_figure

QUARTERS = 9
"""Quarters looked at: eight changes from one to the next, two years of reports."""

FEWEST = 4
"""Changes below which nothing is said: of three points neither a spread nor a slope means much."""

History = Mapping[Quarter, Metric]


def history_of(view: View, ticker: str, quarter: Quarter, *groups: str) -> dict[Quarter, Metric]:
    """Revenue of the groups in each quarter up to `quarter`, USD; total revenue if no group is named.

    A group's history leaves out the quarters whose lines do not add up to the total, and those that show no
    line of it.
    """
    quarters = {q: view.quarter_lines(ticker, q) for q in (quarter - (QUARTERS - 1)).through(quarter)}
    amounts = {q: _revenue(lines, groups) for q, lines in quarters.items()}
    return {q: amount for q, amount in amounts.items() if amount is not None}


def volatility(name: str, history: History) -> Metric:
    """Sample standard deviation of the quarterly log changes of an amount."""
    changes = dict(_changes(history))
    method = "standard deviation of quarter-on-quarter log changes"
    if len(changes) < FEWEST:
        return Metric(name, _too_few(len(changes)), (), method)
    operands = tuple(amount for later_and_earlier in changes.values() for amount in later_and_earlier)
    return computed(name, Formula(deviation_of_log_changes, operands), _figures(history), method)


def sensitivity(name: str, history: History, network: NetworkHistory) -> Metric:
    """Slope of quarterly log changes of an amount on those of the mean hashprice (ordinary least squares).

    1 means that revenue moves in step with hashprice, 0 that it does not move with it.
    """
    method = "least-squares slope of log changes on log changes of the quarter's mean hashprice"
    pairs = [
        (hashprice, log(number_of(later) / number_of(earlier)))
        for quarter, (later, earlier) in _changes(history)
        if (hashprice := _hashprice_change(network, quarter))
    ]
    if len(pairs) < FEWEST:
        return Metric(name, _too_few(len(pairs)), (), method)
    return Metric(name, linear_regression(*zip(*pairs, strict=True)).slope, _figures(history), method)


def _revenue(lines: QuarterLines, groups: tuple[str, ...]) -> Metric | None:
    if not groups:
        total = lines.total_revenue
        return of_figure("total_revenue_usd", total) if isinstance(total, Figure) else None
    shown = lines.complete and any(line.group in groups for line in lines.revenue)
    return revenue(lines, *groups) if shown else None


def _changes(history: History) -> Iterator[tuple[Quarter, tuple[Metric, Metric]]]:
    """Later and earlier amount of neighbouring quarters, both above zero."""
    positive = {quarter: amount for quarter, amount in history.items() if number_of(amount) > 0}
    for quarter, amount in positive.items():
        if quarter - 1 in positive:
            yield quarter, (amount, positive[quarter - 1])


def _hashprice_change(network: NetworkHistory, quarter: Quarter) -> float | None:
    try:
        now, before = network.quarter(quarter), network.quarter(quarter - 1)
    except NoData:
        return None
    return log(now.mean_hashprice_usd_per_ph_day / before.mean_hashprice_usd_per_ph_day)


def _too_few(count: int) -> Missing:
    return not_derivable(f"{count} quarterly changes are known, {FEWEST} are needed")


def _figures(history: History) -> tuple[Figure, ...]:
    return tuple(figure for amount in history.values() for figure in amount.figures)

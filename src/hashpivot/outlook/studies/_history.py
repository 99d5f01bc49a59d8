"""The quarters before an outlook's first: what was reported, and what the nowcast says of those not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Missing, NowcastDraws, Quarter
from hashpivot.ledger import View

HISTORY_QUARTERS = 8
"""Two years: enough to see the seasons and the last change of business."""

NEARLY = 0.02
"""Share of revenue that may stand on no line in a quarter that counts as known by line."""

_MEASURES = {"adjusted_ebitda_usd": "adjusted_ebitda", "cash_usd": "cash"}


@dataclass(frozen=True, slots=True)
class PastQuarter:
    """A quarter before the outlook's first.

    Args:
        quarter: The quarter.
        kind: `reported`, or `nowcast` for one that is over and not reported.
        revenue_usd: All revenue; None if no report gives it. Of a nowcast the median.
        lines: Revenue by line, as far as it is known by line.
        adjusted_ebitda_usd: As reported; None if no report gives it.
        cash_usd: At its end; None if no report gives it.
        price_usd: Mean price of bitcoin; None if the network's history does not hold the quarter.
        hashprice_usd_ph_day: Mean hashprice, likewise.
        hash_rate_ehs: Mean hash rate of the network, likewise.
    """

    quarter: Quarter
    kind: Literal["reported", "nowcast"]
    revenue_usd: float | None
    lines: Mapping[Line, float]
    adjusted_ebitda_usd: float | None = None
    cash_usd: float | None = None
    price_usd: float | None = None
    hashprice_usd_ph_day: float | None = None
    hash_rate_ehs: float | None = None

    @property
    def is_by_line(self) -> bool:
        """True if its lines come to its revenue, or are the nowcast's."""
        if self.kind == "nowcast" or self.revenue_usd is None:
            return bool(self.lines)
        return abs(sum(self.lines.values()) - self.revenue_usd) <= NEARLY * self.revenue_usd

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "quarter": str(self.quarter),
            "kind": self.kind,
            "revenue_usd": self.revenue_usd,
            "lines": {line.value: usd for line, usd in self.lines.items()},
            "adjusted_ebitda_usd": self.adjusted_ebitda_usd,
            "cash_usd": self.cash_usd,
            "price_usd": self.price_usd,
            "hashprice_usd_ph_day": self.hashprice_usd_ph_day,
            "hash_rate_ehs": self.hash_rate_ehs,
        }


def past_quarters(
    view: View,
    network: NetworkHistory,
    ticker: str,
    first: Quarter,
    draws: NowcastDraws | None = None,
    count: int = HISTORY_QUARTERS,
) -> tuple[PastQuarter, ...]:
    """The quarters before an outlook's first, oldest first.

    Args:
        view: The figures.
        network: The network's history.
        ticker: The company.
        first: The outlook's first quarter.
        draws: The nowcast of quarters not reported, if there is one.
        count: Quarters.
    """
    nowcasts = {each.quarter: each for each in draws.quarters} if draws else {}
    around = {quarter: period for quarter, period in network.quarters() if first - count <= quarter < first}
    past = []
    for quarter in (first - back for back in range(count, 0, -1)):
        amounts: dict[str, Any] = {}
        if quarter in nowcasts:
            drawn = nowcasts[quarter]
            lines = {line: float(np.median(usd)) for line, usd in drawn.lines_usd.items()}
            kind: Literal["reported", "nowcast"] = "nowcast"
            revenue: float | None = float(np.median(drawn.total_usd))
        else:
            reported = view.quarter_lines(ticker, quarter)
            lines = {line: float(figure.value) for line, figure in reported.revenue.items()}
            kind, revenue = "reported", _amount(reported.total_revenue)
            amounts = {
                name: _amount(view.company_measure(ticker, quarter, measure))
                for name, measure in _MEASURES.items()
            }
        if quarter in around:
            period = around[quarter]
            amounts |= {
                "price_usd": period.mean_price_usd,
                "hashprice_usd_ph_day": period.mean_hashprice_usd_per_ph_day,
                "hash_rate_ehs": period.mean_hash_rate_ehs,
            }
        past.append(PastQuarter(quarter, kind, revenue, lines, **amounts))
    return tuple(past)


def _amount(figure: Any) -> float | None:
    return None if isinstance(figure, Missing) else float(figure.value)

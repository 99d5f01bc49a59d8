"""What a halving did to each company: revenue per EH/s, margin and breakeven hashprice, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hashpivot.bitcoin import Halving, NetworkHistory, NetworkPeriod, halvings
from hashpivot.core import Figure, InvalidInput, Line, Missing, Quarter
from hashpivot.ledger import View

from ._answer import Metric, of_figure, ratio


@dataclass(frozen=True, slots=True)
class Side:
    """One company in one quarter beside the halving.

    Args:
        quarter: The quarter.
        hash_rate: EH/s at work: bitcoin mined / bitcoin an EH/s was expected to earn.
        revenue_per_ehs: Self-mining revenue per EH/s, USD in the quarter.
        margin: Self-mining gross profit / revenue.
        breakeven: Cost of self-mining revenue in USD per PH/s per day: the hashprice that just pays it.
    """

    quarter: Quarter
    hash_rate: Metric
    revenue_per_ehs: Metric
    margin: Metric
    breakeven: Metric

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """All four."""
        return self.hash_rate, self.revenue_per_ehs, self.margin, self.breakeven

    def to_dict(self) -> dict[str, Any]:
        """Values by metric name."""
        return {"quarter": str(self.quarter)} | {metric.name: metric.to_json() for metric in self.metrics}


@dataclass(frozen=True, slots=True)
class Squeeze:
    """A company across a halving."""

    ticker: str
    before: Side
    after: Side

    def to_dict(self) -> dict[str, Any]:
        """`{"ticker", "before", "after"}`."""
        return {"ticker": self.ticker, "before": self.before.to_dict(), "after": self.after.to_dict()}


def squeezes(view: View, network: NetworkHistory, halving: Halving) -> list[Squeeze]:
    """Every company with mining revenue in the last whole quarter before or the first whole one after."""
    inside = Quarter.containing(halving.day)
    before, after = inside - 1, inside + 1
    return [
        Squeeze(ticker, _side(view, network, ticker, before), _side(view, network, ticker, after))
        for ticker in view.tickers()
        if any(_mining(view, ticker, quarter) for quarter in (before, after))
    ]


def past_halving(network: NetworkHistory, number: int | None = None) -> Halving:
    """The halving of that number, by default the latest one.

    Raises:
        InvalidInput: If it has not taken place within the network history.
    """
    past = [h for h in halvings(network) if not h.estimated]
    chosen = past[-1] if number is None else next((h for h in past if h.number == number), None)
    if chosen is None:
        raise InvalidInput(
            f"halving {number} has not happened yet", hint=f"past ones are 1 to {past[-1].number}"
        )
    return chosen


def _mining(view: View, ticker: str, quarter: Quarter) -> Figure | None:
    return view.quarter_lines(ticker, quarter).revenue.get(Line.SELF_MINING)


def _side(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> Side:
    lines = view.quarter_lines(ticker, quarter)
    period = network.over(lines.start, lines.end)
    none = lines.missing.get("revenue", Missing("no self-mining revenue is shown"))
    revenue = of_figure("self_mining_revenue_usd", lines.revenue.get(Line.SELF_MINING, none))
    cost = of_figure(
        "self_mining_cost_usd",
        lines.cost.get(Line.SELF_MINING, Missing("no cost of self-mining is disclosed")),
    )
    profit = lines.gross_profit.get(Line.SELF_MINING, Missing("no cost of self-mining is disclosed"))
    rate = _hash_rate(view.company_measure(ticker, quarter, "bitcoin_mined"), period)
    return Side(
        quarter,
        rate,
        ratio("revenue_usd_per_ehs", revenue, rate, "self-mining revenue / EH/s at work"),
        ratio(
            "gross_margin_share",
            of_figure("self_mining_gross_profit_usd", profit),
            revenue,
            "gross profit / revenue",
        ),
        _breakeven(cost, rate, period),
    )


def _hash_rate(mined: Figure | Missing, period: NetworkPeriod) -> Metric:
    name, method = "hash_rate_ehs", "bitcoin mined / bitcoin one EH/s was expected to earn (FPPS)"
    if isinstance(mined, Missing):
        return Metric(name, mined, (), method)
    return Metric(name, float(mined.value) / period.btc_per_eh, (mined,), method)


def _breakeven(cost: Metric, rate: Metric, period: NetworkPeriod) -> Metric:
    each = ratio("", cost, rate, "")
    method = "cost of self-mining / EH/s at work / 1000 / days"
    value = each.value if isinstance(each.value, (Missing, str)) else each.value / 1000 / period.days
    return Metric("breakeven_hashprice_usd_per_ph_day", value, each.figures, method)

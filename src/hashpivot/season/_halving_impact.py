"""What a halving did to each company: revenue per EH/s, margin and breakeven hashprice, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hashpivot.bitcoin import Halving, NetworkHistory, NetworkPeriod, halvings
from hashpivot.core import Figure, InvalidInput, Line, Missing, Quarter, short_repr
from hashpivot.ledger import View

from .answers import Metric, of_figure, ratio

MONTHS = 3
IMPLIED = "implied: bitcoin mined / bitcoin one EH/s was expected to earn (FPPS)"


@short_repr
@dataclass(frozen=True, slots=True)
class QuarterEconomics:
    """One company in one quarter beside the halving.

    Args:
        quarter: The quarter.
        hash_rate: Average operating EH/s as reported, or else implied by the bitcoin mined.
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

    @property
    def implied(self) -> bool:
        """True if the hash rate is implied by the bitcoin mined."""
        return self.hash_rate.method == IMPLIED

    def to_dict(self) -> dict[str, Any]:
        """Values by metric name."""
        values = {metric.name: metric.to_json() for metric in self.metrics}
        return {"quarter": str(self.quarter), "hash_rate_implied": self.implied} | values


@short_repr
@dataclass(frozen=True, slots=True)
class HalvingImpact:
    """A company across a halving."""

    ticker: str
    before: QuarterEconomics
    after: QuarterEconomics

    def to_dict(self) -> dict[str, Any]:
        """`{"ticker", "before", "after"}`."""
        return {"ticker": self.ticker, "before": self.before.to_dict(), "after": self.after.to_dict()}


def halving_impacts(view: View, network: NetworkHistory, halving: Halving) -> list[HalvingImpact]:
    """Every company with mining revenue in the last whole quarter before or the first whole one after."""
    inside = Quarter.containing(halving.day)
    before, after = inside - 1, inside + 1
    return [
        HalvingImpact(
            ticker, _economics(view, network, ticker, before), _economics(view, network, ticker, after)
        )
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


def _economics(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> QuarterEconomics:
    lines = view.quarter_lines(ticker, quarter)
    period = network.over(lines.start, lines.end)
    mining, no_cost = Line.SELF_MINING, lines.why("cost_of_revenue", Line.SELF_MINING)
    earned = lines.revenue.get(mining) or lines.why("revenue", mining)
    revenue = of_figure("self_mining_revenue_usd", earned)
    cost = of_figure("self_mining_cost_usd", lines.cost.get(mining, no_cost))
    profit = lines.gross_profit.get(mining, no_cost)
    rate = _hash_rate(view, ticker, quarter, period)
    return QuarterEconomics(
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


def _hash_rate(view: View, ticker: str, quarter: Quarter, period: NetworkPeriod) -> Metric:
    """Reported for the quarter, or for its three months, or implied by the bitcoin mined.

    An implied rate already contains uptime and mining variance: revenue per EH/s is then the network's.
    """
    name = "hash_rate_ehs"
    averages = [
        figure
        for figure in view.figures(ticker, "hash_rate_average")
        if figure.start and period.start <= figure.start and figure.end <= period.end
    ]
    whole = [f for f in averages if f.quarter == quarter]
    months = {f.end.month: f for f in averages if f.quarter is None}
    if whole:
        return Metric(name, float(whole[-1].value), (whole[-1],), "average operating hash rate as reported")
    if len(months) == MONTHS:
        value = sum(float(f.value) for f in months.values()) / MONTHS
        return Metric(name, value, tuple(months.values()), "mean of the months' average operating hash rates")
    mined = view.company_measure(ticker, quarter, "bitcoin_mined")
    if isinstance(mined, Missing):
        return Metric(name, mined, (), IMPLIED)
    return Metric(name, float(mined.value) / period.btc_per_eh, (mined,), IMPLIED)


def _breakeven(cost: Metric, rate: Metric, period: NetworkPeriod) -> Metric:
    per_ehs = ratio("", cost, rate, "")
    method = "cost of self-mining / EH/s at work / 1000 / days"
    value = per_ehs.value if isinstance(per_ehs.value, (Missing, str)) else per_ehs.value / 1000 / period.days
    return Metric("breakeven_hashprice_usd_per_ph_day", value, per_ehs.figures, method)

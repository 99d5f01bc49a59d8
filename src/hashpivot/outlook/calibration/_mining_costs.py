"""What a company's mining costs: efficiency, power and other cash cost, by figures up to two years old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import QuarterLines

from ..inputs import Origins, assumed, of_figure
from ..market import Improvement
from ..record import ehs_of_revenue
from ._base import BaseQuarter

POWER_USD_PER_MWH = 45.0
"""Assumed where nothing is reported: a little below the network's assumed median of 50."""

OTHER_SHARE = 0.25
"""Assumed where only one of the two, or their sum, is known: other cash cost over the price of power."""

OLDEST_YEARS = 2.0
"""Age at the outlook's start from which a figure no longer describes a fleet."""

MINING_SHARE = 0.9
"""Judged: of revenue; from there on a company's cost of revenue is taken for that of self-mining."""

MOST_CASH_SHARE = 0.95
"""Judged: of mining revenue; a cost above it that is not said to be cash holds depreciation. Costs said to be
cash were 43 to 93% of revenue."""

MOST_OTHER_COST = 500.0
"""USD/MWh; the most the input may have."""

HOURS_PER_DAY, DAYS_PER_YEAR = 24, 365.25
DEPRECIATED, CASH, ALL_COST = "includes depreciation", "excludes depreciation", "total cash cost"
"""In the notes of figures: a cost with depreciation and one without; a cost of a bitcoin with overheads."""


class Efficiency(NamedTuple):
    """J/TH of a fleet on a day; on others it is better or worse as the network's average machine is."""

    j_per_th: float
    day: date

    def on(self, day: date) -> float:
        """J/TH on another day."""
        trend = Improvement(self.day)
        return self.j_per_th * trend.fleet_j_per_th(_year(day)) / trend.fleet_j_per_th(_year(self.day))


class CashCost(NamedTuple):
    """Cash cost of self-mining over the MWh drawn, USD/MWh, and where it came from."""

    usd_per_mwh: float
    origin: str


def fleet_efficiency(base: BaseQuarter, day: date, origins: Origins) -> Efficiency:
    """J/TH as reported last, else the network's average machine."""
    figure = _recent(base, "fleet_efficiency", day)
    if figure is not None:
        origins.take("mining", of_figure(figure, how=_age(figure, day)), j_per_th=None)
        return Efficiency(float(figure.value), figure.end)
    why = "no fleet efficiency of the last two years is in the ledger; the network's average machine"
    origins.take("mining", assumed(why), j_per_th=None)
    return Efficiency(Improvement(day).fleet_j_per_th(_year(day)), day)


def mining_costs(
    base: BaseQuarter, network: NetworkHistory, efficiency: Efficiency, origins: Origins
) -> dict[str, float]:
    """The price of power and the other cash cost, USD/MWh.

    Power is as reported last. Without that, it is four fifths of the cash cost of self-mining; else the cost
    of a bitcoin as reported last, which most companies give for power alone. What is left of the cash
    cost is the other cost.
    """
    day = network.last_day
    cost = next(_cash_costs(base, network, efficiency), None)
    figure = _recent(base, "power_cost", day)
    if figure is not None:
        power = float(figure.value)
        inputs = origins.take("mining", of_figure(figure, how=_age(figure, day)), power_usd_per_mwh=power)
    elif cost is not None:
        power = cost.usd_per_mwh / (1 + OTHER_SHARE)
        inputs = origins.take("mining", f"{cost.origin}, four fifths of it", power_usd_per_mwh=power)
    else:
        power, origin = _power_of_bitcoin(base, network, efficiency)
        inputs = origins.take("mining", origin, power_usd_per_mwh=power)
    if cost is None:
        why = assumed("no cash cost of self-mining is in the ledger; a quarter of the power price")
        return inputs | origins.take("mining", why, non_power_opex_usd_per_mwh=power * OTHER_SHARE)
    rest = min(max(0.0, cost.usd_per_mwh - power), MOST_OTHER_COST)
    origin = f"{cost.origin}, less the power price"
    return inputs | origins.take("mining", origin, non_power_opex_usd_per_mwh=rest)


def _cash_costs(base: BaseQuarter, network: NetworkHistory, efficiency: Efficiency) -> Iterator[CashCost]:
    """The cash cost of self-mining in the quarters of the last two years that give one, the latest first.

    They end with one that seems to hold depreciation without saying so: those before it will too.
    """
    quarters = [base.view.quarter_lines(base.ticker, q) for q in base.view.quarters(base.ticker)]
    recent = [lines for lines in quarters if _years(lines.end, network.last_day) <= OLDEST_YEARS]
    parts = (_depreciation_share(base, lines.quarter) for lines in reversed(quarters))
    depreciation = next((part for part in parts if part is not None), None)
    for lines in reversed(recent):
        ehs = ehs_of_revenue(base.view, network, base.ticker, lines.quarter)
        found = _cost_of_mining(base, lines) if ehs else None
        if found is None:
            continue
        figure, share, how = found
        if _holds_depreciation(figure, share, lines):
            return
        if DEPRECIATED in figure.note:
            if depreciation is None:
                continue
            share, how = (
                share * (1 - depreciation),
                f"{how} less {depreciation:.0%}, the share of depreciation",
            )
        mwh = ehs * efficiency.on(lines.end) * HOURS_PER_DAY * ((lines.end - lines.start).days + 1)
        origin = f"{how} / MWh drawn, {_age(figure, network.last_day)}"
        yield CashCost(float(figure.value) * share / mwh, of_figure(figure, how=origin))


def _cost_of_mining(base: BaseQuarter, lines: QuarterLines) -> tuple[Figure, float, str] | None:
    """The figure of a quarter's cost of self-mining, the part of it that counts, and what it is in words.

    The whole company's cost stands in where nearly all revenue is mining's.
    """
    revenue, total = lines.revenue[Line.SELF_MINING], lines.total_revenue
    whole = base.view.company_measure(base.ticker, lines.quarter, "total_cost_of_revenue")
    share = float(revenue.value / total.value) if isinstance(total, Figure) and total.value > 0 else 0.0
    cost = lines.cost.get(Line.SELF_MINING)
    if isinstance(cost, Figure):
        return cost, 1.0, f"cost of self-mining {lines.quarter}"
    if isinstance(whole, Figure) and MINING_SHARE <= share <= 1.0:
        return whole, share, f"cost of revenue {lines.quarter} by mining's {share:.0%} of revenue"
    return None


def _holds_depreciation(cost: Figure, share: float, lines: QuarterLines) -> bool:
    """True if a cost that does not say what it holds is too near revenue to be cash, or above it."""
    told = DEPRECIATED in cost.note or CASH in cost.note
    most = MOST_CASH_SHARE * float(lines.revenue[Line.SELF_MINING].value)
    return not told and float(cost.value) * share > most


def _depreciation_share(base: BaseQuarter, quarter: Quarter) -> float | None:
    """Depreciation over a cost of revenue that holds it; None where one of them is not known."""
    cost = base.view.company_measure(base.ticker, quarter, "total_cost_of_revenue")
    depreciation = base.view.company_measure(base.ticker, quarter, "depreciation_amortization")
    if not isinstance(cost, Figure) or not isinstance(depreciation, Figure) or DEPRECIATED not in cost.note:
        return None
    return float(depreciation.value / cost.value) if 0 <= depreciation.value < cost.value else None


def _power_of_bitcoin(
    base: BaseQuarter, network: NetworkHistory, efficiency: Efficiency
) -> tuple[float, str]:
    """USD/MWh that the reported cost of a bitcoin stands for; else an assumption."""
    day = network.last_day
    figure = _recent(base, "cost_per_bitcoin", day)
    start = figure.start if figure else None
    if figure is None or start is None or ALL_COST in figure.note or start < network.first_priced_day:
        return POWER_USD_PER_MWH, assumed("no power cost of the last two years is in the ledger")
    period = network.over(start, figure.end)
    mwh = efficiency.on(figure.end) * HOURS_PER_DAY * period.days
    usd = float(figure.value) * period.btc_per_eh / mwh
    return usd, of_figure(figure, how=f"taken for power, by bitcoin mined per MWh, {_age(figure, day)}")


def _recent(base: BaseQuarter, measure: str, day: date) -> Figure | None:
    figure = base.newest(measure)
    return figure if figure is not None and _years(figure.end, day) <= OLDEST_YEARS else None


def _year(day: date) -> float:
    return day.year + day.month / 12


def _years(end: date, day: date) -> float:
    return (day - end).days / DAYS_PER_YEAR


def _age(figure: Figure, day: date) -> str:
    return f"{12 * _years(figure.end, day):.0f} months old"

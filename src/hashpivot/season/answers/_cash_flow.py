"""Operating cash flow of a miner, with the cash for the bitcoin it mined and sold."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, NoData, Quarter, not_derivable
from hashpivot.formula import Number
from hashpivot.ledger import View

from .base import Formula, Metric, computed, itself, of_figure

TENTH = 0.1
"""Part of an amount that is taken for nothing.

Judged: coins held worth nine days of mining are sold nearly at once; proceeds below a tenth of capital
expenditure move its cover by less than 0.1; what investing cash flow leaves unexplained below a tenth of the
proceeds is not the proceeds.
"""

_NAME = "operating_cash_flow_with_bitcoin_sales_usd"
_AS_REPORTED = "operating cash flow as reported"
_ADDED = "operating cash flow + bitcoin sold x the quarter's mean price, which investing cash flow holds"
_NEEDS = "cash flow statement: proceeds of bitcoin sold"


@dataclass(frozen=True, slots=True)
class _Coins:
    """Bitcoin mined, sold and held in a quarter, and its mean price."""

    mined: Figure | Missing
    sold: Figure | Missing
    held: Figure | Missing
    price: float

    @property
    def proceeds(self) -> float | None:
        """Dollars for the coins sold at the mean price; None if their number is not known."""
        return _dollars(self.sold, self.price)

    @property
    def sold_at_once(self) -> bool:
        """True if no coin was sold later than mined: none sold at all, none mined, or hardly any held."""
        if _is_zero(self.sold) or _is_zero(self.mined):
            return True
        if isinstance(self.mined, Missing) or isinstance(self.held, Missing):
            return False
        return float(self.held.value) <= TENTH * float(self.mined.value)


def operating_with_sales(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> Metric:
    """Operating cash flow that contains the cash for bitcoin mined and sold, in dollars.

    Mined coins are revenue without cash. The proceeds of their sale stand in operating cash flow, as US GAAP
    has it for coins sold nearly at once, or in investing (ASU 2023-08). Investing cash flow besides capital
    expenditure shows which: it is next to nothing, or it is the proceeds at the quarter's mean price, which
    are then added. Where neither is so the metric is not derivable.
    """

    def measure(name: str) -> Figure | Missing:
        return view.company_measure(ticker, quarter, name)

    reported = of_figure("operating_cash_flow_usd", measure("operating_cash_flow"))
    if isinstance(reported.value, Missing):
        return Metric(_NAME, reported.value, (), _AS_REPORTED)
    unchanged = computed(_NAME, Formula(itself, (reported,)), reported.figures, _AS_REPORTED)
    if _mines_nothing(view, ticker, quarter):
        return unchanged
    try:
        price = network.quarter(quarter).mean_price_usd
    except NoData as error:
        return Metric(_NAME, not_derivable(f"price of the bitcoin sold: {error}"), (), _ADDED)
    coins = _Coins(measure("bitcoin_mined"), measure("bitcoin_sold"), measure("bitcoin_held"), price)
    investing, capex = measure("investing_cash_flow"), measure("capital_expenditure")
    if coins.sold_at_once or _immaterial(coins, capex) or _capex_alone(coins, investing, capex):
        return unchanged
    return _with_proceeds(reported, coins, investing, capex)


def _with_proceeds(
    reported: Metric, coins: _Coins, investing: Figure | Missing, capex: Figure | Missing
) -> Metric:
    if isinstance(coins.sold, Missing) or coins.proceeds is None:
        why = "mined coins are revenue without cash, and how many were sold is not known"
        return Metric(_NAME, not_derivable(why, _NEEDS), (), _ADDED)
    rest = _besides_capex(investing, capex)
    if rest is None or abs(rest - coins.proceeds) > TENTH * coins.proceeds:
        sold = f"{coins.sold.value:,.0f} bitcoin"
        why = f"whether operating cash flow contains the proceeds of {sold} is not known"
        return Metric(_NAME, not_derivable(why, _NEEDS), (), _ADDED)
    figures = (*reported.figures, coins.sold)
    return computed(_NAME, Formula(_Sales(coins.price), (reported, coins.sold)), figures, _ADDED)


class _Sales:
    """Operating cash flow with coins sold at a price."""

    def __init__(self, price: float) -> None:
        self._price = price

    def __call__(self, operating: Number, sold: Number) -> Number:
        return operating + sold * self._price


def _mines_nothing(view: View, ticker: str, quarter: Quarter) -> bool:
    lines = view.quarter_lines(ticker, quarter)
    return lines.complete and Line.SELF_MINING not in lines.revenue


def _immaterial(coins: _Coins, capex: Figure | Missing) -> bool:
    if isinstance(capex, Missing) or coins.proceeds is None:
        return False
    return coins.proceeds <= TENTH * float(capex.value)


def _capex_alone(coins: _Coins, investing: Figure | Missing, capex: Figure | Missing) -> bool:
    """True if investing cash flow is capital expenditure and next to nothing else, hence no proceeds."""
    rest, scale = _besides_capex(investing, capex), coins.proceeds or _dollars(coins.mined, coins.price)
    return rest is not None and scale is not None and abs(rest) <= TENTH * scale


def _besides_capex(investing: Figure | Missing, capex: Figure | Missing) -> float | None:
    if isinstance(investing, Missing) or isinstance(capex, Missing):
        return None
    return float(investing.value + capex.value)


def _dollars(coins: Figure | Missing, price: float) -> float | None:
    return None if isinstance(coins, Missing) else float(coins.value) * price


def _is_zero(figure: Figure | Missing) -> bool:
    return not isinstance(figure, Missing) and not figure.value

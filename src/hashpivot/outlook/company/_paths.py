"""A company on many paths of the market: its quarters as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, Quarter
from hashpivot.formula import Number, total

from ..inputs import CompanyInputs, Finance
from ..market import MarketPaths
from ._model import CompanyModel, ModelledQuarter
from .operations import QuarterFlows
from .shared import DrawnChance, StartLevels, Streams
from .statements import Balance

LINES = tuple(Line)
YEAR = 4
"""Quarters of a year."""

_LEAST_PH_DAYS = 1e-6
"""PH/s-days in a quarter from which a company mines at all: below, a breakeven would be noise."""

Stored = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class CompanyPaths:
    """A company's quarters on all paths; dollars, double precision, shape `(quarters, paths)` unless said.

    What cannot be said is NaN: EBITDA without overheads, cash and what depends on it without a balance.

    Args:
        quarters: The quarters.
        lines_usd: Revenue by line in the order of `Line`, shape `(lines, quarters, paths)`.
        profits_usd: Gross profit by line, depreciation not deducted; same shape.
        ebitda_usd: Gross profit less overheads.
        cash_usd, bitcoin, debt_usd, shares, shortfall_usd: At the quarter's end; debt with project loans.
        breakeven_hashprice_usd: Hashprice at which the quarter's EBITDA would be zero, USD per PH/s per day;
            NaN where nothing is mined.
        interest_usd: Paid in the quarter, what is capitalised included.
        capex_usd: Spent on machines, AI data halls and GPUs, by lenders too, not by tenants.
        capitalised_usd: Interest added to property instead of being an expense.
        depreciation_usd: Of property, mining machines, AI data halls and GPUs.
        fair_value_usd: Change of the fair value of bitcoin held at the quarter's start.
        tax_usd, net_income_usd: Of the quarter.
        free_cash_usd: Cash from operations less all capex.
        debt_due_usd: Debt that fell due in the quarter and was not exchanged for shares.
        funding_gap_usd: What the quarter needed beyond cash above the minimum: debt refinanced, and what was
            got from bitcoin held, new debt and shares, or from nobody.
        diluted_shares: Shares with those that convertibles of a known conversion price would become.
        mining_mw: Megawatts of the mining fleet installed.
        property_usd: Property and other assets less other liabilities.
        equity_usd: Stockholders' equity.
        price_usd: Price at which bitcoin stands in the balance sheet.
        finance: The inputs that say stock-based pay and covenants.
        unverified_usd: Revenue of contracts ahead that neither a filing nor the company tells of; None
            without any.
    """

    quarters: tuple[Quarter, ...]
    lines_usd: NDArray[np.float64]
    profits_usd: NDArray[np.float64]
    ebitda_usd: NDArray[np.float64]
    cash_usd: NDArray[np.float64]
    bitcoin: NDArray[np.float64]
    debt_usd: NDArray[np.float64]
    shares: NDArray[np.float64]
    shortfall_usd: NDArray[np.float64]
    breakeven_hashprice_usd: NDArray[np.float64]
    interest_usd: NDArray[np.float64]
    depreciation_usd: NDArray[np.float64]
    fair_value_usd: NDArray[np.float64]
    tax_usd: NDArray[np.float64]
    net_income_usd: NDArray[np.float64]
    free_cash_usd: NDArray[np.float64]
    debt_due_usd: NDArray[np.float64]
    funding_gap_usd: NDArray[np.float64]
    diluted_shares: NDArray[np.float64]
    mining_mw: NDArray[np.float64]
    capex_usd: NDArray[np.float64]
    capitalised_usd: NDArray[np.float64]
    property_usd: NDArray[np.float64]
    equity_usd: NDArray[np.float64]
    price_usd: NDArray[np.float64]
    finance: Finance
    unverified_usd: NDArray[np.float64] | None = None

    @cached_property
    def revenue_usd(self) -> NDArray[np.float64]:
        """Total revenue: the sum of the lines."""
        total: NDArray[np.float64] = self.lines_usd.sum(axis=0)
        return total

    @property
    def gross_profit_usd(self) -> NDArray[np.float64]:
        """Total gross profit, depreciation not deducted."""
        total: NDArray[np.float64] = self.profits_usd.sum(axis=0)
        return total

    @property
    def operating_income_usd(self) -> NDArray[np.float64]:
        """EBITDA less depreciation and stock-based pay; impairments are left out."""
        return self.ebitda_usd - self.depreciation_usd - self.finance.stock_pay_usd

    @property
    def pretax_income_usd(self) -> NDArray[np.float64]:
        """Operating income less interest that is not capitalised, and the change of bitcoin's fair value."""
        expense = self.interest_usd - self.capitalised_usd
        return self.operating_income_usd - expense + self.fair_value_usd

    @cached_property
    def year_ebitda_usd(self) -> NDArray[np.float64]:
        """EBITDA of the last four quarters; NaN before the fourth."""
        sums = np.full_like(self.ebitda_usd, np.nan)
        totals = self.ebitda_usd.cumsum(axis=0)
        sums[YEAR - 1 :] = totals[YEAR - 1 :]
        sums[YEAR:] -= totals[:-YEAR]
        return sums

    @property
    def net_debt_usd(self) -> NDArray[np.float64]:
        """Debt and unpaid bills less cash; below zero is net cash."""
        return self.debt_usd + self.shortfall_usd - self.cash_usd

    @cached_property
    def leverage(self) -> NDArray[np.float64]:
        """Net debt over EBITDA of the last four quarters; NaN before the fourth.

        Without EBITDA above zero any net debt is infinitely much, and net cash is none.
        """
        sums, owed = self.year_ebitda_usd, self.net_debt_usd
        found = np.where(owed > 0, np.inf, 0.0)
        np.divide(owed, sums, out=found, where=sums > 0)
        found[np.isnan(sums) | np.isnan(owed)] = np.nan
        return found

    @property
    def covenant_breach(self) -> NDArray[np.float32] | None:
        """1 where cash or leverage is outside of a recorded covenant at a quarter's end; None without one.

        Leverage is judged once four quarters are there, and alone NaN before; at a loss, any net debt is too
        much.
        """
        least, most = self.finance.covenant_cash_usd, self.finance.covenant_leverage
        if (least is None and most is None) or np.isnan(self.cash_usd).all():
            return None
        broken = np.zeros(self.cash_usd.shape, dtype=bool)
        if least is not None:
            broken |= self.cash_usd < least
        if most is not None:
            broken |= self.leverage > most
        found = broken.astype(np.float32)
        if least is None:
            found[: YEAR - 1] = np.nan
        return found

    @property
    def effective_lines(self) -> NDArray[np.float64]:
        """Number of equal lines that are as concentrated: 1 / sum of squared shares; 0 without revenue."""
        total, squares = self.revenue_usd, (self.lines_usd**2).sum(axis=0)
        return np.where(squares > 0, total**2 / np.where(squares > 0, squares, 1.0), 0.0)


def run_company(
    inputs: CompanyInputs, market: MarketPaths, start_price_usd: float, seed: int, shard: int = 0,
    levels: StartLevels | None = None,
) -> CompanyPaths:  # fmt: skip
    """A company on one shard of the market.

    Args:
        inputs: The company.
        market: The shard.
        start_price_usd: Bitcoin price on the last known day.
        seed: The run's seed.
        shard: Number of the shard.
        levels: Levels of its lines in the first quarter, if they were drawn.
    """
    pay = market.hashprice_usd_per_ph_day[0]
    chance = DrawnChance(Streams(seed, shard), market.paths, levels, pay)
    model = CompanyModel(inputs, market.quarters[0], start_price_usd, chance)
    stored = _empty(len(market.quarters), market.paths)
    unverified = [number for number, each in enumerate(inputs.contracts) if each.evidence == "secondary"]
    if unverified:
        stored["unverified_usd"] = np.empty_like(stored["ebitda_usd"])
    for step in range(len(market.quarters)):
        quarter = model.quarter(step, market.at(step))
        _store(stored, step, quarter)
        if unverified:
            earned = [quarter.flows.contracts[number].revenue for number in unverified]
            stored["unverified_usd"][step] = total(earned)
    return CompanyPaths(market.quarters, finance=inputs.finance, **stored)


def _empty(quarters: int, paths: int) -> Stored:
    by_line = {name: np.empty((len(LINES), quarters, paths)) for name in ("lines_usd", "profits_usd")}
    return by_line | {name: np.full((quarters, paths), np.nan) for name in _TOTALS}


_TOTALS = (
    "ebitda_usd", "cash_usd", "bitcoin", "debt_usd", "shares", "shortfall_usd", "breakeven_hashprice_usd",
    "interest_usd", "depreciation_usd", "fair_value_usd", "tax_usd", "net_income_usd", "free_cash_usd",
    "property_usd", "equity_usd", "price_usd", "debt_due_usd", "funding_gap_usd", "diluted_shares",
    "mining_mw", "capex_usd", "capitalised_usd",
)  # fmt: skip


def _store(stored: Stored, step: int, quarter: ModelledQuarter) -> None:
    flows, balance = quarter.flows, quarter.balance
    for row, line in enumerate(LINES):
        stored["lines_usd"][row, step] = flows.revenue[line]
        stored["profits_usd"][row, step] = flows.profit[line]
    stored["mining_mw"][step] = flows.mining_mw
    stored["capex_usd"][step] = quarter.capex_usd
    if quarter.capitalised_usd is not None:
        stored["capitalised_usd"][step] = quarter.capitalised_usd
    if quarter.ebitda_usd is not None:
        stored["ebitda_usd"][step] = quarter.ebitda_usd
        stored["breakeven_hashprice_usd"][step] = _breakeven(flows, quarter.ebitda_usd)
    if quarter.depreciation_usd is not None:
        stored["depreciation_usd"][step] = quarter.depreciation_usd
    if balance is not None:
        _store_balance(stored, step, balance)
    if quarter.income is not None:
        stored["fair_value_usd"][step] = quarter.income.fair_value_usd
        stored["tax_usd"][step] = quarter.income.tax_usd
        stored["net_income_usd"][step] = quarter.income.net_usd


def _store_balance(stored: Stored, step: int, balance: Balance) -> None:
    stored["cash_usd"][step] = balance.cash_usd
    stored["bitcoin"][step] = balance.bitcoin
    stored["debt_usd"][step] = balance.debt_usd + balance.loans_usd + balance.coin_loan_usd
    if balance.shares is not None:
        stored["shares"][step] = balance.shares
        stored["diluted_shares"][step] = balance.shares + balance.convertible_shares
    if balance.due_usd is not None:
        stored["debt_due_usd"][step] = balance.due_usd
    stored["funding_gap_usd"][step] = balance.gap_usd
    stored["shortfall_usd"][step] = balance.shortfall_usd
    stored["interest_usd"][step] = balance.interest_usd
    stored["free_cash_usd"][step] = balance.free_cash_usd
    stored["price_usd"][step] = balance.price_usd
    if balance.equity_usd is not None:
        stored["property_usd"][step] = balance.property_usd
        stored["equity_usd"][step] = balance.equity_usd


def _breakeven(flows: QuarterFlows, ebitda_usd: Number) -> NDArray[np.float64]:
    mined, revenue = flows.ph_days, flows.revenue[Line.SELF_MINING]
    some = mined > _LEAST_PH_DAYS
    return np.where(some, (revenue - ebitda_usd) / np.where(some, mined, 1.0), np.nan)

"""A company on many paths of the market: its quarters as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, Quarter

from ..inputs import CompanyInputs
from ..market import MarketPaths
from ._model import CompanyModel, ModelledQuarter
from .shared import DrawnChance, StartLevels, Streams
from .statements import PropertyDepreciation

LINES = tuple(Line)
_LEAST_PH_DAYS = 1e-6
"""PH/s-days in a quarter from which a company mines at all: below, a breakeven would be noise."""

Stored = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class CompanyPaths:
    """A company's quarters on all paths; dollars, double precision, shape `(quarters, paths)` unless said.

    Args:
        quarters: The quarters.
        lines_usd: Revenue by line in the order of `Line`, shape `(lines, quarters, paths)`.
        profits_usd: Gross profit by line, depreciation not deducted; same shape.
        ebitda_usd: Gross profit less overheads.
        cash_usd, bitcoin, debt_usd, shares, shortfall_usd: At the quarter's end; debt with project loans.
        breakeven_hashprice_usd: Hashprice at which the quarter's EBITDA would be zero, USD per PH/s per day;
            NaN where nothing is mined.
        interest_usd: Paid in the quarter.
        depreciation_usd: Of property, mining machines, AI data halls and GPUs.
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
        """EBITDA less depreciation; stock-based pay, impairments and bitcoin's fair value are left out."""
        return self.ebitda_usd - self.depreciation_usd

    @property
    def pretax_income_usd(self) -> NDArray[np.float64]:
        """Operating income less interest."""
        return self.operating_income_usd - self.interest_usd

    def share_of(self, *groups: str) -> NDArray[np.float64]:
        """Share of revenue that groups of lines bring; 0 where there is no revenue."""
        rows = [number for number, line in enumerate(LINES) if line.group in groups]
        total = self.revenue_usd
        return np.where(total > 0, self.lines_usd[rows].sum(axis=0) / np.where(total > 0, total, 1.0), 0.0)

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
    depreciation = PropertyDepreciation(inputs.finance)
    stored = _empty(len(market.quarters), market.paths)
    for step in range(len(market.quarters)):
        quarter = model.quarter(step, market.at(step))
        owned = depreciation.quarter(quarter.flows.machines_usd)
        _store(stored, step, quarter)
        stored["depreciation_usd"][step] = owned + model.ai_depreciation_usd()
    return CompanyPaths(market.quarters, **stored)


def _empty(quarters: int, paths: int) -> Stored:
    by_line = {name: np.empty((len(LINES), quarters, paths)) for name in ("lines_usd", "profits_usd")}
    return by_line | {name: np.empty((quarters, paths)) for name in _TOTALS}


_TOTALS = (
    "ebitda_usd", "cash_usd", "bitcoin", "debt_usd", "shares", "shortfall_usd", "breakeven_hashprice_usd",
    "interest_usd", "depreciation_usd",
)  # fmt: skip


def _store(stored: Stored, step: int, quarter: ModelledQuarter) -> None:
    flows, balance = quarter.flows, quarter.balance
    for row, line in enumerate(LINES):
        stored["lines_usd"][row, step] = flows.revenue[line]
        stored["profits_usd"][row, step] = flows.profit[line]
    stored["ebitda_usd"][step] = quarter.ebitda_usd
    stored["cash_usd"][step] = balance.cash_usd
    stored["bitcoin"][step] = balance.bitcoin
    stored["debt_usd"][step] = balance.debt_usd + balance.loans_usd
    stored["shares"][step] = balance.shares
    stored["shortfall_usd"][step] = balance.shortfall_usd
    stored["interest_usd"][step] = balance.interest_usd
    stored["breakeven_hashprice_usd"][step] = _breakeven(quarter)


def _breakeven(quarter: ModelledQuarter) -> NDArray[np.float64]:
    mined, revenue = quarter.flows.ph_days, quarter.flows.revenue[Line.SELF_MINING]
    some = mined > _LEAST_PH_DAYS
    return np.where(some, (revenue - quarter.ebitda_usd) / np.where(some, mined, 1.0), np.nan)

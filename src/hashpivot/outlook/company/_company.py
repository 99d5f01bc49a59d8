"""The company engine: lines, overheads and funding of one company, quarter by quarter, on all paths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hashpivot.core import Line, Quarter

from ..inputs import CompanyInputs
from ..market import MarketPaths
from ._depreciation import PropertyDepreciation
from ._funding import Balance, settle
from ._lines import LineAmounts, LineModel
from ._streams import Streams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LINES = tuple(Line)
_LEAST_PH_DAYS = 1e-6
"""PH/s-days in a quarter from which a company mines at all."""


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
        depreciation_usd: Of property, mining machines, AI halls and GPUs.
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
        import numpy as np

        rows = [number for number, line in enumerate(LINES) if line.group in groups]
        total = self.revenue_usd
        return np.where(total > 0, self.lines_usd[rows].sum(axis=0) / np.where(total > 0, total, 1.0), 0.0)

    @property
    def effective_lines(self) -> NDArray[np.float64]:
        """Number of equal lines that are as concentrated: 1 / sum of squared shares; 0 without revenue."""
        import numpy as np

        total, squares = self.revenue_usd, (self.lines_usd**2).sum(axis=0)
        return np.where(squares > 0, total**2 / np.where(squares > 0, squares, 1.0), 0.0)


def run_company(
    inputs: CompanyInputs, market: MarketPaths, start_price_usd: float, seed: int, shard: int = 0
) -> CompanyPaths:
    """A company on one shard of the market.

    Args:
        inputs: The company.
        market: The shard.
        start_price_usd: Bitcoin price on the last known day.
        seed: The run's seed.
        shard: Number of the shard.
    """
    import numpy as np

    model = LineModel(inputs, market, Streams(seed, shard))
    balance = Balance.of(inputs.finance, market.paths)
    depreciation = PropertyDepreciation(inputs.finance, market.paths)
    overheads = inputs.finance.sga_usd + inputs.finance.rd_usd + inputs.chips.rd_usd
    kept: dict[str, NDArray[np.float64]] = {}
    for step in range(len(market.quarters)):
        funds = balance.spare_usd(inputs.finance, market.price_usd[step].astype(np.float64))
        amounts = model.quarter(step, funds)
        profits = np.array([amounts.profit[line] for line in LINES])
        ebitda = profits.sum(axis=0) - overheads
        balance = settle(balance, inputs.finance, amounts, ebitda, start_price_usd)
        owned = depreciation.quarter(amounts.capex_usd - amounts.ai_capex_usd)
        rows = _row(amounts, profits, ebitda, balance)
        rows["depreciation_usd"] = owned + amounts.ai_depreciation_usd
        for name, values in rows.items():
            shape = (*values.shape[:-1], len(market.quarters), market.paths)
            _place(kept, name, shape)[..., step, :] = values
    return CompanyPaths(market.quarters, **kept)


def _place(kept: dict[str, NDArray[np.float64]], name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The array results of a name are kept in, made when it is first asked for."""
    import numpy as np

    if name not in kept:
        kept[name] = np.empty(shape)
    return kept[name]


def _row(
    amounts: LineAmounts, profits: NDArray[np.float64], ebitda: NDArray[np.float64], balance: Balance
) -> dict[str, NDArray[np.float64]]:
    import numpy as np

    mined, revenue = amounts.ph_days, amounts.revenue[Line.SELF_MINING]
    some = mined > _LEAST_PH_DAYS
    even = np.where(some, (revenue - ebitda) / np.where(some, mined, 1.0), np.nan)
    return {
        "lines_usd": np.array([amounts.revenue[line] for line in LINES]),
        "profits_usd": profits,
        "ebitda_usd": ebitda,
        "cash_usd": balance.cash_usd,
        "bitcoin": balance.bitcoin,
        "debt_usd": balance.debt_usd + balance.loans_usd,
        "shares": balance.shares,
        "shortfall_usd": balance.shortfall_usd,
        "breakeven_hashprice_usd": even,
        "interest_usd": balance.interest_usd,
    }

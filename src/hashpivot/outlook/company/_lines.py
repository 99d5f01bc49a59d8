"""Revenue and gross profit by line of business, one quarter of all paths at a time."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from hashpivot.bitcoin import breakeven_hashprice_usd_per_ph_day
from hashpivot.core import Line, Quarter

from ..inputs import CompanyInputs, PowerModel
from ..market import MarketPaths
from ._contracts import HOURS_PER_DAY, ContractModel, RentIndex, passed_through
from ._delays import ramp, start_slips, tape_out_slips
from ._fleet import Fleet
from ._streams import Streams

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class LineAmounts:
    """One quarter.

    Args:
        revenue: Dollars by line, shape `(paths,)` each.
        profit: Gross profit in dollars by line, depreciation not deducted.
        mined_btc: Bitcoin mined.
        ph_days: PH/s-days mined, for breakevens.
        capex_usd: Machines for growth and AI halls.
        ai_capex_usd: Of it, for AI halls.
        ai_depreciation_usd: Depreciation of AI halls and GPUs that contracts brought.
        bitcoin_usd: Price at which bitcoin changes hands in the quarter.
    """

    revenue: dict[Line, NDArray[np.float64]]
    profit: dict[Line, NDArray[np.float64]]
    mined_btc: NDArray[np.float64]
    ph_days: NDArray[np.float64]
    capex_usd: NDArray[np.float64]
    ai_capex_usd: NDArray[np.float64]
    ai_depreciation_usd: NDArray[np.float64]
    bitcoin_usd: NDArray[np.float64]


class LineModel:
    """The lines of one company on a market's paths.

    Args:
        inputs: The company.
        market: The market.
        streams: Random numbers by purpose.
    """

    def __init__(self, inputs: CompanyInputs, market: MarketPaths, streams: Streams) -> None:
        import numpy as np

        self.inputs, self.market, self._random = inputs, market, streams.company()
        paths, random = market.paths, self._random
        late = [start_slips(random, inputs.colocation, paths) for _ in inputs.contracts]
        self._contracts = [
            ContractModel(contract, inputs, slip, streams.contract(number))
            for number, (contract, slip) in enumerate(zip(inputs.contracts, late, strict=True))
        ]
        self._rent = RentIndex(inputs.colocation, streams.colocation(), paths)
        self._power = PowerModel(inputs.power, inputs.mining.power_usd_per_mwh, streams.power(), paths)
        self._chip_slip = tape_out_slips(random, inputs.chips, paths)
        self._spot, self._contracted = np.ones(paths), np.ones(paths)
        self._fleet = Fleet(inputs.mining, inputs.contracts, market.quarters[0], random, paths)

    def quarter(self, step: int, funds_usd: NDArray[np.float64]) -> LineAmounts:
        """The amounts of the quarter at a position of the market; call it in order.

        Args:
            step: The position.
            funds_usd: What may be spent on machines nobody has to buy.
        """
        import numpy as np

        quarter, paths = self.market.quarters[step], self.market.paths
        zero = np.zeros(paths)
        revenue = dict.fromkeys(Line, zero)
        profit = dict(revenue)
        self._steady(revenue, profit, paths)
        self._halls(quarter, revenue, profit)
        self._cloud(quarter, revenue, profit)
        ai_capex, ai_depreciation = self._contracted_lines(step, quarter, revenue, profit)
        machines = self._fleet.advance(step, quarter, self._usd_per_th(step, quarter), funds_usd)
        mined, ph_days = self._mine(step, quarter, revenue, profit)
        self._chips(step, quarter, revenue, profit)
        price = revenue[Line.SELF_MINING] / np.where(mined > 0, mined, 1.0)
        price = np.where(mined > 0, price, self.market.price_usd[step])
        capex = machines + ai_capex
        return LineAmounts(revenue, profit, mined, ph_days, capex, zero + ai_capex, ai_depreciation, price)

    def _steady(
        self, revenue: dict[Line, NDArray[np.float64]], profit: dict[Line, NDArray[np.float64]], paths: int
    ) -> None:
        import numpy as np

        steady = self.inputs.steady
        for line, usd in (
            (Line.HOSTING, steady.hosting_usd),
            (Line.ENGINEERING, steady.engineering_usd),
            (Line.POWER, steady.power_usd),
            (Line.OTHER, steady.other_usd),
        ):
            revenue[line] = np.full(paths, usd)
            profit[line] = revenue[line] * steady.margin

    def _halls(
        self, quarter: Quarter, revenue: dict[Line, NDArray[np.float64]],
        profit: dict[Line, NDArray[np.float64]],
    ) -> None:  # fmt: skip
        """Halls already let, and the power their tenants pay."""
        halls = self.inputs.colocation
        power = passed_through(halls.running_critical_mw, halls.passthrough_usd_per_mwh, halls, quarter)
        revenue[Line.AI_COLOCATION] = revenue[Line.AI_COLOCATION] + (halls.full_usd + power)
        profit[Line.AI_COLOCATION] = profit[Line.AI_COLOCATION] + halls.full_usd * halls.margin

    def _contracted_lines(
        self, step: int, quarter: Quarter, revenue: dict[Line, NDArray[np.float64]],
        profit: dict[Line, NDArray[np.float64]],
    ) -> tuple[float, NDArray[np.float64]]:  # fmt: skip
        """Contracts ahead; what is spent on them and what they depreciate, in dollars."""
        import numpy as np

        if step and any(each.follows_market for each in self._contracts):
            self._rent.advance()
        capex, depreciation = 0.0, np.zeros(self.market.paths)
        for contract in self._contracts:
            line = contract.line
            index = self._rent.values if line == Line.AI_COLOCATION else self._spot
            found = contract.quarter(quarter, index)
            revenue[line] = revenue[line] + found.revenue
            profit[line] = profit[line] + found.profit
            capex += found.capex_usd
            depreciation = depreciation + found.depreciation_usd
        return capex, depreciation

    def _cloud(
        self,
        quarter: Quarter,
        revenue: dict[Line, NDArray[np.float64]],
        profit: dict[Line, NDArray[np.float64]],
    ) -> None:
        import numpy as np

        cloud = self.inputs.cloud
        normal = self._random.standard_normal(self.market.paths)
        self._spot *= np.exp(-cloud.spot_decay / 4 + cloud.spot_volatility / sqrt(4) * normal)
        self._contracted += (self._spot - self._contracted) / cloud.contract_quarters
        full = cloud.gpus * cloud.utilisation * cloud.usd_per_gpu_hour * quarter.days * HOURS_PER_DAY
        index = cloud.contract_share * self._contracted + (1 - cloud.contract_share) * self._spot
        revenue[Line.AI_CLOUD] = revenue[Line.AI_CLOUD] + full * index
        profit[Line.AI_CLOUD] = profit[Line.AI_CLOUD] + full * (index - 1 + cloud.margin)

    def _usd_per_th(self, step: int, quarter: Quarter) -> NDArray[np.float64]:
        """Price of new machines, tied to hashprice; own chips cost no more than making them."""
        import numpy as np

        chips, hashprice = self.inputs.chips, self.market.hashprice_usd_per_ph_day[step].astype(np.float64)
        bought: NDArray[np.float64] = hashprice / 1_000 * self.inputs.finance.machine_days
        if chips.first_quarter is None:
            return bought
        ready = quarter.since(chips.first_quarter) - self._chip_slip >= 0
        return np.where(ready, np.minimum(bought, chips.cost_usd_per_th), bought)

    def _mine(
        self, step: int, quarter: Quarter, revenue: dict[Line, NDArray[np.float64]],
        profit: dict[Line, NDArray[np.float64]],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
        """Self-mining: a class of machines is off where the quarter's hashprice does not pay its power."""
        import numpy as np

        mining, paths, terms = self.inputs.mining, self.market.paths, self._power.terms(quarter)
        hashprice = self.market.hashprice_usd_per_ph_day[step].astype(np.float64) * (1 - mining.pool_fee)
        running, drawn = np.zeros(paths), np.zeros(paths)
        per_j = breakeven_hashprice_usd_per_ph_day(1.0, 1.0) * terms.usd_per_mwh
        for ehs, mw in self._fleet.classes():
            on = hashprice * ehs > per_j * mw
            running += on * ehs
            drawn += on * mw
        uptime = mining.uptime * terms.uptime
        running *= uptime
        hours = quarter.days * HOURS_PER_DAY
        power = drawn * (uptime * terms.usd_per_mwh)
        other = mining.other_usd_per_mw_hour - terms.credits_usd_per_mw_hour
        cost = hours * (power + self._fleet.mw * other)
        ph_days = running * (1_000 * quarter.days)
        revenue[Line.SELF_MINING] = ph_days * hashprice
        profit[Line.SELF_MINING] = revenue[Line.SELF_MINING] - cost
        earned = self.market.btc_per_eh[step].astype(np.float64) * (1 - mining.pool_fee)
        return running * earned, ph_days

    def _chips(
        self, step: int, quarter: Quarter, revenue: dict[Line, NDArray[np.float64]],
        profit: dict[Line, NDArray[np.float64]],
    ) -> None:  # fmt: skip
        """Machines sold: none where the price does not cover the cost of making them."""
        import numpy as np

        chips = self.inputs.chips
        if chips.first_quarter is None:
            return
        price = self.market.hashprice_usd_per_ph_day[step].astype(np.float64) / 1_000 * chips.price_days
        ready = ramp(quarter.since(chips.first_quarter) - self._chip_slip, chips.ramp_quarters, 10_000)
        sold = np.where(
            price > chips.cost_usd_per_th, ready * chips.sold_ehs * chips.market_share_kept * 1e6, 0.0
        )
        revenue[Line.CHIPS] = sold * price
        profit[Line.CHIPS] = sold * (price - chips.cost_usd_per_th)

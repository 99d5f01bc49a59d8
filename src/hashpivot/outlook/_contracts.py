"""Contracts and halls ahead on all paths: what they bring, what they cost, and the rent halls are let at."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from hashpivot.core import Line, Quarter

from ._ai_inputs import USD_PER_MW_QUARTER, AiContract, Colocation
from ._delays import ramp
from ._inputs import CompanyInputs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HOURS_PER_DAY = 24
QUARTERS_PER_YEAR = 4


@dataclass
class ContractAmounts:
    """One quarter of a contract; dollars, shape `(paths,)` unless said.

    Args:
        revenue: Rent, power passed through, fit-out.
        profit: Gross profit, depreciation not deducted.
        capex_usd: Spent on it, the same on all paths.
        depreciation_usd: Of what has been spent, as it comes into use.
    """

    revenue: NDArray[np.float64]
    profit: NDArray[np.float64]
    capex_usd: float
    depreciation_usd: NDArray[np.float64]


class RentIndex:
    """The market's rent of halls over that at the start, which is that of the first quarter.

    Args:
        inputs: For drift and volatility.
        random: For the volatility.
        paths: Number of paths.
    """

    def __init__(self, inputs: Colocation, random: np.random.Generator, paths: int) -> None:
        import numpy as np

        self._inputs, self._random = inputs, random
        self.values = np.ones(paths)

    def advance(self) -> None:
        """Enter the next quarter."""
        import numpy as np

        move = self._random.standard_normal(self.values.size) if self._inputs.market_volatility else 0.0
        spread = self._inputs.market_volatility / sqrt(QUARTERS_PER_YEAR)
        self.values = self.values * np.exp(self._inputs.market_drift / QUARTERS_PER_YEAR + spread * move)


class ContractModel:
    """One contract on all paths.

    Args:
        contract: The contract.
        inputs: The company's, for what all contracts share.
        late: Quarters it is late on each path.
        random: For a rate that is not known, and a tenant who may not come.
    """

    def __init__(
        self,
        contract: AiContract,
        inputs: CompanyInputs,
        late: NDArray[np.int64],
        random: np.random.Generator,
    ) -> None:
        import numpy as np

        self._contract, self._common, self._late = contract, inputs.colocation, late
        halls = contract.kind == "colocation"
        self.line = Line.AI_COLOCATION if halls else Line.AI_CLOUD
        self._life = lifetime(inputs.colocation.hall_years if halls else inputs.cloud.gpu_years)
        self.follows_market = contract.pricing == "market" or inputs.colocation.repricing > 0
        market_usd = contract.critical_mw * inputs.colocation.market_usd_per_kw_month * USD_PER_MW_QUARTER
        self._usd = np.full(late.size, market_usd if contract.pricing == "market" else contract.full_usd)
        self._comes = np.ones(late.size)
        if contract.rate_spread or contract.tenant_chance < 1:
            self._usd *= np.exp(contract.rate_spread * random.standard_normal(late.size))
            self._comes = (random.random(late.size) < contract.tenant_chance).astype(np.float64)
            self._usd *= self._comes

    def quarter(self, quarter: Quarter, index: NDArray[np.float64]) -> ContractAmounts:
        """The amounts of a quarter; call it in order.

        Args:
            quarter: The quarter.
            index: Market rates over those at the start: of halls, or of GPU time for a cloud contract.
        """
        import numpy as np

        contract = self._contract
        age = quarter.since(contract.start) - self._late
        if self.follows_market:
            self._usd = np.where(age == 0, self._usd * self._factor(index), self._usd)
        working = ramp(age, contract.ramp_quarters, contract.term_quarters)
        rent = self._usd * working * (1 + contract.escalator) ** (np.maximum(age, 0) // QUARTERS_PER_YEAR)
        megawatts = contract.critical_mw * working * self._comes
        power = passed_through(megawatts, contract.passthrough_usd_per_mwh, self._common, quarter)
        building = self._building(quarter)
        fitout = building * contract.fitout_usd * self._comes
        return ContractAmounts(
            revenue=rent + power + fitout,
            profit=rent * contract.margin + fitout * contract.fitout_margin,
            capex_usd=building * contract.capex_usd,
            depreciation_usd=contract.capex_usd / self._life * self._in_use(age),
        )

    def _factor(self, index: NDArray[np.float64]) -> NDArray[np.float64]:
        """What becomes of the rate at the start."""
        import numpy as np

        if self._contract.pricing == "market":
            return index
        return 1 - self._common.repricing * np.maximum(0.0, 1 - index)

    def _in_use(self, age: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of what was built that is in use and not yet written off; it comes into use with the ramp."""
        import numpy as np

        steps = self._contract.ramp_quarters
        begun, over = ((age + 1 - gone) / steps for gone in (0, self._life))
        share: NDArray[np.float64] = np.clip(begun, 0.0, 1.0) - np.clip(over, 0.0, 1.0)
        return share

    def _building(self, quarter: Quarter) -> float:
        """Share of the build done in a quarter: evenly over it, whatever the start slips."""
        ahead, build = self._contract.start.since(quarter), self._contract.build_quarters
        return 1 / build if 1 <= ahead <= build else 0.0


def passed_through(
    megawatts: NDArray[np.float64] | float, usd_per_mwh: float, common: Colocation, quarter: Quarter
) -> NDArray[np.float64] | float:
    """Dollars of power that tenants of so many critical megawatts pay in a quarter, at cost."""
    return megawatts * (common.meter_ratio * usd_per_mwh * quarter.days * HOURS_PER_DAY)


def lifetime(years: float) -> int:
    """Quarters of a life in years, at least one."""
    return max(1, round(years * QUARTERS_PER_YEAR))

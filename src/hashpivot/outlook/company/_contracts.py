"""Contracts and halls ahead on all paths: what they bring, what they cost, and the rent halls are let at."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, ClassVar

from hashpivot.core import Line, Quarter

from ..inputs import USD_PER_MW_QUARTER, AiContract, Colocation, CompanyInputs
from ._delays import ramp

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


@dataclass(frozen=True, eq=False)
class Ages:
    """What a contract does at each age in quarters; ages before `first` do as it does, likewise after `last`.

    Args:
        working: Share of its megawatts at work.
        rent: The same, times what its rate has risen.
        depreciation_usd: Of its capex, which comes into use with the ramp, and is written off from then on.
    """

    working: NDArray[np.float64]
    rent: NDArray[np.float64]
    depreciation_usd: NDArray[np.float64]

    first: ClassVar[int] = -1

    @property
    def last(self) -> int:
        """The last age there is anything at, and one more."""
        return self.first + len(self.working) - 1

    @classmethod
    def of(cls, contract: AiContract, life: int) -> Ages:
        """The ages of a contract whose machines or halls are written off over `life` quarters."""
        import numpy as np

        steps = contract.ramp_quarters
        age = np.arange(cls.first, max(contract.term_quarters, life + steps) + 1)
        working = ramp(age, steps, contract.term_quarters)
        risen = (1 + contract.escalator) ** (np.maximum(age, 0) // QUARTERS_PER_YEAR)
        in_use = np.clip((age + 1) / steps, 0.0, 1.0) - np.clip((age + 1 - life) / steps, 0.0, 1.0)
        return cls(working, working * risen, contract.capex_usd / life * in_use)


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
        years = inputs.colocation.hall_years if halls else inputs.cloud.gpu_years
        self.follows_market = contract.pricing == "market" or inputs.colocation.repricing > 0
        market_usd = contract.critical_mw * inputs.colocation.market_usd_per_kw_month * USD_PER_MW_QUARTER
        self._usd = np.full(late.size, market_usd if contract.pricing == "market" else contract.full_usd)
        self._comes = np.ones(late.size)
        if contract.rate_spread or contract.tenant_chance < 1:
            self._usd *= np.exp(contract.rate_spread * random.standard_normal(late.size))
            self._comes = (random.random(late.size) < contract.tenant_chance).astype(np.float64)
            self._usd *= self._comes
        self._ages = Ages.of(contract, lifetime(years))

    def quarter(self, quarter: Quarter, index: NDArray[np.float64]) -> ContractAmounts:
        """The amounts of a quarter; call it in order.

        Args:
            quarter: The quarter.
            index: Market rates over those at the start: of halls, or of GPU time for a cloud contract.
        """
        import numpy as np

        contract, ages = self._contract, self._ages
        age = quarter.since(contract.start) - self._late
        at = np.clip(age, ages.first, ages.last) - ages.first
        if self.follows_market:
            self._usd = np.where(age == 0, self._usd * self._factor(index), self._usd)
        rent = self._usd * ages.rent[at]
        building = self._building(quarter)
        fitout = self._comes * (building * contract.fitout_usd)
        return ContractAmounts(
            revenue=rent + fitout + self._power(ages.working[at], quarter),
            profit=rent * contract.margin + fitout * contract.fitout_margin,
            capex_usd=building * contract.capex_usd,
            depreciation_usd=ages.depreciation_usd[at],
        )

    def _power(self, working: NDArray[np.float64], quarter: Quarter) -> NDArray[np.float64]:
        """Power passed through, as far as the hall is at work."""
        contract, common = self._contract, self._common
        full = passed_through(contract.critical_mw, contract.passthrough_usd_per_mwh, common, quarter)
        return self._comes * working * full

    def _factor(self, index: NDArray[np.float64]) -> NDArray[np.float64]:
        """What becomes of the rate at the start."""
        import numpy as np

        if self._contract.pricing == "market":
            return index
        return 1 - self._common.repricing * np.maximum(0.0, 1 - index)

    def _building(self, quarter: Quarter) -> float:
        """Share of the build done in a quarter: evenly over it, whatever the start slips."""
        ahead, build = self._contract.start.since(quarter), self._contract.build_quarters
        return 1 / build if 1 <= ahead <= build else 0.0


def passed_through(megawatts: float, usd_per_mwh: float, common: Colocation, quarter: Quarter) -> float:
    """Dollars of power that tenants of so many critical megawatts pay in a quarter, at cost."""
    return megawatts * (common.meter_ratio * usd_per_mwh * quarter.days * HOURS_PER_DAY)


def lifetime(years: float) -> int:
    """Quarters of a life in years, at least one."""
    return max(1, round(years * QUARTERS_PER_YEAR))

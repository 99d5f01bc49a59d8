"""Contracts and data halls ahead: what they bring, what they cost, and the rent halls are let at."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Line
from hashpivot.formula import Number, equal, exp, if_, is_zero, max_, min_

from ...inputs import USD_PER_MW_QUARTER, AiContract, Colocation, CompanyInputs, quarter_number
from ..shared import QUARTERS_PER_YEAR, AtAge, Chance, ContractSchedule, Recorder
from ._tenancy import CONTRACTS, Tenancy, market_share

HOURS_PER_DAY = 24


@dataclass(frozen=True, eq=False)
class ContractFlows:
    """One quarter of a contract, in dollars.

    Args:
        revenue: Rent, power passed through, fit-out.
        profit: Gross profit at the contract's own margin, depreciation not deducted.
        rent: Revenue that the margin is of.
        capex_usd: Spent on it.
        age: Quarters since it started; below zero while it is built.
    """

    revenue: Number
    profit: Number
    rent: Number
    capex_usd: Number
    age: Number


class RentIndex:
    """The market's rent of data halls over that of the first quarter.

    Args:
        colocation: For drift and volatility.
        chance: For shocks.
    """

    def __init__(self, colocation: Colocation, chance: Chance) -> None:
        self._colocation, self._chance = colocation, chance
        self.value: Number = 1.0

    def advance(self) -> None:
        """Enter the next quarter."""
        shock = self._chance.rent_shock(self._colocation.market_volatility)
        self.value = self.value * exp(self._colocation.market_drift / QUARTERS_PER_YEAR + shock)


class ContractModel:
    """One contract.

    Args:
        contract: The contract.
        number: Its place among the company's.
        inputs: The company's, for what all contracts share.
        first: First quarter, as a number.
        late: Quarters it is late.
        chance: For a rate that is not known, and a tenant who may not come.
        record: Takes its quantities, `contract_0_age` and so on.
    """

    def __init__(
        self, contract: AiContract, number: int, inputs: CompanyInputs, first: Number, late: Number,
        chance: Chance, record: Recorder,
    ) -> None:  # fmt: skip
        self._contract, self._colocation, self._late = contract, inputs.colocation, late
        self._record, self._prefix = record, f"contract_{number}"
        of_halls = contract.kind == "colocation"
        self.line = Line.AI_COLOCATION if of_halls else Line.AI_CLOUD
        self.follows_market = contract.pricing == "market" or not is_zero(inputs.colocation.repricing)
        rate, self._comes = chance.tenant(number, contract)
        self.pays = not is_zero(self._full_usd())
        self._start = self._keep("age", quarter_number(contract.start))
        self._usd = self._keep("rate", self._full_usd() * rate * self._comes)
        kind = inputs.colocation if of_halls else inputs.cloud
        self.tenancy = Tenancy(CONTRACTS + number, kind.loss_chance, kind.empty_quarters, chance)
        own_rate = of_halls and contract.pricing != "market"
        self._market = (
            market_share(contract.full_usd, contract.critical_mw, self._colocation) if own_rate else 1.0
        )
        self.needs_rents = self.follows_market or not self.tenancy.lasts
        self._ahead = min_(contract.build_quarters, self._start + late - first)
        years = inputs.colocation.hall_years if of_halls else inputs.cloud.gpu_years
        self._schedule = chance.schedule(ContractSchedule(contract, years))
        self._now: AtAge

    def quarter(self, step: int, number: Number, days: Number, index: Number) -> ContractFlows:
        """The flows of a quarter; call it in order.

        Costs are those of the rate signed, also while nobody pays it, or another tenant less.

        Args:
            step: Quarters since the first.
            number: The quarter, as a number.
            days: Its days.
            index: Market rates over those at the start: of data halls, or of GPU time for a cloud contract.
        """
        contract, keep = self._contract, self._keep
        age = keep("age", number - self._start - self._late)
        self._now = self._schedule.at(age)
        if self.follows_market:
            self._usd = if_(equal(age, 0), self._usd * self._factor(index), self._usd)
        self._usd = keep("rate", self._usd)
        self.tenancy.advance(step, index * self._market)
        working, built = keep("working", self._now.working), keep("built", self._built(age))
        signed = keep("rent", self._usd * (working * self._now.escalation))
        rent = self.tenancy.paid(signed)
        fitout = keep("fitout", _times(contract.fitout_usd, self._comes, built))
        full = passed_through(contract.critical_mw, contract.passthrough_usd_per_mwh, self._colocation, days)
        power = keep("power", _times(full, self._comes, self.tenancy.let, working))
        profit = rent - signed * (1 - contract.margin) + fitout * contract.fitout_margin
        return ContractFlows(
            revenue=keep("revenue", rent + fitout + power),
            profit=keep("profit", profit),
            rent=rent,
            capex_usd=keep("capex", _times(contract.capex_usd, built)),
            age=age,
        )

    def depreciation_usd(self) -> Number:
        """Depreciation of what has been spent on it, in the quarter entered last."""
        return self._now.depreciation_usd

    def _full_usd(self) -> Number:
        """Revenue of a quarter once ramped up, at the rate of the start."""
        if self._contract.pricing == "market":
            rate = self._colocation.market_usd_per_kw_month
            return self._contract.critical_mw * rate * USD_PER_MW_QUARTER
        return self._contract.full_usd

    def _factor(self, index: Number) -> Number:
        """What becomes of the rate in the quarter of the start."""
        if self._contract.pricing == "market":
            return index
        return 1 - self._colocation.repricing * max_(0.0, 1 - index)

    def _built(self, age: Number) -> Number:
        """Share of the build done in a quarter: evenly until the last step of the ramp comes, from now on."""
        contract = self._contract
        if is_zero(contract.capex_usd) and is_zero(contract.fitout_usd):
            return 0.0
        steps = contract.ramp_quarters - 1
        return if_((age >= -self._ahead) & (age < steps), 1 / max_(1, self._ahead + steps), 0.0)

    def _keep(self, name: str, quantity: Number) -> Number:
        return self._record(f"{self._prefix}_{name}", quantity)


def _times(amount: Number, *factors: Number) -> Number:
    """An amount times factors; no array is made of nothing."""
    if is_zero(amount):
        return 0.0
    for factor in factors:
        amount = amount * factor
    return amount


def passed_through(megawatts: Number, usd_per_mwh: Number, common: Colocation, days: Number) -> Number:
    """Dollars of power that tenants of so many critical megawatts pay in a quarter, at cost."""
    return megawatts * (common.meter_ratio * usd_per_mwh * days * HOURS_PER_DAY)

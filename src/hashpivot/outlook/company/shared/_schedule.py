"""What a contract does at each age: how much of it is at work, its rent, its depreciation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from hashpivot.formula import Number, Term, floor, if_, max_, min_, power

from ...inputs import AiContract

QUARTERS_PER_YEAR = 4


class AtAge(Protocol):
    """A contract at an age in quarters, its first quarter of revenue being 0."""

    @property
    def working(self) -> Number:
        """Share of its megawatts at work."""
        ...

    @property
    def escalation(self) -> Number:
        """What the escalator has made of its rate, 1 in the first year."""
        ...

    @property
    def depreciation_usd(self) -> Number:
        """Depreciation of its capex."""
        ...


class Schedule(Protocol):
    """A contract by age."""

    def at(self, age: Number) -> AtAge:
        """The contract at an age, or at as many ages as there are paths."""
        ...


@dataclass(frozen=True)
class ContractSchedule:
    """A contract by age, in formulas.

    Args:
        contract: The contract.
        years: Life over which its data halls or machines are written off.
    """

    contract: AiContract
    years: float

    @property
    def life(self) -> int:
        """The life in quarters."""
        return lifetime(self.years)

    def at(self, age: Number) -> _Computed:
        """See `Schedule`."""
        return _Computed(self, age)


@dataclass(frozen=True)
class _Computed:
    schedule: ContractSchedule
    age: Number

    @property
    def contract(self) -> AiContract:
        return self.schedule.contract

    @property
    def working(self) -> Number:
        return ramp(self.age, self.contract.ramp_quarters, self.contract.term_quarters)

    @property
    def escalation(self) -> Number:
        return power(1 + self.contract.escalator, floor(max_(self.age, 0) / QUARTERS_PER_YEAR))

    @property
    def depreciation_usd(self) -> Number:
        """Capex comes into use with the ramp, and each part is written off over its life from then on."""
        steps, life = self.contract.ramp_quarters, self.schedule.life
        in_use = _share((self.age + 1) / steps) - _share((self.age + 1 - life) / steps)
        return self.contract.capex_usd / life * in_use


@dataclass(frozen=True, eq=False)
class AgeTable:
    """A contract's schedule computed once for every age; ages outside do as the first or last one does.

    Args:
        working, escalation, depreciation_usd: By age from `first` on, as in `AtAge`.
    """

    working: NDArray[np.float64]
    escalation: NDArray[np.float64]
    depreciation_usd: NDArray[np.float64]

    first: ClassVar[int] = -1

    @classmethod
    def of(cls, schedule: ContractSchedule) -> AgeTable:
        """The table of a schedule: up to the age at which nothing is left to work or to write off."""
        contract = schedule.contract
        last = max(contract.term_quarters, schedule.life + contract.ramp_quarters)
        ages = schedule.at(np.arange(cls.first, last + 1))
        return cls(ages.working, ages.escalation, ages.depreciation_usd)

    def at(self, age: NDArray[np.int64]) -> _LookedUp:
        """See `Schedule`."""
        last = self.first + len(self.working) - 1
        return _LookedUp(self, np.clip(age, self.first, last) - self.first)


@dataclass(frozen=True, eq=False)
class _LookedUp:
    table: AgeTable
    row: NDArray[np.int64]

    @property
    def working(self) -> Number:
        return self.table.working[self.row]

    @property
    def escalation(self) -> Number:
        return self.table.escalation[self.row]

    @property
    def depreciation_usd(self) -> Number:
        return self.table.depreciation_usd[self.row]


def ramp(age: Number, ramp_quarters: Number, term_quarters: Number | None = None) -> Number:
    """Share of full revenue at an age in quarters: equal steps, 0 before the start and after the term.

    Args:
        age: 0 in the first quarter of revenue.
        ramp_quarters: Quarters until full.
        term_quarters: Quarters of revenue; no end without.
    """
    begun = age >= 0
    runs = begun if term_quarters is None else begun & (age < term_quarters)
    return if_(runs, min_((age + 1) / ramp_quarters, 1.0), 0.0)


def lifetime(years: Number) -> int:
    """Quarters of a life in years, at least one; of a cell, as it stands: a changed cell changes no life."""
    number = years.value if isinstance(years, Term) else years
    return max(1, round(number * QUARTERS_PER_YEAR))


def _share(number: Number) -> Number:
    return min_(max_(number, 0.0), 1.0)

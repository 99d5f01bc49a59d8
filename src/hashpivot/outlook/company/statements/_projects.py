"""What AI contracts cost to build: tenants', lenders' and the company's parts, loans repaid over the term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.formula import Number, equal, if_, is_zero, max_, min_, ratio, total

from ...inputs import CompanyInputs
from ..operations import ContractFlows
from ..shared import QUARTERS_PER_YEAR, Recorder


@dataclass(frozen=True, eq=False)
class ProjectQuarter:
    """A quarter of all projects.

    Args:
        paid_usd: Spent by the company and its lenders: tenants pay the rest.
        drawn_usd: Of that, by lenders.
        instalments_usd: Of loans that are being repaid.
    """

    paid_usd: Number
    drawn_usd: Number
    instalments_usd: Number


class Projects:
    """Project loans and construction in progress, by contract.

    A loan is repaid in equal parts over the contract's term, from its first quarter with revenue on.

    Args:
        inputs: The company's.
        record: Takes each contract's loan and instalment, and what its data hall has cost so far.
    """

    def __init__(self, inputs: CompanyInputs, record: Recorder) -> None:
        self._finance, self._record = inputs.finance, record
        self._contracts = {
            number: each for number, each in enumerate(inputs.contracts) if not is_zero(each.capex_usd)
        }
        self._waiting = record("capitalised_waiting", 0.0)
        self._loans = {number: record(f"contract_{number}_loan", 0.0) for number in self._contracts}
        self._spent = {number: record(f"contract_{number}_spent", 0.0) for number in self._contracts}

    @property
    def owed_usd(self) -> Number:
        """What is owed of all loans."""
        return total([0.0, *self._loans.values()])

    def capitalise(self, interest: Number, flows: Sequence[ContractFlows]) -> tuple[Number, Number]:
        """Interest of a quarter on what stands in halls still being built, never more than is due.

        Call it once a quarter, before `quarter`.

        Args:
            interest: All that is due.
            flows: The quarter of each contract.

        Returns:
            What is added to property, and what of earlier quarters comes into use: its halls are built.
        """
        building: list[Number] = [0.0]
        built: list[Number] = [0.0]
        for number, spent in self._spent.items():
            age = flows[number].age
            building.append(if_(age < 0, spent, 0.0))
            built.append(if_(equal(age, 0), spent, 0.0))
        in_progress, done = total(building), total(built)
        in_use = self._waiting * ratio(done, done + in_progress)
        on_it = in_progress * self._finance.new_interest / QUARTERS_PER_YEAR
        added = self._record("capitalised", on_it if is_zero(on_it) else min_(interest, on_it))
        in_use = self._record("capitalised_in_use", in_use)
        self._waiting = self._record("capitalised_waiting", self._waiting - in_use + added)
        return added, in_use

    def quarter(self, flows: Sequence[ContractFlows]) -> ProjectQuarter:
        """What a quarter of each contract costs whom; call it in order."""
        share, finance = 1 - self._finance.tenant_capex_share, self._finance
        paid: list[Number] = [0.0]
        drawn: list[Number] = [0.0]
        instalments: list[Number] = [0.0]
        for number, each in self._contracts.items():
            age, key = flows[number].age, f"contract_{number}"
            runs = (age >= 0) & (age < each.term_quarters)
            owed, left = self._loans[number], max_(each.term_quarters - age, 1)
            instalments.append(self._record(f"{key}_instalment", if_(runs, owed / left, 0.0)))
            paid.append(flows[number].capex_usd * share)
            drawn.append(paid[-1] * finance.debt_share)
            self._loans[number] = self._record(f"{key}_loan", owed + drawn[-1] - instalments[-1])
            self._spent[number] = self._record(f"{key}_spent", self._spent[number] + paid[-1])
        return ProjectQuarter(total(paid), total(drawn), total(instalments))

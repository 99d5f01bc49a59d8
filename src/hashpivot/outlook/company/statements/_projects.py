"""What AI contracts cost to build: tenants', lenders' and the company's parts, loans repaid over the term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.formula import Number, equal, indicator, is_zero, min_, ratio, total

from ...inputs import AiContract, CompanyInputs
from ..operations import ContractFlows
from ..shared import QUARTERS_PER_YEAR, Recorder


@dataclass(frozen=True, eq=False)
class ProjectQuarter:
    """A quarter of all projects, in dollars.

    Args:
        drawn_usd: Of what is spent, by lenders.
        instalments_usd: Of loans that are being repaid.
        capitalised_usd: Interest on what stands in halls still being built, never more than is due.
        in_use_usd: Interest capitalised before, of halls that come into use.
    """

    drawn_usd: Number
    instalments_usd: Number
    capitalised_usd: Number
    in_use_usd: Number


class Projects:
    """Project loans and construction in progress.

    A loan is repaid in equal parts over the contract's term; its data hall is built until the last step of
    the ramp comes.

    Args:
        inputs: The company's.
        record: Takes each contract's instalment, and loans and construction of all of them.
    """

    def __init__(self, inputs: CompanyInputs, record: Recorder) -> None:
        self._finance, self._record = inputs.finance, record
        self._contracts = {
            number: each for number, each in enumerate(inputs.contracts) if not is_zero(each.capex_usd)
        }
        self._ahead: dict[int, Number] = {}
        self._loans = record("project_loans", 0.0)
        self._in_progress = record("in_progress", 0.0)
        self._waiting = record("capitalised_waiting", 0.0)

    @property
    def owed_usd(self) -> Number:
        """What is owed of all loans."""
        return self._loans

    def quarter(self, flows: Sequence[ContractFlows], paid: Number, interest: Number) -> ProjectQuarter:
        """A quarter of all contracts; call it in order.

        Args:
            flows: The contracts.
            paid: Spent by the company and its lenders.
            interest: Due in the quarter.
        """
        finance, record = self._finance, self._record
        share = 1 - finance.tenant_capex_share
        for number, contract in self._contracts.items():
            if number not in self._ahead:
                self._ahead[number] = indicator(flows[number].age < last_step(contract)) * (
                    contract.capex_usd * share
                )
        drawn, repaid = paid * finance.debt_share, self._instalments(flows)
        self._loans = record("project_loans", self._loans + (drawn - repaid))
        done = record("done", self._done(flows))
        building = self._in_progress - done
        capitalised, in_use = self._capitalise(building, done, interest)
        self._in_progress = record("in_progress", building + paid)
        return ProjectQuarter(drawn, repaid, capitalised, in_use)

    def _instalments(self, flows: Sequence[ContractFlows]) -> Number:
        """What is repaid in a quarter: of each contract that has begun an equal part of its loan."""
        parts: list[Number] = [0.0]
        for number, contract in self._contracts.items():
            age, term = flows[number].age, contract.term_quarters
            part = self._ahead[number] * (self._finance.debt_share / term)
            repaid = indicator((age >= 0) & (age < term)) * part
            parts.append(self._record(f"contract_{number}_instalment", repaid))
        return total(parts)

    def _done(self, flows: Sequence[ContractFlows]) -> Number:
        """What halls have cost whose last step comes into use in a quarter."""
        parts = [
            indicator(equal(flows[number].age, last_step(contract))) * self._ahead[number]
            for number, contract in self._contracts.items()
        ]
        return total([0.0, *parts])

    def _capitalise(self, building: Number, done: Number, interest: Number) -> tuple[Number, Number]:
        """Interest on what stands in halls still being built, and that of halls that come into use."""
        record = self._record
        on_it = building * (self._finance.new_interest / QUARTERS_PER_YEAR)
        added = record("capitalised", on_it if is_zero(on_it) else min_(interest, on_it))
        share = done if is_zero(done) else ratio(done, done + building)
        in_use = record("capitalised_in_use", self._waiting * share)
        self._waiting = record("capitalised_waiting", self._waiting - in_use + added)
        return added, in_use


def last_step(contract: AiContract) -> Number:
    """Age in quarters at which the last step of a contract's ramp comes: by then its hall is paid for."""
    return contract.ramp_quarters - 1

"""The formula of a metric: stated once, computed by Python and recomputed by a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from hashpivot.core import short_repr
from hashpivot.formula import Number, Term, as_term, if_, log_change_deviation, total
from hashpivot.ledger import Contract


class Operand(Protocol):
    """What a formula takes: a figure, another metric, or what is announced of a contract."""

    @property
    def value(self) -> Any:
        """The number."""
        ...


@dataclass(frozen=True, slots=True)
class ContractAmount:
    """A number announced of a contract.

    Args:
        contract: The contract.
        field: `attributable_value_usd`, `term_years` or `attributable_mw_critical_it`.
    """

    contract: Contract
    field: str

    @property
    def value(self) -> Any:
        """The number, in the unit its field ends with."""
        return getattr(self.contract, self.field)


@dataclass(frozen=True, slots=True)
class ContractCount:
    """The number of some contracts."""

    contracts: tuple[Contract, ...]

    @property
    def value(self) -> int:
        """How many there are."""
        return len(self.contracts)


@short_repr
@dataclass(frozen=True, slots=True, repr=False)
class Formula:
    """How a metric follows from its operands.

    Args:
        compute: Takes one number for each operand, all floats or all terms of `hashpivot.formula`, and
            returns one of that kind.
        operands: What it takes, in this order.
    """

    compute: Callable[..., Number]
    operands: tuple[Operand, ...]

    def value(self) -> float:
        """The number it comes to."""
        return float(self.compute(*(float(operand.value) for operand in self.operands)))

    def term(self, cell: Callable[[Any], Term]) -> Term:
        """The formula over cells.

        Args:
            cell: The cell, or a formula in place of it, that holds an operand.

        Raises:
            FormulaError: If no spreadsheet could compute it.
        """
        return as_term(self.compute(*map(cell, self.operands)))


def itself(number: Number) -> Number:
    """The operand itself."""
    return number


def sum_of(*numbers: Number) -> Number:
    """The sum of one operand or more."""
    return total(numbers)


def growth(now: Number, then: Number) -> Number:
    """The relative change from `then` to `now`."""
    return now / then - 1


def times_four(quarterly: Number) -> Number:
    """A year at a quarter's rate."""
    return quarterly * 4


def rest(whole: Number, apart: Number) -> Number:
    """An amount without a part of it."""
    return whole - apart


def offset(new: Number, lost: Number) -> Number:
    """How much of a loss (a negative change) a change makes up for."""
    return new / -lost


def runway(liquidity: Number, operating: Number, capex: Number) -> Number:
    """Quarters that liquidity lasts at the quarter's cash flow."""
    return liquidity / (capex - operating)


def spread_over_terms(*values_and_years: Number) -> Number:
    """The sum of values, each spread evenly over the quarters of its term: value, years, value, years, ..."""
    values, years = values_and_years[::2], values_and_years[1::2]
    return total([value / (term * 4) for value, term in zip(values, years, strict=True)])


def deviation_of_log_changes(*later_and_earlier: Number) -> Number:
    """Sample standard deviation of ln(later / earlier): later, earlier, later, earlier, ..."""
    return log_change_deviation(list(zip(later_and_earlier[::2], later_and_earlier[1::2], strict=True)))


def share_at_a_loss(*revenues_and_profits: Number) -> Number:
    """The part of revenue whose gross profit is negative: revenue, profit, revenue, profit, ..."""
    revenues, profits = revenues_and_profits[::2], revenues_and_profits[1::2]
    losing = [if_(profit < 0, revenue, 0) for revenue, profit in zip(revenues, profits, strict=True)]
    return total(losing) / total(revenues)

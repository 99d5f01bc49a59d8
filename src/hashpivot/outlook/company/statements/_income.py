"""The income statement: from EBITDA to net income, with losses carried forward."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.formula import Number, is_zero, max_, min_

from ...inputs import Finance
from ..shared import Recorder

LOSS_SHARE = 0.8
"""Share of a quarter's taxable income that losses carried forward may offset: IRC section 172(a)(2)."""


@dataclass(frozen=True, eq=False)
class Income:
    """A quarter's income below EBITDA.

    Args:
        depreciation_usd: Of property, mining machines, AI data halls and GPUs.
        fair_value_usd: Change of the fair value of bitcoin held at the quarter's start.
        capitalised_usd: Interest that is added to property instead of being an expense.
        tax_usd: Paid in the quarter.
        net_usd: Net income.
    """

    depreciation_usd: Number
    fair_value_usd: Number
    capitalised_usd: Number
    tax_usd: Number
    net_usd: Number


class IncomeStatement:
    """Income quarter by quarter.

    Tax is on income without the change of fair value, which is not realised; losses offset later income.

    Args:
        finance: The company's inputs.
        record: Takes every quantity.
    """

    def __init__(self, finance: Finance, record: Recorder) -> None:
        self._finance, self._record = finance, record
        self._losses = record("losses", finance.loss_carryforward_usd)

    def quarter(
        self,
        ebitda: Number,
        depreciation: Number,
        interest: Number,
        capitalised: Number,
        fair_value_usd: Number,
    ) -> Income:
        """The income of a quarter, of whose interest some is capitalised; call it in order."""
        record, finance = self._record, self._finance
        operating = record("operating_income", ebitda - depreciation - finance.stock_pay_usd)
        taxable = operating - (interest if is_zero(capitalised) else interest - capitalised)
        earned = max_(taxable, 0.0)
        used = record("losses_used", min_(self._losses, LOSS_SHARE * earned))
        tax = record("tax", (earned - used) * finance.tax_rate)
        self._losses = record("losses", self._losses - used + (earned - taxable))
        net = record("net_income", taxable + fair_value_usd - tax)
        return Income(depreciation, fair_value_usd, capitalised, tax, net)

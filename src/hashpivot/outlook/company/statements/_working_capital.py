"""Working capital: what customers and the company have not paid yet, and what tenants have paid ahead."""

from __future__ import annotations

from hashpivot.core import Line
from hashpivot.formula import Number, is_zero, total

from ...inputs import Finance
from ..operations import QuarterFlows
from ..shared import Recorder

_AI = (Line.AI_COLOCATION, Line.AI_CLOUD)


class WorkingCapital:
    """Working capital quarter by quarter. It begins at the level of the first quarter.

    Pools pay daily, so nobody owes revenue of self-mining.

    Args:
        finance: The company's inputs.
        record: Takes its level and its change.
    """

    def __init__(self, finance: Finance, record: Recorder) -> None:
        self._finance, self._record = finance, record
        self._level: Number | None = None

    def change_usd(self, flows: QuarterFlows, ebitda: Number, days: int) -> Number:
        """What a quarter of so many days puts into it, less cash by as much; call it in order."""
        finance, record = self._finance, self._record
        parts = (finance.receivable_days, finance.payable_days, finance.prepaid_quarters)
        if all(is_zero(part) for part in parts):
            return 0.0
        revenue = total(list(flows.revenue.values()))
        owed = (revenue - flows.revenue[Line.SELF_MINING]) * (finance.receivable_days / days)
        unpaid = (revenue - ebitda) * (finance.payable_days / days)
        ahead = total([flows.revenue[line] for line in _AI]) * finance.prepaid_quarters
        before, self._level = self._level, record("working_capital", owed - unpaid - ahead)
        return record("working_capital_change", 0.0 if before is None else self._level - before)

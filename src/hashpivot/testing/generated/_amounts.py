"""What a generated company's statements say of a period, in thousands of US dollars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hashpivot.core import Line


@dataclass(frozen=True)
class PeriodAmounts:
    """Amounts of a period; those of several quarters add up.

    Args:
        revenue: By line of business.
        cost: Cost of revenue by line.
        overhead: Selling, general and administrative expenses.
        depreciation: Depreciation and amortisation.
        interest: Interest expense.
        capital_spending: Purchases of property and equipment.
    """

    revenue: Mapping[Line, int]
    cost: Mapping[Line, int]
    overhead: int
    depreciation: int
    interest: int
    capital_spending: int

    @property
    def total_revenue(self) -> int:
        """Revenue of all lines."""
        return sum(self.revenue.values())

    @property
    def total_cost(self) -> int:
        """Cost of revenue of all lines."""
        return sum(self.cost.values())

    @property
    def operating_income(self) -> int:
        """Revenue less every expense but interest."""
        return self.total_revenue - self.total_cost - self.overhead - self.depreciation

    @property
    def net_income(self) -> int:
        """Operating income less interest; generated companies pay no tax."""
        return self.operating_income - self.interest


def added_up(parts: Iterable[PeriodAmounts]) -> PeriodAmounts:
    """Return the amounts of several quarters together."""
    all_parts = list(parts)
    return PeriodAmounts(
        _sums(part.revenue for part in all_parts),
        _sums(part.cost for part in all_parts),
        sum(part.overhead for part in all_parts),
        sum(part.depreciation for part in all_parts),
        sum(part.interest for part in all_parts),
        sum(part.capital_spending for part in all_parts),
    )


def _sums(parts: Iterable[Mapping[Line, int]]) -> dict[Line, int]:
    sums: dict[Line, int] = {}
    for part in parts:
        for line, amount in part.items():
            sums[line] = sums.get(line, 0) + amount
    return sums


@dataclass(frozen=True)
class BalanceAmounts:
    """Amounts at a period's end.

    Args:
        cash: Cash and cash equivalents, thousands of US dollars.
        bitcoin_value: Bitcoin held at fair value, thousands of US dollars.
        debt: Long-term debt, thousands of US dollars.
        equity: Thousands of US dollars.
        shares: Shares outstanding.
        bitcoin: Bitcoin held.
    """

    cash: int
    bitcoin_value: int
    debt: int
    equity: int
    shares: int
    bitcoin: int


@dataclass(frozen=True)
class MonthCounts:
    """What a production update counts.

    Args:
        mined: Bitcoin produced in the month.
        held: Bitcoin held at its end.
        hash_rate_tenths: Operating hash rate at its end, tenths of EH/s.
    """

    mined: int
    held: int
    hash_rate_tenths: int

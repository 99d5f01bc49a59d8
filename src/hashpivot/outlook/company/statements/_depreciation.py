"""Depreciation of a company's property and mining machines, straight line."""

from __future__ import annotations

from hashpivot.formula import Number, max_

from ...inputs import Finance
from ..shared import QUARTERS_PER_YEAR, lifetime


class StraightLine:
    """What is bought over time, each part written off evenly from the quarter it is bought in.

    Args:
        years: Until a part is written off.
    """

    def __init__(self, years: Number) -> None:
        self._life = lifetime(years)
        self._parts: list[Number] = []
        self._sum: Number = 0.0

    def quarter(self, bought_usd: Number) -> Number:
        """Depreciation of a quarter in which so much is bought; call it in order."""
        step = len(self._parts)
        self._parts.append(bought_usd / self._life)
        self._sum = self._sum + self._parts[step]
        if step >= self._life:
            self._sum = self._sum - self._parts[step - self._life]
        return self._sum


class PropertyDepreciation:
    """Depreciation of what is owned at the start, machines bought since, and interest capitalised.

    Machines sold or scrapped go on being depreciated; their sale brings nothing. Interest is written off
    over the life of data halls.

    Args:
        finance: The company's inputs.
        hall_years: Life of a data hall.
    """

    def __init__(self, finance: Finance, hall_years: Number) -> None:
        self._finance, self._owned = finance, finance.depreciation_usd
        self._machines, self._interest = StraightLine(finance.machine_years), StraightLine(hall_years)
        self._step = 0

    def quarter(self, bought_usd: Number, interest_usd: Number) -> Number:
        """Dollars of a quarter; call it in order.

        Args:
            bought_usd: Spent on mining machines in it.
            interest_usd: Capitalised before, of halls that come into use in it.
        """
        left = max_(0.0, 1 - self._step / (QUARTERS_PER_YEAR * self._finance.property_years))
        self._step += 1
        interest = self._interest.quarter(interest_usd)
        return self._machines.quarter(bought_usd) + (interest + self._owned * left)

"""Depreciation of a company's property and mining machines, straight line."""

from __future__ import annotations

from hashpivot.formula import Number, max_

from ...inputs import Finance
from ..shared import QUARTERS_PER_YEAR, lifetime


class PropertyDepreciation:
    """Depreciation of what is owned at the start and of the mining machines bought since.

    Machines sold or scrapped go on being depreciated; their sale brings nothing.

    Args:
        finance: The company's inputs.
    """

    def __init__(self, finance: Finance) -> None:
        self._finance, self._life = finance, lifetime(finance.machine_years)
        self._owned: Number = finance.depreciation_usd
        self._bought: list[Number] = []
        self._machines: Number = 0.0

    def quarter(self, bought_usd: Number) -> Number:
        """Dollars of a quarter in which machines are bought; call it in order.

        Machines work from the quarter they are bought in, and are depreciated from it on.
        """
        step = len(self._bought)
        self._bought.append(bought_usd / self._life)
        self._machines = self._machines + self._bought[step]
        if step >= self._life:
            self._machines = self._machines - self._bought[step - self._life]
        left = max_(0.0, 1 - step / (QUARTERS_PER_YEAR * self._finance.property_years))
        return self._machines + self._owned * left

"""What every part of the live model stands on: inputs, the market's medians, and the grid of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from hashpivot.core import Quarter
from hashpivot.formula import Number, Term, literal, total
from hashpivot.outlook import Case

from ._live_grid import LiveGrid
from ._live_inputs import InputCells

HOURS_PER_DAY = 24


@dataclass(frozen=True)
class LiveModel:
    """A company without chance.

    Args:
        case: What is modelled.
        input: Cells of its inputs.
        hashprice: The market's median of a quarter, USD per PH/s per day.
        price: Its median price of bitcoin.
        start_price: The price on the last known day.
        grid: The rows.
    """

    case: Case
    input: InputCells
    hashprice: Callable[[int], Term]
    price: Callable[[int], Term]
    start_price: Term
    grid: LiveGrid

    @property
    def quarters(self) -> Sequence[Quarter]:
        """The quarters."""
        return self.grid.quarters

    @property
    def contracts(self) -> list[str]:
        """Keys of the contracts' inputs, without the input's name."""
        return [f"contracts.{each.name}" for each in self.case.inputs.contracts]

    @property
    def has_chips(self) -> bool:
        """True if there is a chip programme."""
        return self.case.inputs.chips.first_quarter is not None

    def section(self, name: str) -> Callable[[str], Term]:
        """Inputs of a section by their name in it."""
        return lambda key: self.input(f"{name}.{key}")

    def row(self, key: str) -> Callable[[int], Term]:
        """A row's cells by quarter."""
        return partial(self.grid.cell, key)

    def sum(self, keys: Sequence[str]) -> Callable[[int], Term]:
        """The sum of several rows by quarter; 0 of none."""
        return lambda step: total([self.cell(key, step) for key in keys]) if keys else literal(0)

    def cell(self, key: str, step: int) -> Number:
        """A row's cell in a quarter."""
        return self.grid.cell(key, step)

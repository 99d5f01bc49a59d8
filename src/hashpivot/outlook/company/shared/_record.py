"""What becomes of a quantity the model computes: nothing in a simulation, a cell in a workbook."""

from __future__ import annotations

from typing import Protocol

from hashpivot.formula import Number


class Recorder(Protocol):
    """Takes each quantity by name and returns what the model goes on with.

    A workbook's recorder puts the quantity into a cell and returns the term of that cell, so that later
    formulas refer to it.
    """

    shows_all: bool
    """True if quantities that nothing else depends on are wanted as well."""

    def __call__(self, name: str, quantity: Number) -> Number:
        """Record a quantity, such as `funding.need`."""
        ...


class NoRecord:
    """Returns every quantity as it is."""

    shows_all = False

    def __call__(self, name: str, quantity: Number) -> Number:
        """See `Recorder`."""
        return quantity

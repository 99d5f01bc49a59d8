"""The basis of an amount: by which rules, and with which businesses, a company states it."""

from __future__ import annotations

from hashpivot.core import Figure

BASIS_MARK = "@"
"""What separates the name of a breakdown from the basis of its amounts: `main@IFRS`, `main@with cloud`."""


def basis_of(figure: Figure) -> str:
    """The basis of a figure's amount, from the name of its breakdown; empty if it names none."""
    return figure.breakdown.partition(BASIS_MARK)[2]


def shared_basis(figures: list[Figure]) -> str:
    """The mark of the basis that all figures share, as the breakdown of what is computed from them."""
    bases = {basis_of(figure) for figure in figures}
    basis = bases.pop() if len(bases) == 1 else ""
    return f"{BASIS_MARK}{basis}" if basis else ""

"""The term: a piece of a spreadsheet formula that knows its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isclose, log
from statistics import stdev

_SUM, _PRODUCT, _ATOM = range(3)


@dataclass(frozen=True, slots=True)
class Term:
    """Part of a formula.

    `Term("B2", 6) / (Term("B3", 1) + 2)` has the text `B2/(B3+2)` and the value 2.

    Args:
        text: As a spreadsheet writes it, without the equals sign.
        value: What it comes to.
        bond: How tightly it holds together: 0 a sum, 1 a product, 2 a cell, number or function.
    """

    text: str
    value: float
    bond: int = _ATOM

    def __add__(self, other: Term) -> Term:
        return Term(f"{self.text}+{other.text}", self.value + other.value, _SUM)

    def __sub__(self, other: Term | int) -> Term:
        right = _term(other)
        return Term(f"{self.text}-{right.held(_PRODUCT)}", self.value - right.value, _SUM)

    def __mul__(self, other: Term | int) -> Term:
        right = _term(other)
        return Term(f"{self.held(_PRODUCT)}*{right.held(_PRODUCT)}", self.value * right.value, _PRODUCT)

    def __truediv__(self, other: Term) -> Term:
        return Term(f"{self.held(_PRODUCT)}/{other.held(_ATOM)}", self.value / other.value, _PRODUCT)

    def __neg__(self) -> Term:
        return Term(f"-{self.held(_ATOM)}", -self.value, _PRODUCT)

    def held(self, bond: int) -> str:
        """Its text, in brackets if it would fall apart beside an operator of that bond."""
        return self.text if self.bond >= bond else f"({self.text})"

    def agrees(self, value: float | Decimal) -> bool:
        """True if it comes to `value`, to nine digits."""
        return isclose(self.value, float(value), rel_tol=1e-9, abs_tol=1e-9)


def total(terms: Sequence[Term]) -> Term:
    """The sum; a single term stays as it is.

    Raises:
        ValueError: If there are no terms.
    """
    if not terms:
        raise ValueError("a sum of nothing")
    if len(terms) == 1:
        return terms[0]
    return _call("SUM", terms, sum(term.value for term in terms))


def signed(terms: Sequence[tuple[int, Term]]) -> Term:
    """Terms added (+1) and subtracted (-1) in their order."""
    (sign, first), *others = terms
    found = first if sign > 0 else -first
    for sign, term in others:
        found = found + term if sign > 0 else found - term
    return found


def effective_number(terms: Sequence[Term]) -> Term:
    """1 / sum of squared shares of the terms in their sum (inverse Herfindahl-Hirschman index)."""
    whole, squares = sum(term.value for term in terms), sum(term.value * term.value for term in terms)
    return Term(
        f"{_call('SUM', terms, 0).text}^2/{_call('SUMSQ', terms, 0).text}", whole * whole / squares, _PRODUCT
    )


def log_changes_deviation(pairs: Sequence[tuple[Term, Term]]) -> Term:
    """Sample standard deviation of ln(later / earlier) over `(later, earlier)` pairs; needs two or more."""
    changes = [later / earlier for later, earlier in pairs]
    logs = [_call("LN", [change], log(change.value)) for change in changes]
    return _call("STDEV", logs, stdev(term.value for term in logs))


def _call(function: str, terms: Sequence[Term], value: float) -> Term:
    return Term(f"{function}({','.join(term.text for term in terms)})", value)


def _term(value: Term | int) -> Term:
    return value if isinstance(value, Term) else Term(str(value), value)

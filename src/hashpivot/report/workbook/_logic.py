"""More of the algebra of terms: conditions, least and most, exponentials."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from ._term import Term

_COMPARISON = -1
"""Bond of a comparison: looser than a sum's."""


def number(value: float) -> Term:
    """A constant."""
    return Term(repr(value), float(value))


ZERO, ONE = number(0), number(1)


def above(left: Term, right: Term) -> Term:
    """1 if the left is greater, else 0; a condition."""
    return Term(f"{left.text}>{right.text}", float(left.value > right.value), _COMPARISON)


def reaches(left: Term, right: Term) -> Term:
    """1 if the left is greater or equal, else 0; a condition."""
    return Term(f"{left.text}>={right.text}", float(left.value >= right.value), _COMPARISON)


def same(left: Term, right: Term) -> Term:
    """1 if both are equal, else 0; a condition."""
    return Term(f"{left.text}={right.text}", float(left.value == right.value), _COMPARISON)


def both(one: Term, other: Term) -> Term:
    """1 if both conditions hold."""
    return Term(f"AND({one.text},{other.text})", float(one.value and other.value))


def when(condition: Term, then: Term, otherwise: Term) -> Term:
    """One term or another."""
    value = then.value if condition.value else otherwise.value
    return Term(f"IF({condition.text},{then.text},{otherwise.text})", value)


def least(*terms: Term) -> Term:
    """The smallest."""
    return Term(f"MIN({_joined(terms)})", min(term.value for term in terms))


def most(*terms: Term) -> Term:
    """The largest."""
    return Term(f"MAX({_joined(terms)})", max(term.value for term in terms))


def mean(terms: Sequence[Term]) -> Term:
    """The mean."""
    return Term(f"AVERAGE({_joined(terms)})", sum(term.value for term in terms) / len(terms))


def natural(term: Term) -> Term:
    """e to the power of a term."""
    return Term(f"EXP({term.text})", exp(term.value))


def power(base: Term, exponent: Term) -> Term:
    """A positive base to the power of a term."""
    return Term(f"POWER({base.text},{exponent.text})", base.value**exponent.value)


def whole(term: Term) -> Term:
    """The integer part of a term that is not negative."""
    return Term(f"INT({term.text})", float(int(term.value)))


def quotient(over: Term, under: Term) -> Term:
    """One over the other where that is positive, else 0."""
    value = over.value / under.value if under.value > 0 else 0.0
    divided = f"{over.held(1)}/{under.held(2)}"
    return Term(f"IF({under.text}>0,{divided},0)", value)


def _joined(terms: Sequence[Term]) -> str:
    return ",".join(term.text for term in terms)

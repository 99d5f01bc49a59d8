"""Functions of numbers, whatever holds them: a float, a numpy array of many paths, or a term."""

from __future__ import annotations

import math
from typing import Any, TypeAlias

from ._term import Condition, FormulaError, Term, as_condition, as_term, call, compare

Number: TypeAlias = Any
"""A float, an array of floats or a term. Python's types have no word for what the three share."""


def max_(first: Number, second: Number) -> Number:
    """The larger of two."""
    if _are_terms(first, second):
        left, right = as_term(first), as_term(second)
        return call("MAX", (left, right), max(left.value, right.value))
    if _are_arrays(first, second):
        import numpy as np

        return np.maximum(first, second)
    return max(first, second)


def min_(first: Number, second: Number) -> Number:
    """The smaller of two."""
    if _are_terms(first, second):
        left, right = as_term(first), as_term(second)
        return call("MIN", (left, right), min(left.value, right.value))
    if _are_arrays(first, second):
        import numpy as np

        return np.minimum(first, second)
    return min(first, second)


def if_(condition: Number, then: Number, otherwise: Number) -> Number:
    """`then` where the condition holds, else `otherwise`; both are computed."""
    if isinstance(condition, Condition) or _are_terms(then, otherwise):
        return _if_term(as_condition(condition), as_term(then), as_term(otherwise))
    if _are_arrays(condition):
        import numpy as np

        return np.where(condition, then, otherwise)
    return then if condition else otherwise


def indicator(condition: Number) -> Number:
    """1 where the condition holds, else 0."""
    if isinstance(condition, Condition):
        return if_(condition, 1, 0)
    return condition if _are_arrays(condition) else float(condition)


def equal(first: Number, second: Number) -> Number:
    """A condition: both are the same number."""
    if _are_terms(first, second):
        return compare(first, "=", second, as_term(first).value == as_term(second).value)
    return first == second


def exp(number: Number) -> Number:
    """e to the power of a number."""
    if isinstance(number, Term):
        return call("EXP", (number,), _finite("EXP", math.exp, number))
    if _are_arrays(number):
        import numpy as np

        return np.exp(number)
    return math.exp(number)


def log(number: Number) -> Number:
    """The natural logarithm of a positive number.

    Raises:
        FormulaError: If a term is not positive.
    """
    if isinstance(number, Term):
        return call("LN", (number,), _finite("LN", math.log, number))
    if _are_arrays(number):
        import numpy as np

        return np.log(number)
    return math.log(number)


def power(base: Number, exponent: Number) -> Number:
    """A positive base to the power of a number.

    Raises:
        FormulaError: If the base of a term is not positive.
    """
    if not _are_terms(base, exponent):
        return base**exponent
    left, right = as_term(base), as_term(exponent)
    if left.value <= 0:
        raise FormulaError("a power of a base that is not positive", where=left.text)
    return call("POWER", (left, right), left.value**right.value)


def floor(number: Number) -> Number:
    """The largest whole number that is not above a number."""
    if isinstance(number, Term):
        return call("INT", (number,), float(math.floor(number.value)))
    if _are_arrays(number):
        import numpy as np

        return np.floor(number)
    return float(math.floor(number))


def ratio(over: Number, under: Number, otherwise: Number = 0.0) -> Number:
    """One number over another where that is positive, else `otherwise`."""
    if _are_terms(over, under, otherwise):
        return _ratio_term(as_term(over), as_term(under), as_term(otherwise))
    if _are_arrays(over, under):
        import numpy as np

        positive = np.greater(under, 0)
        shape = np.broadcast_shapes(np.shape(over), np.shape(under), np.shape(otherwise))
        return np.divide(over, under, out=np.full(shape, otherwise, float), where=positive)
    return over / under if under > 0 else otherwise


def is_zero(number: Number) -> bool:
    """True for a plain 0; never for a term, whose cell a reader may change, nor for an array."""
    return not isinstance(number, Term) and not _are_arrays(number) and number == 0


def _if_term(condition: Condition, then: Term, otherwise: Term) -> Term:
    if condition.text in ("TRUE", "FALSE"):
        return then if condition.value else otherwise
    text = f"IF({condition.text},{then.text},{otherwise.text})"
    return Term(text, then.value if condition.value else otherwise.value)


def _ratio_term(over: Term, under: Term, otherwise: Term) -> Term:
    quotient = over / under if under.value > 0 else Term(f"{over.within(2)}/{under.within(3)}", 0.0)
    return _if_term(under > 0, quotient, otherwise)


def _finite(function: str, compute: Any, term: Term) -> float:
    try:
        return float(compute(term.value))
    except (ValueError, OverflowError):
        where = f"{function}({term.text})"
        raise FormulaError(f"no number comes of {term.value:g}", where=where) from None


def _are_terms(*numbers: Number) -> bool:
    for each in numbers:  # noqa: SIM110  asked some ten thousand times an outlook; `any` takes twice as long
        if isinstance(each, Term):
            return True
    return False


def _are_arrays(*numbers: Number) -> bool:
    for each in numbers:  # noqa: SIM110  likewise; the type is asked, as an array would make its interface
        if hasattr(type(each), "__array_interface__"):
            return True
    return False

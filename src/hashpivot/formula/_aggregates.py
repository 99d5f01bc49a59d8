"""Sums, means and statistics of several numbers, plain or terms."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import stdev
from typing import overload

from ._functions import Number, log, power
from ._term import FormulaError, Term, as_term, call


@overload
def total(numbers: Sequence[Term]) -> Term: ...
@overload
def total(numbers: Sequence[Number]) -> Number: ...
def total(numbers: Sequence[Number]) -> Number:
    """The sum, from left to right; a single number stays as it is.

    Raises:
        FormulaError: If there are none.
    """
    if not numbers:
        raise FormulaError("a sum of nothing")
    if len(numbers) == 1:
        return numbers[0]
    if not _any_term(numbers):
        return sum(numbers)
    terms = [as_term(each) for each in numbers]
    return call("SUM", terms, sum(each.value for each in terms))


@overload
def signed(numbers: Sequence[tuple[int, Term]]) -> Term: ...
@overload
def signed(numbers: Sequence[tuple[int, Number]]) -> Number: ...
def signed(numbers: Sequence[tuple[int, Number]]) -> Number:
    """Numbers added (+1) and subtracted (-1) in their order."""
    (sign, first), *others = numbers
    result = first if sign > 0 else -first
    for sign, number in others:
        result = result + number if sign > 0 else result - number
    return result


@overload
def mean(numbers: Sequence[Term]) -> Term: ...
@overload
def mean(numbers: Sequence[Number]) -> Number: ...
def mean(numbers: Sequence[Number]) -> Number:
    """The arithmetic mean.

    Raises:
        FormulaError: If there are none.
    """
    if not numbers:
        raise FormulaError("a mean of nothing")
    if not _any_term(numbers):
        return sum(numbers) / len(numbers)
    terms = [as_term(each) for each in numbers]
    return call("AVERAGE", terms, sum(each.value for each in terms) / len(terms))


def sum_of_squares(numbers: Sequence[Number]) -> Number:
    """The sum of the squares."""
    if not _any_term(numbers):
        return sum(each * each for each in numbers)
    terms = [as_term(each) for each in numbers]
    return call("SUMSQ", terms, sum(each.value * each.value for each in terms))


def standard_deviation(numbers: Sequence[Number]) -> Number:
    """The sample standard deviation.

    Raises:
        FormulaError: If there are fewer than two.
    """
    if len(numbers) < 2:
        raise FormulaError("a standard deviation needs two numbers")
    if not _any_term(numbers):
        return stdev(numbers)
    terms = [as_term(each) for each in numbers]
    return call("STDEV", terms, stdev(each.value for each in terms))


@overload
def effective_number(numbers: Sequence[Term]) -> Term: ...
@overload
def effective_number(numbers: Sequence[Number]) -> Number: ...
def effective_number(numbers: Sequence[Number]) -> Number:
    """The number of equal parts that are as concentrated: 1 / sum of squared shares (inverse HHI).

    Raises:
        FormulaError: If there are none, or terms do not add up to more than nothing.
    """
    return power(total(numbers), 2) / sum_of_squares(numbers)


@overload
def log_change_deviation(pairs: Sequence[tuple[Term, Term]]) -> Term: ...
@overload
def log_change_deviation(pairs: Sequence[tuple[Number, Number]]) -> Number: ...
def log_change_deviation(pairs: Sequence[tuple[Number, Number]]) -> Number:
    """Sample standard deviation of ln(later / earlier) over `(later, earlier)` pairs.

    Raises:
        FormulaError: If there are fewer than two pairs, or a change is not positive.
    """
    return standard_deviation([log(later / earlier) for later, earlier in pairs])


def _any_term(numbers: Sequence[Number]) -> bool:
    return any(isinstance(each, Term) for each in numbers)

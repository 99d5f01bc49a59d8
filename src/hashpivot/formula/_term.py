"""The term: a piece of a spreadsheet formula that knows its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import isclose, isfinite
from typing import Any

from hashpivot.core import HashpivotError, short_repr

COMPARISON, SUM, PRODUCT, ATOM = range(4)
"""How tightly a text binds: `A1>A2`, `A1+A2`, `A1*A2`, a cell or a function."""

LONGEST_TEXT, MOST_ARGUMENTS = 8_192, 255
"""What Excel accepts in one formula."""

_EXACT_INTEGERS = 2**53
"""Integers up to this are written without a decimal point."""


class FormulaError(HashpivotError):
    """A formula that no spreadsheet could compute, or that Excel would not accept."""


@short_repr
@dataclass(frozen=True, slots=True)
class Term:
    """Part of a formula.

    `Term("B2", 6) / (Term("B3", 1) + 2)` has the text `B2/(B3+2)` and the value 2. The text has brackets
    wherever the spreadsheet would otherwise compute in another order than Python did.

    Args:
        text: As a spreadsheet writes it, without the equals sign.
        value: What it comes to.
        bond: How tightly the text binds.

    Raises:
        FormulaError: If the text is longer than Excel accepts; from `/`, if the divisor is zero.
    """

    __array_ufunc__ = None  # numpy leaves `array * term` to the term, which refuses it

    text: str
    value: float
    bond: int = ATOM

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_TEXT:
            raise FormulaError(
                f"a formula of {len(self.text):,} characters",
                hint=f"Excel accepts {LONGEST_TEXT:,}: put parts of it into cells of their own",
            )

    def __add__(self, other: Any) -> Term:
        right = as_term(other)
        if right.text == "0":
            return self
        if self.text == "0":
            return right
        return Term(f"{self.within(SUM)}+{right.within(PRODUCT)}", self.value + right.value, SUM)

    def __sub__(self, other: Any) -> Term:
        right = as_term(other)
        if right.text == "0":
            return self
        return Term(f"{self.within(SUM)}-{right.within(PRODUCT)}", self.value - right.value, SUM)

    def __mul__(self, other: Any) -> Term:
        right = as_term(other)
        if "0" in (self.text, right.text):
            return literal(0)
        if right.text == "1":
            return self
        if self.text == "1":
            return right
        return Term(f"{self.within(PRODUCT)}*{right.within(ATOM)}", self.value * right.value, PRODUCT)

    def __truediv__(self, other: Any) -> Term:
        right = as_term(other)
        if right.text == "1":
            return self
        if not right.value:
            hint = "write ratio(), which says what stands in place of the quotient"
            raise FormulaError("a division by zero", where=f"{self.text}/{right.text}", hint=hint)
        return Term(f"{self.within(PRODUCT)}/{right.within(ATOM)}", self.value / right.value, PRODUCT)

    def __radd__(self, other: Any) -> Term:
        return as_term(other) + self

    def __rsub__(self, other: Any) -> Term:
        return as_term(other) - self

    def __rmul__(self, other: Any) -> Term:
        return as_term(other) * self

    def __rtruediv__(self, other: Any) -> Term:
        return as_term(other) / self

    def __neg__(self) -> Term:
        return Term(f"-{self.within(ATOM)}", -self.value, SUM)

    def __gt__(self, other: Any) -> Condition:
        return compare(self, ">", other, self.value > as_term(other).value)

    def __ge__(self, other: Any) -> Condition:
        return compare(self, ">=", other, self.value >= as_term(other).value)

    def __lt__(self, other: Any) -> Condition:
        return compare(self, "<", other, self.value < as_term(other).value)

    def __le__(self, other: Any) -> Condition:
        return compare(self, "<=", other, self.value <= as_term(other).value)

    def within(self, bond: int) -> str:
        """Its text, in brackets if it binds less tightly than `bond`."""
        return self.text if self.bond >= bond else f"({self.text})"

    def agrees(self, value: float | Decimal) -> bool:
        """True if it comes to `value`, to nine digits."""
        return isclose(self.value, float(value), rel_tol=1e-9, abs_tol=1e-9)


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of terms; `&` joins two.

    Args:
        text: As a spreadsheet writes it.
        value: Whether it holds.
    """

    text: str
    value: bool

    def __and__(self, other: Any) -> Condition:
        right = as_condition(other)
        return Condition(f"AND({self.text},{right.text})", self.value and right.value)

    __rand__ = __and__

    def __bool__(self) -> bool:
        raise FormulaError(
            "a condition between cells is neither true nor false until the sheet is computed",
            where=self.text,
            hint="write if_(condition, then, otherwise)",
        )


def literal(value: float) -> Term:
    """A constant.

    Raises:
        FormulaError: If it is not finite.
    """
    value = float(value)
    if not isfinite(value):
        raise FormulaError(f"{value} cannot be written into a cell")
    whole = value.is_integer() and abs(value) < _EXACT_INTEGERS
    text = str(int(value)) if whole else repr(value).upper()
    return Term(text, value, SUM if text.startswith("-") else ATOM)


def as_term(value: Any) -> Term:
    """A term, or the constant of a plain number.

    Raises:
        FormulaError: If it is neither.
    """
    if isinstance(value, Term):
        return value
    try:
        return literal(value)
    except (TypeError, ValueError):
        raise FormulaError(f"{type(value).__name__} is no number that a cell can hold") from None


def as_condition(value: Any) -> Condition:
    """A condition, or the constant of a truth value."""
    return value if isinstance(value, Condition) else Condition("TRUE" if value else "FALSE", bool(value))


def compare(left: Any, sign: str, right: Any, holds: bool) -> Condition:
    """The condition `left sign right`."""
    return Condition(f"{as_term(left).within(SUM)}{sign}{as_term(right).within(SUM)}", holds)


def call(function: str, arguments: list[Term] | tuple[Term, ...], value: float) -> Term:
    """A spreadsheet function of some terms.

    Raises:
        FormulaError: If there are more arguments than Excel accepts.
    """
    if len(arguments) > MOST_ARGUMENTS:
        hint = f"Excel accepts {MOST_ARGUMENTS}"
        raise FormulaError(f"{function} of {len(arguments)} arguments", hint=hint)
    return Term(f"{function}({','.join(each.text for each in arguments)})", value)

"""A small spreadsheet: computes the formulas that terms write, from their text alone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from statistics import stdev
from typing import Any

TOKEN = re.compile(r"\s*(\d+\.?\d*(?:E[+-]?\d+)?|[A-Z]+\d+|[A-Z]+|>=|<=|[-+*/^()<>=,])")
FUNCTIONS: dict[str, Callable[[list[Any]], float]] = {
    "SUM": sum,
    "SUMSQ": lambda values: sum(value * value for value in values),
    "AVERAGE": lambda values: sum(values) / len(values),
    "STDEV": stdev,
    "MIN": min,
    "MAX": max,
    "AND": all,
    "EXP": lambda values: math.exp(*values),
    "LN": lambda values: math.log(*values),
    "INT": lambda values: float(math.floor(*values)),
    "POWER": lambda values: values[0] ** values[1],
}
SIGNS: dict[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
}


class NoNumber(ArithmeticError):
    """`#DIV/0!` and the like."""


def compute(text: str, cells: Mapping[str, float]) -> float:
    """The value of a formula, as Excel reads it: unary minus first, then `* /`, `+ -`, comparisons."""
    reader = _Reader(text, cells)
    value = reader.comparison()()
    assert reader.next is None, f"left over: {reader.tokens[reader.at :]}"
    return value


Lazy = Callable[[], Any]


class _Reader:
    def __init__(self, text: str, cells: Mapping[str, float]) -> None:
        self.tokens, self.at, self.cells = TOKEN.findall(text), 0, cells
        assert "".join(self.tokens) == text.replace(" ", "")

    @property
    def next(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> str:
        self.at += 1
        return str(self.tokens[self.at - 1])

    def comparison(self) -> Lazy:
        left = self.sum()
        if self.next not in SIGNS:
            return left
        holds, right = SIGNS[self.take()], self.sum()
        return lambda: holds(left(), right())

    def sum(self) -> Lazy:
        value = self.product()
        while self.next in ("+", "-"):
            value = _join(self.take(), value, self.product())
        return value

    def product(self) -> Lazy:
        value = self.unary()
        while self.next in ("*", "/"):
            value = _join(self.take(), value, self.unary())
        return value

    def unary(self) -> Lazy:
        if self.next == "-":
            self.take()
            inner = self.unary()
            return lambda: -inner()
        return self.atom()

    def atom(self) -> Lazy:
        token = self.take()
        if token == "(":
            value = self.comparison()
            assert self.take() == ")"
            return value
        if token in ("TRUE", "FALSE"):
            return lambda: token == "TRUE"
        if self.next == "(":
            return self.function(token)
        if token in self.cells:
            return lambda: self.cells[token]
        return lambda: float(token)

    def function(self, name: str) -> Lazy:
        self.take()
        arguments = [self.comparison()]
        while self.next == ",":
            self.take()
            arguments.append(self.comparison())
        assert self.take() == ")"
        if name == "IF":
            condition, then, otherwise = arguments
            return lambda: then() if condition() else otherwise()
        return lambda: FUNCTIONS[name]([each() for each in arguments])


def _join(sign: str, left: Lazy, right: Lazy) -> Lazy:
    def quotient() -> float:
        below = right()
        if below == 0:
            raise NoNumber("#DIV/0!")
        return float(left() / below)

    return {
        "+": lambda: left() + right(), "-": lambda: left() - right(), "*": lambda: left() * right(),
        "/": quotient,
    }[sign]  # fmt: skip

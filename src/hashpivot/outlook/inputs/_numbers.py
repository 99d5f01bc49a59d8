"""Inputs with other numbers in them: the cells of a workbook in place of their values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from hashpivot.core import Quarter
from hashpivot.formula import Number

from ._company import CompanyInputs

T = TypeVar("T")
Change = Callable[[str, Any], Number]


def quarter_number(quarter: Quarter | Number) -> Number:
    """A quarter as a number, four to a year; a number stays as it is."""
    return quarter.year * 4 + quarter.number if isinstance(quarter, Quarter) else quarter


def with_numbers(inputs: CompanyInputs, change: Change) -> CompanyInputs:
    """A company's inputs, each number and quarter replaced; ranges are not checked again.

    Args:
        inputs: The inputs.
        change: From an input's key, such as `mining.uptime`, and its value to what takes its place.
    """
    sections = {
        each.name: _changed(getattr(inputs, each.name), each.name, change)
        for each in fields(inputs)
        if each.name not in ("ticker", "contracts", "power", "debt")
    }
    contracts = tuple(_changed(each, f"contracts.{each.name}", change) for each in inputs.contracts)
    power = tuple(_changed(each, f"power.{each.quarter}", change, ("quarter",)) for each in inputs.power)
    debt = tuple(_changed(each, f"debt.{each.name}", change) for each in inputs.debt)
    return _made(inputs, **sections, contracts=contracts, power=power, debt=debt)


def _changed(part: T, section: str, change: Change, kept: tuple[str, ...] = ()) -> T:
    values = {each.name: getattr(part, each.name) for each in fields(part)}  # type: ignore[arg-type]
    return _made(part, **{
        name: change(f"{section}.{name}", value)
        for name, value in values.items()
        if isinstance(value, int | float | Quarter) and name not in kept
    })  # fmt: skip


def _made(part: T, **values: Any) -> T:
    """A copy that holds other values, made without the checks that only plain numbers pass."""
    copy = object.__new__(type(part))
    for each in fields(part):  # type: ignore[arg-type]
        object.__setattr__(copy, each.name, values.get(each.name, getattr(part, each.name)))
    return copy

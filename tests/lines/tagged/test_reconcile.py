"""Rows that add up, found among rows that repeat others."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hashpivot.lines.tagged._reconcile import partition


def adding_up(values: list[Decimal], total: Decimal, unit: Decimal) -> tuple[int, ...] | None:
    found = partition(values, total, unit)
    return found.kept if found else None


AMOUNTS = st.lists(st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) * 1000), min_size=1, max_size=8)
UNIT = Decimal(1000)


@given(AMOUNTS)
def test_all_rows_are_kept_if_they_tie(values: list[Decimal]) -> None:
    assert adding_up(values, sum(values, Decimal(0)), UNIT) == tuple(range(len(values)))


@given(AMOUNTS, st.data())
def test_a_subtotal_printed_after_its_parts_is_left_out(values: list[Decimal], data: st.DataObject) -> None:
    upto = data.draw(st.integers(1, len(values)))
    subtotal = sum(values[:upto], Decimal(0))
    total = sum(values, Decimal(0))
    kept = adding_up([*values, subtotal], total, UNIT)
    assert kept is not None
    assert abs(sum(([*values, subtotal][i] for i in kept), Decimal(0)) - total) <= UNIT
    assert len(kept) >= len(values)


@given(AMOUNTS, st.integers(1, 10**6))
def test_what_is_found_always_ties(values: list[Decimal], total: int) -> None:
    kept = adding_up(values, Decimal(total), UNIT)
    assert kept is None or abs(sum((values[i] for i in kept), Decimal(0)) - total) <= UNIT


def test_rounding_of_one_unit_is_forgiven_and_two_are_not() -> None:
    assert adding_up([Decimal(5000), Decimal(6000)], Decimal(12000), UNIT) == (0, 1)
    assert adding_up([Decimal(5000), Decimal(6000)], Decimal(13000), UNIT) is None

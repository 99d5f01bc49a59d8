"""The picture of growth in the docs shows the numbers of the table above it."""

from __future__ import annotations

from benchmarks.growth import COMMANDS, PICTURE, TABLE, costs_of_table, picture_of


def test_the_picture_is_that_of_the_table() -> None:
    costs = list(costs_of_table(TABLE.read_text(encoding="utf-8")))
    assert {cost.command for cost in costs} >= set(COMMANDS)
    assert PICTURE.read_text(encoding="utf-8") == picture_of(costs), "python -m benchmarks.growth --draw"

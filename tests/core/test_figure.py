"""Figures, lines and errors."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, astuple, fields, replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import (
    GROUPS,
    MEASURES,
    FactLocator,
    Figure,
    Line,
    UnreadableFiling,
    not_derivable,
    not_disclosed,
)

FIGURE = Figure(
    ticker="RIOT",
    measure="revenue",
    line=Line.SELF_MINING,
    start=date(2024, 4, 1),
    end=date(2024, 6, 30),
    value=Decimal(55_764_000),
    unit="usd",
    label="Bitcoin Mining",
    source="abc",
    locator=FactLocator("1"),
    known=date(2024, 8, 1),
    decimals=-3,
)


def test_address_and_id() -> None:
    assert FIGURE.address == "RIOT/2024Q2/revenue/self_mining"
    assert FIGURE.id.startswith(FIGURE.address + "@") and len(FIGURE.id) == len(FIGURE.address) + 9
    assert replace(FIGURE, value=Decimal(1)).id != FIGURE.id
    assert replace(FIGURE, known=date(2025, 1, 1)).id == FIGURE.id
    assert replace(FIGURE, line=None, measure="total_revenue").address == "RIOT/2024Q2/total_revenue/total"
    assert FIGURE.unit_step == 1000 and replace(FIGURE, decimals=None).unit_step == 0


def test_a_figure_of_all_fields_is_the_one_of_named_ones() -> None:
    made = Figure.of_fields(*(getattr(FIGURE, field.name) for field in fields(Figure)))
    assert made == FIGURE and hash(made) == hash(FIGURE) and repr(made) == repr(FIGURE)
    assert made.id == FIGURE.id and astuple(made) == astuple(FIGURE)
    with pytest.raises(FrozenInstanceError):
        made.value = Decimal(1)  # type: ignore[misc]
    with pytest.raises(TypeError):
        Figure.of_fields("RIOT")


def test_a_changed_copy_has_an_id_of_its_own() -> None:
    assert FIGURE.id == FIGURE.id
    assert replace(FIGURE, label="Mining").id != FIGURE.id


def test_lines_have_groups_and_headings() -> None:
    assert {line.group for line in Line} == set(GROUPS)
    assert len({line.heading for line in Line}) == len(Line)
    assert Line.HOSTING.group == "mining" and Line.POWER.group == "other"


def test_measures_name_their_units() -> None:
    assert all(name == measure.name and measure.title and measure.unit for name, measure in MEASURES.items())


def test_missing_is_false_and_says_why() -> None:
    assert not not_disclosed("no table")
    assert str(not_derivable("no table")) == "not derivable: no table"


def test_errors_say_what_where_and_what_to_do() -> None:
    error = UnreadableFiling("no facts", where="a.htm", hint="give the primary document")
    assert str(error) == "a.htm: no facts\n  hint: give the primary document"
    assert error.to_dict() == {
        "kind": "unreadable_filing",
        "message": "a.htm: no facts",
        "hint": "give the primary document",
    }

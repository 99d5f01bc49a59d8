"""Locators: fields inside, one canonical text outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import (
    NO_LOCATOR,
    CellLocator,
    FactLocator,
    JoinedLocator,
    LabelLocator,
    Locator,
    PlainLocator,
    SentenceLocator,
    joined,
)

KINDS = {
    "fact:f-123": FactLocator("f-123"),
    "fact:n12": FactLocator("n12"),
    "table:31/row:12/col:15": CellLocator(31, 12, 15),
    "table:0/row:0/col:0": CellLocator(0, 0, 0),
    "p:12/s:3": SentenceLocator(12, 3),
    "row:Mining revenue": LabelLocator("Mining revenue"),
    "row:Cost (HPC + colocation)": LabelLocator("Cost (HPC + colocation)"),
    "row:fact:a+fact:b": LabelLocator("fact:a+fact:b"),
    "fact:a+fact:b": JoinedLocator((FactLocator("a"), FactLocator("b"))),
    "table:1/row:2/col:3+table:1/row:4/col:3": JoinedLocator((CellLocator(1, 2, 3), CellLocator(1, 4, 3))),
    "": NO_LOCATOR,
    "page 7": PlainLocator("page 7"),
    "a+b": PlainLocator("a+b"),
    "fact:a+b": PlainLocator("fact:a+b"),
    "table:01/row:2/col:3": PlainLocator("table:01/row:2/col:3"),
    "p:1/s:1\n": PlainLocator("p:1/s:1\n"),
}


@pytest.mark.parametrize(("text", "locator"), KINDS.items())
def test_a_text_is_parsed_to_its_kind_and_written_as_it_was(text: str, locator: Locator) -> None:
    assert Locator.parse(text) == locator
    assert str(locator) == f"{locator}" == text
    assert bool(locator) == bool(text)


pieces = st.sampled_from(
    ["fact:", "table:", "row:", "/row:", "/col:", "p:", "/s:", "+", "0", "7", "12", "x", " "]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_no_text_is_lost_or_changed(text: str) -> None:
    assert str(Locator.parse(text)) == text


def test_locators_of_one_place_are_equal_and_of_different_kinds_are_not() -> None:
    assert len({FactLocator("1"), FactLocator("1"), PlainLocator("fact:1"), LabelLocator("1")}) == 3
    assert SentenceLocator(1, 2) != CellLocator(1, 2, 0)


def test_several_places_are_joined_and_one_is_left_alone() -> None:
    one, two = FactLocator("a"), FactLocator("b")
    assert joined((one,)) is one
    assert str(joined((one, two))) == "fact:a+fact:b"

"""Short reprs tell what a thing is; full ones hold all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from hashpivot.core import UnknownKey, full_repr, html_table, near_keys, short_repr


@dataclass(frozen=True)
class Plain:
    number: int


@short_repr
@dataclass(frozen=True)
class Long:
    name: str
    numbers: tuple[int, ...]
    table: object
    plain: Plain
    hidden: str = field(default="secret", repr=False)


LONG = Long("x" * 100, tuple(range(1_000)), np.zeros((3, 4)), Plain(1))


def test_a_short_repr_gives_sizes_instead_of_contents() -> None:
    text = repr(LONG)
    assert text.startswith("Long(name='xxx") and "<tuple of 1000>" in text and "<ndarray 3x4>" in text
    assert "secret" not in text and len(text) < 150


def test_a_full_repr_holds_every_field_of_every_dataclass() -> None:
    value = Long("a", (1,), [Plain(2)], Plain(3))
    expected = "Long(name='a', numbers=(1,), table=[Plain(number=2)], plain=Plain(number=3))"
    assert full_repr(value) == expected
    assert full_repr({"k": (value, 1.5)}) == f"{{'k': ({expected}, 1.5)}}"


def test_a_full_repr_is_what_dataclass_writes() -> None:
    @dataclass
    class Outer:
        parts: tuple[Plain, ...]
        by_name: dict[str, Plain]

    outer = Outer((Plain(1), Plain(2)), {"a": Plain(3)})
    assert full_repr(outer) == repr(outer)


def test_a_table_shows_the_first_rows_and_how_many_more() -> None:
    shown = html_table("t", [{"n": n, "x": None, "y": 0.123456789} for n in range(30)])
    assert shown.count("<tr>") == 13 and "18 more rows" in shown and "0.123457" in shown


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("RIOX", "did you mean RIOT?"),
        ("riot", "did you mean RIOT?"),
        ("zzzz", "there are: RIOT, MARA"),
        (None, "there are: RIOT, MARA"),
    ],
)
def test_near_keys(key: object, hint: str) -> None:
    assert near_keys(key, ["RIOT", "MARA"]) == hint


def test_an_unknown_key_reads_as_an_error_of_ours() -> None:
    error = UnknownKey("no company 'X'", hint="did you mean Y?")
    assert isinstance(error, KeyError) and str(error) == "no company 'X'\n  hint: did you mean Y?"
    assert error.kind == "unknown_key"

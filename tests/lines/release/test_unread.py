"""Whatever is dropped from an understood row is reported, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hashpivot.lines import Reading, read
from hashpivot.testing import release_table

CASES = Path(__file__).parents[4] / "shared" / "cases" / "reliability" / "glued"
GLUED = sorted(path.stem for path in CASES.glob("*.htm")) if CASES.is_dir() else []
NO_PLAIN_NUMBER = frozenset(
    (
        "e",
        "e16",
        "range",
        "two",
        "slash",
        "x",
        "pct",
        "k",
        "K",
        "neg",
        "gt",
        "dots",
        "eu2",
        "dash",
        "foot_letter",
        "br",
    )
)
MONTHS = ("Metric", "December 2024", "November 2024")


def mined(reading: Reading) -> dict[str, str]:
    return {str(n.end): str(n.value) for n in reading.reported if n.measure.name == "bitcoin_mined"}


@pytest.mark.skipif(not GLUED, reason="the cases of ../shared/cases/reliability are not at hand")
@pytest.mark.parametrize("name", [name for name in GLUED if name != "total"] or ["none"])
def test_a_number_glued_to_something(name: str) -> None:
    reading = read(CASES / f"{name}.htm")
    found = mined(reading)
    assert found.pop("2024-11-30") == "495"
    named = [w for w in reading.warnings if "'Bitcoin Produced' at table:0/row:1/col:1" in w]
    if name in NO_PLAIN_NUMBER:
        assert found == {}
    assert found == {"2024-12-31": "516"} or (found == {} and named)


def test_each_cell_is_named_once(reader: Callable[..., Reading]) -> None:
    table = release_table(MONTHS, ("Bitcoin Produced", "~516", "495"), ("Bitcoin Held", "17,722", "16,728+"))
    (warning,) = [w for w in reader(table).warnings if "plain number" in w]
    assert warning == (
        "dated cells without a plain number left out: "
        "'Bitcoin Produced' at table:0/row:1/col:1 (December 2024) shows '~516'; "
        "'Bitcoin Held' at table:0/row:2/col:2 (November 2024) shows '16,728+'"
    )


def test_many_cells_are_counted(reader: Callable[..., Reading]) -> None:
    statement = release_table(
        ("", "Q1 2025", "Q1 2024"),
        ("Revenue", "500", "400"),
        *((f"Expense {n}", "see note 5", "3") for n in range(20)),
        ("Operating income", "50", "40"),
        ("Net income", "25", "20"),
    )
    (warning,) = [w for w in reader(statement).warnings if "plain number" in w]
    assert warning.endswith("shows 'see note 5' and 15 more")


def test_rows_that_are_not_understood_say_nothing(reader: Callable[..., Reading]) -> None:
    table = release_table(MONTHS, ("Bitcoin Produced", "516", "495"), ("Sites visited", "about 5", "7"))
    assert not [w for w in reader(table).warnings if "plain number" in w]


def test_months_in_rows(reader: Callable[..., Reading]) -> None:
    table = release_table(("Month", "Bitcoin Produced"), ("November 2024", "495"), ("December 2024", "~516"))
    reading = reader(table)
    assert mined(reading) == {"2024-11-30": "495"}
    assert any(
        re.search(r"'Bitcoin Produced' at table:0/row:2/col:1 .* shows '~516'", w) for w in reading.warnings
    )


def test_a_percentage_in_place_of_a_number(reader: Callable[..., Reading]) -> None:
    reading = reader(release_table(MONTHS, ("Bitcoin Produced", "516%", "495")))
    assert mined(reading) == {"2024-11-30": "495"}
    assert (
        "'Bitcoin Produced' at table:0/row:1/col:1 is left out: '516%' is a percentage or a multiple"
        in reading.warnings
    )

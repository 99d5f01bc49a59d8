"""The table of operating rows."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from hashpivot.lines.rules._operating_labels import operating_table, understood
from hashpivot.lines.rules._operating_units import unit_shift

ROWS = tomllib.loads(
    files("hashpivot.lines").joinpath("data", "operating_rows.toml").read_text(encoding="utf-8")
)["row"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_every_rule_finds_its_example(row: dict[str, str]) -> None:
    found = understood(row["example"], "")
    assert found is not None and ROWS[found.rule.rank] is row
    assert found.rule is operating_table().rules[found.rule.rank]


def test_a_word_nobody_knows_makes_a_row_mean_nothing() -> None:
    for row in ROWS:
        assert understood(f"{row['example']} Rockdale", "") is None


@pytest.mark.parametrize(
    ("unit", "text", "shift"),
    [
        ("ehs", "Hash rate (EH/s)", 0),
        ("ehs", "Hash rate in petahash per second", -3),
        ("ehs", "TH/s", -6),
        ("ehs", "Hash rate", None),
        ("ehs", "EH/s (PH/s before)", None),
        ("usd_per_mwh", "c/kWh", 1),
        ("usd_per_mwh", "$/kWh", 3),
        ("usd_per_mwh", "USD per megawatt hour", 0),
        ("usd_per_mwh", "Power cost", None),
        ("btc", "Bitcoin", 0),
        ("usd", "in millions", 6),
        ("j_per_th", "W/TH", 0),
    ],
)
def test_units(unit: str, text: str, shift: int | None) -> None:
    assert unit_shift(unit, [text]) == shift

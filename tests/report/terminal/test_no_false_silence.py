"""What the ledger does not hold is never printed as not disclosed."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from hashpivot.report.shared import plain, season_message
from hashpivot.report.terminal import print_lines
from hashpivot.testing import bundled_desk


@pytest.mark.parametrize("ticker", ["RIOT", "MARA", "CORZ"])
def test_lines_show_a_dash_and_say_where_the_reason_stands(ticker: str) -> None:
    console = Console(file=io.StringIO(), width=120)
    print_lines(ticker, bundled_desk().lines(ticker).quarters, console)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "n/d" not in text and "disclosed" not in text
    assert "– absent; --json says for each why." in text


def test_before_the_halving_no_gross_profit_on_both_sides_is_claimed() -> None:
    season = bundled_desk().season("2024Q1")
    assert {company["profitability"].verdict for company in season.companies} == {"before_halving"}
    caveat = plain(season_message(season).caveat)
    assert caveat.startswith("Revenue by line is known for") and "both sides" not in caveat

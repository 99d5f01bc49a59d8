from __future__ import annotations

from hashpivot.report.shared import plain, season_message
from hashpivot.testing import bundled_desk


def test_before_the_halving_no_gross_profit_on_both_sides_is_claimed() -> None:
    season = bundled_desk().season("2024Q1")
    assert {company["profitability"].verdict for company in season.companies} == {"before_halving"}
    caveat = plain(season_message(season).caveat)
    assert caveat.startswith("Revenue by line is known for") and "both sides" not in caveat

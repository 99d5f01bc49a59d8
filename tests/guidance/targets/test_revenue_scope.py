"""Whose revenue a number speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import find_targets


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("We expect revenue of $80 million to $95 million for the second quarter of 2026.", "total"),
        ("Total revenue is expected to be $175 million in 2026.", "total"),
        ("In 2026 we expect $50 million of revenue.", "total"),
        ("We anticipate AI cloud revenue of $32 million in 2026.", "ai_cloud"),
        ("We expect revenue of $50 million from our GPU cloud in 2026.", "ai_cloud"),
        ("We expect HPC leasing revenue of $50 million in 2026.", "ai_colocation"),
        ("We expect revenue of $50 million from bitcoin mining in 2026.", "self_mining"),
        ("We expect engineering revenue of $50 million in 2026.", "engineering"),
        ("We expect lease revenue of $50 million in 2026.", ""),
        ("We expect revenue from the contract of $50 million in 2026.", ""),
        ("We expect to generate revenue of $50 million at the site in 2026.", ""),
        ("We expect bitcoin mining and cloud revenue of $50 million in 2026.", ""),
        ("We target AI cloud ARR of $450 million by the end of 2026.", "ai_cloud"),
        ("We expect total annualized revenue of $450 million by the end of 2026.", "total"),
        ("We expect annualized revenue of $450 million by the end of 2026.", ""),  # of a contract, or a site
        ("We expect to operate 45 EH/s by the end of 2026.", ""),
    ],
)
def test_scope(sentence: str, scope: str) -> None:
    prose = read_prose("made-up.htm", data=f"<html><body><p>{sentence}</p></body></html>".encode())
    (target,) = find_targets(prose, said_on=date(2025, 11, 6), calendar=FiscalCalendar(YearEnd(12)))
    assert target.scope == scope

"""When costs of an old quarter, or of another business, say nothing of adjusted EBITDA."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Line, Missing, Quarter
from hashpivot.nowcast import CompanyNowcast, Estimate, nowcast
from hashpivot.testing import MadeUpMiner

Q4 = Quarter(2024, 4)


def of(made: MadeUpMiner, history: NetworkHistory) -> CompanyNowcast:
    return nowcast(made.view(), history, Q4, as_of=Q4.end, track=tuple)["TEST"]


def reported(made: MadeUpMiner, text: str, hosting: float, ai: float, ebitda: float | None) -> None:
    """A quarter by line, with its total and, unless None, adjusted EBITDA."""
    made.quarter(text, Line.HOSTING, hosting).quarter(text, Line.AI_CLOUD, ai).quarter(
        text, None, hosting + ai
    )
    if ebitda is not None:
        quarter = Quarter.parse(text)
        made.figure("adjusted_ebitda", quarter.start, quarter.end, ebitda, source=f"8-K {text}")


def test_costs_of_the_same_business_give_it(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner()
    reported(made, "2024Q2", 30e6, 10e6, 12e6)
    reported(made, "2024Q3", 28e6, 12e6, None)
    found = of(made, history)
    assert isinstance(found.adjusted_ebitda, Estimate)
    assert found.adjusted_ebitda.median_usd == pytest.approx(12e6, rel=0.3)
    assert "its own definition" in found.ebitda_basis and "2024Q2" in found.ebitda_basis
    assert found.to_dict()["adjusted_ebitda"]["basis"] == found.ebitda_basis


def test_costs_of_another_mix_do_not(miner: Callable[..., MadeUpMiner], history: NetworkHistory) -> None:
    made = miner()
    reported(made, "2024Q2", 38e6, 2e6, 12e6)
    reported(made, "2024Q3", 10e6, 40e6, None)
    found = of(made, history)
    assert isinstance(found.adjusted_ebitda, Missing)
    assert "2024Q2, when AI and chips brought 5% of revenue, now 8" in found.adjusted_ebitda.reason
    assert not found.ebitda_basis


def test_costs_three_quarters_before_the_last_report_do_not(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    made = miner()
    reported(made, "2023Q4", 30e6, 10e6, 12e6)
    for text in ("2024Q1", "2024Q2", "2024Q3"):
        reported(made, text, 30e6, 10e6, None)
    found = of(made, history)
    assert isinstance(found.adjusted_ebitda, Missing)
    assert "2023Q4, 3 quarters before its last report, 2024Q3" in found.adjusted_ebitda.reason


def test_all_quarters_tell_whether_fair_value_is_counted(
    miner: Callable[..., MadeUpMiner], history: NetworkHistory
) -> None:
    """More than all revenue a year before: what counts the fair value of bitcoin then counts it still."""
    made = miner()
    reported(made, "2023Q2", 30e6, 10e6, 90e6)
    reported(made, "2024Q3", 30e6, 10e6, -20e6)
    found = of(made, history)
    assert isinstance(found.adjusted_ebitda, Missing)
    assert "fair value of bitcoin" in found.adjusted_ebitda.reason

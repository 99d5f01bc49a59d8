from __future__ import annotations

import pytest

from hashpivot.company import CompanyProfile
from hashpivot.core import Line
from hashpivot.testing import MadeUpMiner

from .conftest import profile


def made(miner: MadeUpMiner, **quarters: dict[Line, float]) -> CompanyProfile:
    """A miner with these millions by line and quarter, each with its total."""
    for quarter, lines in quarters.items():
        for line, millions in lines.items():
            miner.quarter(quarter, line, millions * 1e6)
        miner.quarter(quarter, None, sum(lines.values()) * 1e6)
    return profile(miner)


MINING, CLOUD, COLOCATION = Line.SELF_MINING, Line.AI_CLOUD, Line.AI_COLOCATION


def test_one_ai_line(miner: MadeUpMiner) -> None:
    said = made(
        miner,
        **{
            "2024Q1": {MINING: 100},
            "2024Q4": {MINING: 70, COLOCATION: 30},
            "2025Q1": {MINING: 50, COLOCATION: 50},
        },
    ).message.title
    assert (
        said
        == "AI colocation brings 50% of revenue and grew 67% in a quarter; self-mining fell 50% on the year."
    )


def test_two_ai_lines_are_told_together(miner: MadeUpMiner) -> None:
    said = made(miner, **{"2025Q1": {MINING: 50, COLOCATION: 30, CLOUD: 20}}).message.title
    assert said == "AI brings 50% of revenue."


def test_mining_alone(miner: MadeUpMiner) -> None:
    said = made(miner, **{"2024Q1": {MINING: 80, Line.HOSTING: 20}, "2025Q1": {MINING: 90, Line.HOSTING: 60}})
    assert said.message.title == (
        "Self-mining is 60% of revenue and nothing comes from AI or chips; revenue grew 50% on the year."
    )


def test_one_line_alone(miner: MadeUpMiner) -> None:
    said = made(miner, **{"2024Q1": {MINING: 80}, "2025Q1": {MINING: 60}}).message.title
    assert said == "All revenue is self-mining; it fell 25% on the year."


def test_a_total_alone_says_what_was_known_last(miner: MadeUpMiner) -> None:
    made(miner, **{"2024Q1": {MINING: 80, CLOUD: 20}})
    said = profile(miner.quarter("2025Q1", None, 150e6)).message.title
    assert (
        said == "Revenue grew 50% on the year, to $150.0m; in 2024Q1, the last known by line, AI brought 20%."
    )


def test_no_revenue_but_bitcoin(miner: MadeUpMiner) -> None:
    for month in (1, 2, 3):
        miner.month(2025, month, bitcoin_mined=100)
    assert (
        profile(miner).message.title
        == "TEST Mining mined 300 bitcoin in 2025Q1; its revenue is not in the ledger."
    )


def test_revenue_on_no_line_is_the_caveat(miner: MadeUpMiner) -> None:
    miner.quarter("2025Q1", MINING, 60e6).quarter("2025Q1", CLOUD, 20e6).quarter("2025Q1", None, 100e6)
    assert profile(miner).message.caveat == "20% of revenue stands on no line."


@pytest.mark.parametrize("count", [1, 9])
def test_the_message_does_not_depend_on_the_quarters_shown(miner: MadeUpMiner, count: int) -> None:
    made(miner, **{"2024Q1": {MINING: 100}, "2024Q4": {MINING: 80}, "2025Q1": {MINING: 50, CLOUD: 50}})
    assert (
        profile(miner, count).message.title
        == "AI cloud brings 50% of revenue; self-mining fell 50% on the year."
    )


def test_a_share_beside_revenue_on_no_line_is_at_least_that(miner: MadeUpMiner) -> None:
    miner.quarter("2025Q1", CLOUD, 20e6).quarter("2025Q1", None, 100e6)
    assert profile(miner).message.title == "AI cloud brings at least 20% of revenue."

from __future__ import annotations

from dataclasses import replace

import pytest

from hashpivot.company import CompanyProfile
from hashpivot.core import Line
from hashpivot.testing import MadeUpMiner

from .conftest import ProfileOf, profile


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
    assert profile(miner).message.caveat == "20% of revenue is not attributed to a line."


def fitted_out(miner: MadeUpMiner, total: float) -> MadeUpMiner:
    """AI revenue of 50 million, 40 of it fit-out, beside a total."""
    miner.quarter("2025Q1", COLOCATION, 10e6).quarter("2025Q1", COLOCATION, 40e6)
    rent, fit_out = miner.figures[-2:]
    miner.figures[-2:] = replace(rent, qualifier="rent"), replace(fit_out, qualifier="fit_out")
    return miner.quarter("2025Q1", None, total)


def test_a_share_of_ai_revenue_that_is_fit_out_is_the_caveat(miner: MadeUpMiner) -> None:
    assert profile(fitted_out(miner, 50e6)).message.caveat == "80% of its AI revenue is fit-out, not rent."


def test_no_share_of_ai_revenue_where_some_may_be_unattributed(miner: MadeUpMiner) -> None:
    assert profile(fitted_out(miner, 100e6)).message.caveat == (
        "$40.0m of its AI revenue is fit-out, not rent; 50% of revenue is not attributed to a line."
    )


def test_without_figures_the_first_report_is_named(profile_of: ProfileOf) -> None:
    caveat = profile_of("EBON").message.caveat
    assert caveat.startswith("The first report to get: ") and caveat.endswith(": total revenue.")


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

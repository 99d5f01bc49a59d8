from __future__ import annotations

from datetime import date

import pytest

from hashpivot.company import number_in
from hashpivot.testing import MadeUpMiner

from .conftest import profile


def shares(miner: MadeUpMiner, quarter_end: date, count: float) -> MadeUpMiner:
    return miner.figure("shares_outstanding", None, quarter_end, count, source=f"report {quarter_end}")


def test_counts_before_a_split_are_adjusted(miner: MadeUpMiner) -> None:
    shares(miner, date(2024, 3, 31), 300e6)
    miner.figure("stock_split_ratio", date(2024, 8, 1), date(2024, 8, 15), 0.1, source="split")
    shares(miner, date(2025, 3, 31), 36e6)
    miner.quarter("2025Q1", None, 50e6)
    counts = profile(miner).shares
    assert number_in(counts.adjusted[-5]) == pytest.approx(30_000_000)
    assert counts.growth_yoy[-1].value == pytest.approx(0.2)
    assert [(split.day, float(split.ratio)) for split in counts.splits] == [(date(2024, 8, 15), 0.1)]


def test_a_ratio_tagged_the_other_way_round(miner: MadeUpMiner) -> None:
    shares(miner, date(2024, 3, 31), 300e6)
    miner.figure("stock_split_ratio", date(2024, 8, 1), date(2024, 8, 15), 10, source="split")
    shares(miner, date(2025, 3, 31), 36e6)
    miner.quarter("2025Q1", None, 50e6)
    counts = profile(miner).shares
    assert number_in(counts.adjusted[-5]) == pytest.approx(30_000_000)
    assert float(counts.splits[0].ratio) == pytest.approx(0.1)


def test_without_a_split_they_stay(miner: MadeUpMiner) -> None:
    shares(miner, date(2024, 3, 31), 300e6)
    shares(miner, date(2025, 3, 31), 330e6)
    miner.quarter("2025Q1", None, 50e6)
    counts = profile(miner).shares
    assert counts.splits == () and counts.growth_yoy[-1].value == pytest.approx(0.1)
    assert number_in(counts.adjusted[-5]) == 300_000_000

from __future__ import annotations

from datetime import date

import pytest

from hashpivot.company import number_in
from hashpivot.season import Metric
from hashpivot.testing import MadeUpMiner

from .conftest import profile

MONTHS = (
    (date(2025, 1, 1), date(2025, 1, 31)),
    (date(2025, 2, 1), date(2025, 2, 28)),
    (date(2025, 3, 1), date(2025, 3, 31)),
)


def averages(miner: MadeUpMiner, *ehs: float) -> MadeUpMiner:
    for (start, end), rate in zip(MONTHS, ehs, strict=False):
        miner.figure("hash_rate_average", start, end, rate, source=f"update {end}")
    return miner.quarter("2025Q1", None, 50e6)


def test_three_months_give_the_quarters_average_hash_rate(miner: MadeUpMiner) -> None:
    amount = profile(averages(miner, 10, 20, 30)).operating.newest("hash_rate_average")
    assert isinstance(amount, Metric) and len(amount.figures) == 3
    assert amount.value == pytest.approx((31 * 10 + 28 * 20 + 31 * 30) / 90)


def test_two_months_do_not(miner: MadeUpMiner) -> None:
    assert number_in(profile(averages(miner, 10, 20)).operating.newest("hash_rate_average")) is None


def test_a_reported_average_stands_before_that_of_its_months(miner: MadeUpMiner) -> None:
    averages(miner, 10, 20, 30).figure(
        "hash_rate_average", date(2025, 1, 1), date(2025, 3, 31), 21, source="10-Q 2025Q1"
    )
    assert number_in(profile(miner).operating.newest("hash_rate_average")) == 21

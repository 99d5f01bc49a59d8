from datetime import date, timedelta

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import parse_day
from tools.evaluate.market_cases import BAND, WEEKS, Case, coverage
from tools.evaluate.market_choice import with_record_factor
from tools.evaluate.market_fees import CANDIDATES, CHOSEN, before, regimes


def test_a_factor_learned_from_the_record_waits_for_outcomes() -> None:
    first = date(2020, 1, 5)
    some = [
        Case("m", "price", 1, first + timedelta(7 * week), -1.0, 1.0, 2.0 if week % 2 else -2.0, 0.5)
        for week in range(60)
    ]
    widened = with_record_factor(some, 2.0)
    assert all(case.high == 1.0 for case in widened[: WEEKS - 1])
    assert widened[WEEKS + 1].high == pytest.approx(2.0)
    assert coverage(some) == 0.0
    assert coverage(widened) > BAND - 0.1


def test_regimes_of_fees_are_told_apart_by_one_level(network: NetworkHistory) -> None:
    known = network.until(parse_day("2021-12-31"))
    found, today = CANDIDATES[CHOSEN](known), before(known)
    assert found == regimes(known, 6, 5)
    assert found.noise / (1 - found.persistence**2) ** 0.5 > today.noise / (1 - today.persistence**2) ** 0.5
    assert found.busy_factor > 5 > found.busy_factor / 5

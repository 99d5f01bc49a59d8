from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NoData
from hashpivot.nowcast import Days, days_known

HALVING = date(2024, 4, 19)
RUNES = date(2024, 4, 20)


def test_what_one_ehs_earned_is_the_networks_own_sum(history: NetworkHistory, days: Days) -> None:
    start, end = date(2024, 4, 1), date(2024, 6, 30)
    span = days.span(start, end)
    assert days.btc_per_eh[span].sum() == pytest.approx(history.over(start, end).btc_per_eh, rel=1e-12)


def test_the_halving_day_is_split(days: Days) -> None:
    subsidy = days.subsidy_btc[days.span(HALVING, RUNES)]
    assert 3.125 < subsidy[0] < 6.25
    assert subsidy[1] == 3.125


def test_a_month_of_estimated_fees_is_its_mean(days: Days) -> None:
    """The day after the halving paid 1,257.7 BTC; the table holds what April 2024 paid a block."""
    fees = days.fees_btc[days.span(RUNES, RUNES)][0]
    month = days.span(date(2024, 4, 1), date(2024, 4, 30))
    assert days.fees_btc[month] == pytest.approx(fees, rel=0.01)
    assert not days.fees_slack_btc[month].any()


def test_nothing_later_is_known(history: NetworkHistory) -> None:
    before = days_known(history, date(2026, 7, 1))
    later = NetworkHistory(history[: (date(2026, 7, 1) - history.first_day).days + 1])
    again = days_known(later, date(2026, 7, 1))
    assert np.array_equal(before.fees_btc, again.fees_btc)
    assert before.last == date(2026, 7, 1)


def test_missing_fees_carry_an_interval(history: NetworkHistory) -> None:
    days = days_known(history, date(2026, 8, 1))
    span = days.span(date(2026, 6, 10), date(2026, 7, 31))
    assert (days.fees_slack_btc[span] > 0).all()
    assert (days.fees_btc[span] > 0).all()
    exact = days.span(date(2025, 1, 1), date(2025, 12, 31))
    assert not days.fees_slack_btc[exact].any()


def test_a_day_before_all_data_is_refused(history: NetworkHistory) -> None:
    with pytest.raises(NoData, match="2009-01-03"):
        days_known(history, date(2009, 1, 3))

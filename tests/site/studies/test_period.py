"""The days decided by default, and hours asked for that do not exist."""

from datetime import date, datetime

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import InvalidPrices, PriceHistory, Site, backtest, default_period, plan
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()


@pytest.mark.parametrize("skipped", [0, 1, 7, 23])
@pytest.mark.parametrize("start", [date(2024, 1, 1), date(2024, 2, 1)])  # the latter over a clock change
def test_the_default_period_has_enough_before_it(west: Site, start: date, skipped: int) -> None:
    prices = made_up_prices(70, start=start)
    prices = prices.part(skipped, prices.hours - 5)
    first, last = default_period(west, prices)
    clock = prices.clock(west.zoneinfo)
    before = int((clock.day < np.datetime64(first)).sum())
    assert 61 * 24 <= before < 62 * 24
    assert np.datetime64(last) + 1 <= clock.end.astype("datetime64[D]")
    backtest(west, prices, first, last, network=NETWORK)


def test_too_few_prices_for_any_day_are_told(west: Site, made: PriceHistory) -> None:
    for days in (3, 61):
        with pytest.raises(InvalidPrices, match=r"no day up to .* has 1464 hours of prices before it"):
            default_period(west, made.part(0, days * 24))
    assert default_period(west, made, date(2024, 2, 2), date(2024, 3, 3)) == (
        date(2024, 2, 2),
        date(2024, 3, 3),
    )


def test_a_day_held_in_part_is_noted(west: Site, made: PriceHistory) -> None:
    done = backtest(west, made.part(0, made.hours - 5), date(2024, 4, 1), date(2024, 4, 9), network=NETWORK)
    assert any("the last day is not whole" in note for note in done.notes)
    whole = backtest(west, made, date(2024, 4, 1), date(2024, 4, 9), network=NETWORK)
    assert not any("not whole" in note for note in whole.notes)


def test_an_hour_that_clocks_skip_is_refused(west: Site, made: PriceHistory) -> None:
    with pytest.raises(InvalidPrices, match="clocks go forward over it"):
        plan(west, made, datetime(2024, 3, 10, 2, 30), network=NETWORK)
    for outside in (datetime(2023, 12, 31, 23), datetime(2024, 4, 11)):
        with pytest.raises(InvalidPrices, match="end or begin there"):
            plan(west, made, outside, network=NETWORK)


def test_fewer_hours_than_asked_for_are_noted(west: Site, made: PriceHistory) -> None:
    planned = plan(west, made, datetime(2024, 4, 9, 15), 34, network=NETWORK)
    hours = len(planned.to_dict()["hours"])
    assert any(f"end after {hours} of the 34 hours asked for" in note for note in planned.to_dict()["notes"])
    assert not plan(west, made, datetime(2024, 4, 1, 15), 34, network=NETWORK).to_dict()["notes"]

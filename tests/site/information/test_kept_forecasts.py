"""Forecasts of earlier days are kept between decisions, and made anew where what they knew changed."""

from __future__ import annotations

import numpy as np
import pytest

from hashpivot.site import PriceHistory, load_site
from hashpivot.site.information import BasisForecaster
from hashpivot.site.information import _forecast_schedule as module
from hashpivot.testing import made_up_prices

SITE, FIRST = load_site("west_texas"), 70 * 24


def middles(prices: PriceHistory) -> list[np.ndarray]:
    schedule = module.ForecastSchedule(
        prices, prices.clock(SITE.zoneinfo), SITE.market, FIRST, FIRST + 1, BasisForecaster
    )
    return [vintage.middle for vintage in schedule.daily.vintages]


@pytest.mark.parametrize(
    ("column", "position"), [("rt_usd_per_mwh", 30 * 24), ("da_usd_per_mwh", 68 * 24), ("load_mw", 20 * 24)]
)
def test_a_corrected_price_is_seen(column: str, position: int) -> None:
    prices = made_up_prices()
    first = middles(prices)
    assert all(one is other for one, other in zip(first, middles(prices), strict=True))
    values = prices[column].copy()
    values[position : position + 300] += 500.0
    corrected = prices.with_columns({**prices.columns, column: values})
    kept = middles(corrected)
    module._fitted.clear()
    module._issued.clear()
    anew = middles(corrected)
    assert all((one == other).all() for one, other in zip(kept, anew, strict=True))
    assert any((one != other).any() for one, other in zip(kept, first, strict=True)) == (column != "load_mw")


def test_no_more_are_kept_than_a_year_needs() -> None:
    middles(made_up_prices())
    assert 0 < len(module._issued) <= module._KEPT_VINTAGES and len(module._fitted) <= module._KEPT

"""Forecasts of earlier days are kept between decisions, and made anew where what they knew changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import pytest

from hashpivot.site import PriceHistory, load_site
from hashpivot.site.forecast import Quantiles
from hashpivot.site.information import BasisForecaster, Forecaster
from hashpivot.site.information import _forecast_schedule as module
from hashpivot.site.model import BoundedCache, Times
from hashpivot.testing import made_up_prices

SITE, FIRST = load_site("west_texas"), 70 * 24


def middles(prices: PriceHistory, make: Callable[[], Forecaster] = BasisForecaster) -> list[np.ndarray]:
    schedule = module.ForecastSchedule(
        prices, prices.clock(SITE.zoneinfo), SITE.market, FIRST, FIRST + 1, make
    )
    return [vintage.middle for vintage in schedule.daily.vintages]


@pytest.mark.parametrize(
    ("column", "position"), [("rt_usd_per_mwh", 30 * 24), ("da_usd_per_mwh", 68 * 24), ("load_mw", 20 * 24)]
)
def test_a_corrected_price_is_seen(column: str, position: int, monkeypatch: pytest.MonkeyPatch) -> None:
    prices = made_up_prices()
    first = middles(prices)
    assert all(one is other for one, other in zip(first, middles(prices), strict=True))
    values = prices[column].copy()
    values[position : position + 300] += 500.0
    corrected = prices.with_columns({**prices.columns, column: values})
    kept = middles(corrected)
    monkeypatch.setattr(module, "_fitted", BoundedCache(80))
    monkeypatch.setattr(module, "_issued", BoundedCache(400))
    anew = middles(corrected)
    assert all((one == other).all() for one, other in zip(kept, anew, strict=True))
    assert any((one != other).any() for one, other in zip(kept, first, strict=True)) == (column != "load_mw")


@dataclass
class Shifted:
    """A forecaster as someone may write it: not hashable, and equal to every other one."""

    inner: BasisForecaster = field(default_factory=BasisForecaster, compare=False)

    def fit(self, history: PriceHistory) -> Self:
        self.inner.fit(history)
        return self

    def predict(self, known: PriceHistory, hours: Times) -> Quantiles:
        return self.inner.predict(known, hours)


def test_a_forecaster_need_not_be_hashable() -> None:
    assert Shifted() == Shifted()
    own, shipped = middles(made_up_prices(), Shifted), middles(made_up_prices())
    assert all((one == other).all() for one, other in zip(own, shipped, strict=True))

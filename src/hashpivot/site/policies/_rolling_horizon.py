"""The rolling horizon as a policy: each hour by a fresh look at the prices ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..economics import Operation
from ..information import BasisForecaster, Forecaster
from ._policy import DispatchWindow
from ._rolling_dispatch import RollingDispatch


@dataclass(frozen=True, slots=True)
class RollingHorizon:
    """Each hour the best step over a lattice of forecast prices, with what is known at that hour.

    Args:
        make_forecaster: Makes the forecaster that is refitted each month on what came before; one that can
            forecast from many hours at once (`predict_all`) also forecasts each hour.
        name: Key of its results; give another to compare forecasters in one backtest.
        title: How it is called in tables.
    """

    make_forecaster: Callable[[], Forecaster] = BasisForecaster
    name: str = "rolling_horizon"
    title: str = "rolling horizon"

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            InvalidPrices: If fewer than 61 days come before the window.
            Unsolvable: If the site's limit cannot be kept.
        """
        return self.dispatch(window).operation()

    def dispatch(self, window: DispatchWindow) -> RollingDispatch:
        """Return the working parts of its decisions over a window."""
        schedule = window.schedule(self.make_forecaster)
        return RollingDispatch(window.knowledge, schedule, window.first, window.end, window.regime)

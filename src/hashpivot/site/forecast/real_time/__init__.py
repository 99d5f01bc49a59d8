"""Real-time prices: a distribution around the day-ahead price."""

from ._distribution import DayAheadForecaster, RealTimeForecaster

__all__ = [
    "DayAheadForecaster",
    "RealTimeForecaster",
]

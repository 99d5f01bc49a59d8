"""Coincident peaks: how likely each hour sets the month's highest load."""

from ._load_features import month_peaks
from ._peak_chance import PeakForecaster, next_hour_peaks

__all__ = [
    "PeakForecaster",
    "month_peaks",
    "next_hour_peaks",
]

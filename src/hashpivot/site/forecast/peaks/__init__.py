"""Coincident peaks: how likely each hour sets the month's highest load."""

from ._load_features import month_peaks
from ._load_history import AHEAD
from ._next_hour import FEWEST_MONTHS, next_hours_peaks
from ._peak_chance import PeakForecaster
from ._whole_months import whole_months

__all__ = [
    "AHEAD",
    "FEWEST_MONTHS",
    "PeakForecaster",
    "month_peaks",
    "next_hours_peaks",
    "whole_months",
]

"""Coincident peaks: how likely each hour sets the month's highest load."""

from ._load_features import month_peaks
from ._peak_chance import FEWEST_MONTHS, PeakForecaster, next_hour_peaks
from ._peak_examples import whole_months

__all__ = [
    "FEWEST_MONTHS",
    "PeakForecaster",
    "month_peaks",
    "next_hour_peaks",
    "whole_months",
]

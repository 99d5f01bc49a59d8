"""Forecasts a site runs on: power prices as distributions, the day-ahead committee, coincident peaks.

Every forecaster is given what is known and never reads beyond it; a value that is not known yet is not a
number. Prices are in USD/MWh, times in UTC.
"""

from hashpivot._lazy import lazy_names

from .day_ahead import CommitteeMember, DailyPanel, DayAheadCommittee, DayAheadWalk
from .hours import (
    ForecastFrame,
    PlainFrame,
    gates,
    known_ahead,
    known_at,
    known_until,
    local_hours,
    publications,
    tomorrow_known,
)
from .learning import LEVELS, BernsteinWeights, Quantiles, RollingWeights, WeightLearner, coverage, pinball
from .peaks import (
    AHEAD,
    FEWEST_MONTHS,
    PeakForecaster,
    month_peaks,
    next_hours_peaks,
    whole_months,
)
from .real_time import DayAheadForecaster, RealTimeForecaster

__all__ = [
    "AHEAD",
    "FEWEST_MONTHS",
    "LEVELS",
    "BernsteinWeights",
    "CommitteeMember",
    "DailyPanel",
    "DayAheadCommittee",
    "DayAheadForecaster",
    "DayAheadWalk",
    "ForecastFrame",
    "PeakForecaster",
    "PlainFrame",
    "Quantiles",
    "RealTimeForecaster",
    "RollingWeights",
    "WeightLearner",
    "coverage",
    "gates",
    "known_ahead",
    "known_at",
    "known_until",
    "local_hours",
    "month_peaks",
    "next_hours_peaks",
    "pinball",
    "publications",
    "tomorrow_known",
    "whole_months",
]

__getattr__, __dir__ = lazy_names(__name__)

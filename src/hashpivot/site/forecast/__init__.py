"""Forecasts a site runs on: power prices as distributions, the the day-ahead committee, coincident peaks.

Every forecaster is given what is known and never reads beyond it; a value that is not known yet is not a
number. Prices are in USD/MWh, times in UTC.
"""

from hashpivot._lazy import lazy_names

from .day_ahead import DailyPanel, DayAheadCommittee, DayAheadWalk, Member
from .hours import PlainTable, Table, known_ahead, known_at, known_until, local_hours
from .learning import LEVELS, Quantiles, RollingWeights, coverage, pinball
from .peaks import PeakForecaster, month_peaks, next_hour_peaks
from .real_time import DayAheadForecaster, RealTimeForecaster

__all__ = [
    "LEVELS",
    "DailyPanel",
    "DayAheadCommittee",
    "DayAheadForecaster",
    "DayAheadWalk",
    "Member",
    "PeakForecaster",
    "PlainTable",
    "Quantiles",
    "RealTimeForecaster",
    "RollingWeights",
    "Table",
    "coverage",
    "known_ahead",
    "known_at",
    "known_until",
    "local_hours",
    "month_peaks",
    "next_hour_peaks",
    "pinball",
]

__getattr__, __dir__ = lazy_names(__name__)

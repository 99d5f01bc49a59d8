"""Forecasts a site runs on: power prices as distributions, the day-ahead committee, difficulty, hashprice.

Every forecaster is given what is known and never reads beyond it; a value that is not known yet is not a
number. Prices are in USD/MWh, times in UTC.
"""

from ._combine import RollingWeights
from ._committee import DayAheadCommittee, DayAheadWalk, Member
from ._difficulty import DifficultyForecast, next_difficulty
from ._hashprice import HashpriceForecast, next_hashprices
from ._panel import DailyPanel
from ._peak_features import month_peaks
from ._peaks import PeakForecaster, next_hour_peaks
from ._publication import known_at, known_until, local_hours
from ._quantiles import LEVELS, Quantiles, coverage, pinball
from ._spread import DayAheadForecaster, RealTimeForecaster
from ._table import PlainTable, Table, known_ahead

__all__ = [
    "LEVELS",
    "DailyPanel",
    "DayAheadCommittee",
    "DayAheadForecaster",
    "DayAheadWalk",
    "DifficultyForecast",
    "HashpriceForecast",
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
    "next_difficulty",
    "next_hashprices",
    "next_hour_peaks",
    "pinball",
]

"""Hours as a forecaster sees them: columns, what is published when, features."""

from ._frame import ACTUALS, AHEAD, DA, RT, ForecastFrame, PlainFrame, known_ahead, origin_of, required
from ._hour_features import LONGEST_HOURS, HourView, features, hour_view, latest, usable, value_at
from ._publication import MARKET, PUBLISHED_HOUR, known_at, known_until, local_hours

__all__ = [
    "ACTUALS",
    "AHEAD",
    "DA",
    "LONGEST_HOURS",
    "MARKET",
    "PUBLISHED_HOUR",
    "RT",
    "ForecastFrame",
    "HourView",
    "PlainFrame",
    "features",
    "hour_view",
    "known_ahead",
    "known_at",
    "known_until",
    "latest",
    "local_hours",
    "origin_of",
    "required",
    "usable",
    "value_at",
]

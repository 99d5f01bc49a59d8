"""Hours as a forecaster sees them: columns, what is published when, features."""

from ._frame import ACTUALS, AHEAD, DA, RT, ForecastFrame, PlainFrame, known_ahead, origin_of, required
from ._hour_features import LONGEST_HOURS, HourView, features, hour_view, latest, usable, value_at
from ._publication import (
    MARKET,
    gates,
    known_at,
    known_until,
    local_hours,
    publications,
    tomorrow_known,
)

__all__ = [
    "ACTUALS",
    "AHEAD",
    "DA",
    "LONGEST_HOURS",
    "MARKET",
    "RT",
    "ForecastFrame",
    "HourView",
    "PlainFrame",
    "features",
    "gates",
    "hour_view",
    "known_ahead",
    "known_at",
    "known_until",
    "latest",
    "local_hours",
    "origin_of",
    "publications",
    "required",
    "tomorrow_known",
    "usable",
    "value_at",
]

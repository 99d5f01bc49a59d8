"""Hours as a forecaster sees them: columns, what is published when, features."""

from ._features import LONGEST_HOURS, HourView, features, latest, usable, view
from ._publication import MARKET, known_at, known_until, local_hours
from ._table import ACTUALS, AHEAD, DA, RT, PlainTable, Table, Times, known_ahead, origin_of, required

__all__ = [
    "ACTUALS",
    "AHEAD",
    "DA",
    "LONGEST_HOURS",
    "MARKET",
    "RT",
    "HourView",
    "PlainTable",
    "Table",
    "Times",
    "features",
    "known_ahead",
    "known_at",
    "known_until",
    "latest",
    "local_hours",
    "origin_of",
    "required",
    "usable",
    "view",
]

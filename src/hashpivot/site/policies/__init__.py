"""Policies: always on, thresholds, and the rolling horizon."""

from ._rolling import Ahead, Decisions, Rolling
from ._rules import always_on, limited_sale, threshold, threshold_day_ahead
from ._sale import day_before

__all__ = [
    "Ahead",
    "Decisions",
    "Rolling",
    "always_on",
    "day_before",
    "limited_sale",
    "threshold",
    "threshold_day_ahead",
]

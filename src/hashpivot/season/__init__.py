"""The four answers of an earnings season, and what a halving did to each company."""

from ._compare import KEY_METRICS, LADDERS, MOVES, Comparison, Course, Standing, compare
from ._season import CompanySeason, Season, latest_season, season
from ._squeeze import Side, Squeeze, past_halving, squeezes
from .answers import (
    CHECKS,
    FEWEST_CHECKS,
    NOT_DISCLOSED,
    STATED_CHECKS,
    THRESHOLDS,
    Answer,
    Check,
    Metric,
    Promise,
    StatedCheck,
    Threshold,
)
from .answers import gross_profit as group_gross_profit
from .answers import revenue as group_revenue

__all__ = [
    "CHECKS",
    "FEWEST_CHECKS",
    "KEY_METRICS",
    "LADDERS",
    "MOVES",
    "NOT_DISCLOSED",
    "STATED_CHECKS",
    "THRESHOLDS",
    "Answer",
    "Check",
    "CompanySeason",
    "Comparison",
    "Course",
    "Metric",
    "Promise",
    "Season",
    "Side",
    "Squeeze",
    "Standing",
    "StatedCheck",
    "Threshold",
    "compare",
    "group_gross_profit",
    "group_revenue",
    "latest_season",
    "past_halving",
    "season",
    "squeezes",
]

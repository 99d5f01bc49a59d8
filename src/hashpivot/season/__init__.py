"""The four answers of an earnings season, and what a halving did to each company."""

from ._answer import NOT_DISCLOSED, Answer, Metric
from ._compare import KEY_METRICS, LADDERS, MOVES, Comparison, Course, Standing, compare
from ._execution import CHECKS, FEWEST_CHECKS, Check
from ._groups import gross_profit as group_gross_profit
from ._groups import revenue as group_revenue
from ._promises import Promise
from ._rubric import THRESHOLDS, Threshold
from ._said import said_targets, said_withdrawals
from ._season import CompanySeason, Season, latest_season, season
from ._squeeze import Side, Squeeze, past_halving, squeezes
from ._stated import STATED_CHECKS, StatedCheck

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
    "said_targets",
    "said_withdrawals",
    "season",
    "squeezes",
]

"""The four answers of an earnings season, and what a halving did to each company."""

from ._answer import NOT_DISCLOSED, Answer, Metric
from ._execution import CHECKS, FEWEST_CHECKS, Check
from ._rubric import THRESHOLDS, Threshold
from ._season import CompanySeason, Season, latest_season, season
from ._squeeze import Side, Squeeze, past_halving, squeezes

__all__ = [
    "CHECKS",
    "FEWEST_CHECKS",
    "NOT_DISCLOSED",
    "THRESHOLDS",
    "Answer",
    "Check",
    "CompanySeason",
    "Metric",
    "Season",
    "Side",
    "Squeeze",
    "Threshold",
    "latest_season",
    "past_halving",
    "season",
    "squeezes",
]

"""The four answers of an earnings season, and what a halving did to each company."""

from hashpivot._lazy import lazy_names

from ._compare import KEY_METRICS, LADDERS, MOVES, Comparison, Course, Standing, compare
from ._halving_impact import HalvingImpact, QuarterEconomics, halving_impacts, past_halving
from ._season import CompanySeason, Season, latest_season, season
from .answers import (
    CHECKS,
    FEWEST_CHECKS,
    MINIMUM_INPUTS,
    NOT_JUDGED,
    RISK_CHECKS,
    THRESHOLDS,
    Answer,
    Check,
    ContractAmount,
    ContractCount,
    Formula,
    Inputs,
    Metric,
    MinimumInputs,
    RiskCheck,
    Threshold,
    effective_lines,
)
from .answers import gross_profit as group_gross_profit
from .answers import margin as group_margin
from .answers import revenue as group_revenue
from .answers import share as group_share
from .texts import TrackedTarget

__all__ = [
    "CHECKS",
    "FEWEST_CHECKS",
    "KEY_METRICS",
    "LADDERS",
    "MINIMUM_INPUTS",
    "MOVES",
    "NOT_JUDGED",
    "RISK_CHECKS",
    "THRESHOLDS",
    "Answer",
    "Check",
    "CompanySeason",
    "Comparison",
    "ContractAmount",
    "ContractCount",
    "Course",
    "Formula",
    "HalvingImpact",
    "Inputs",
    "Metric",
    "MinimumInputs",
    "QuarterEconomics",
    "RiskCheck",
    "Season",
    "Standing",
    "Threshold",
    "TrackedTarget",
    "compare",
    "effective_lines",
    "group_gross_profit",
    "group_margin",
    "group_revenue",
    "group_share",
    "halving_impacts",
    "latest_season",
    "past_halving",
    "season",
]

__getattr__, __dir__ = lazy_names(__name__)

"""The four answers of an earnings season, and what a halving did to each company."""

from hashpivot._lazy import lazy_names

from ._compare import KEY_METRICS, LADDERS, MOVES, Comparison, Course, Standing, compare
from ._compare import move as verdict_move
from ._halving_impact import HalvingImpact, QuarterEconomics, halving_impacts, past_halving
from ._latest_season import (
    FEWEST_BREAKDOWNS,
    FEWEST_TOTALS,
    QuarterCounts,
    latest_season,
)
from ._season import (
    REPORTED_WITHIN,
    CompanySeason,
    Season,
    company_season,
    season,
    season_base,
)
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
    base_quarter,
    computed,
    contract_grade,
    effective_lines,
    of_figure,
    ratio,
    relative_change,
    tracked_targets,
)
from .answers import gross_profit as group_gross_profit
from .answers import margin as group_margin
from .answers import revenue as group_revenue
from .answers import share as group_share
from .texts import TrackedTarget, known_contracts, split_powers, stated_splits, tagged_splits

__all__ = [
    "CHECKS",
    "FEWEST_BREAKDOWNS",
    "FEWEST_CHECKS",
    "FEWEST_TOTALS",
    "KEY_METRICS",
    "LADDERS",
    "MINIMUM_INPUTS",
    "MOVES",
    "NOT_JUDGED",
    "REPORTED_WITHIN",
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
    "QuarterCounts",
    "QuarterEconomics",
    "RiskCheck",
    "Season",
    "Standing",
    "Threshold",
    "TrackedTarget",
    "base_quarter",
    "company_season",
    "compare",
    "computed",
    "contract_grade",
    "effective_lines",
    "group_gross_profit",
    "group_margin",
    "group_revenue",
    "group_share",
    "halving_impacts",
    "known_contracts",
    "latest_season",
    "of_figure",
    "past_halving",
    "ratio",
    "relative_change",
    "season",
    "season_base",
    "split_powers",
    "stated_splits",
    "tagged_splits",
    "tracked_targets",
    "verdict_move",
]

__getattr__, __dir__ = lazy_names(__name__)

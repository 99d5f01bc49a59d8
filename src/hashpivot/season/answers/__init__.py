"""The four answers: revenue, profitability, growth and execution, with their metrics and thresholds."""

from ._business_mix import effective_lines, gross_profit, margin, revenue, share, shares
from ._execution import CHECKS, Check, execution_answer
from ._growth import growth_answer
from ._profitability import base_quarter, profitability_answer
from ._revenue import revenue_answer
from ._risk_flags import RISK_CHECKS, RiskCheck
from ._target_track_record import tracked_targets
from .base import (
    FEWEST_CHECKS,
    MINIMUM_INPUTS,
    NOT_JUDGED,
    THRESHOLDS,
    Answer,
    ContractAmount,
    ContractCount,
    Formula,
    Inputs,
    Metric,
    MinimumInputs,
    Threshold,
    computed,
    contract_grade,
    of_figure,
    ratio,
    relative_change,
)

__all__ = [
    "CHECKS",
    "FEWEST_CHECKS",
    "MINIMUM_INPUTS",
    "NOT_JUDGED",
    "RISK_CHECKS",
    "THRESHOLDS",
    "Answer",
    "Check",
    "ContractAmount",
    "ContractCount",
    "Formula",
    "Inputs",
    "Metric",
    "MinimumInputs",
    "RiskCheck",
    "Threshold",
    "base_quarter",
    "computed",
    "contract_grade",
    "effective_lines",
    "execution_answer",
    "gross_profit",
    "growth_answer",
    "margin",
    "of_figure",
    "profitability_answer",
    "ratio",
    "relative_change",
    "revenue",
    "revenue_answer",
    "share",
    "shares",
    "tracked_targets",
]

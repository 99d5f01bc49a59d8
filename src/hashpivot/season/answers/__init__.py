"""The four answers: revenue, profitability, growth and execution, with their metrics and thresholds."""

from ._answer import NOT_DISCLOSED, Answer, Metric, of_figure, ratio
from ._execution import CHECKS, FEWEST_CHECKS, Check, execution_answer
from ._groups import gross_profit, revenue, shares
from ._growth import growth_answer
from ._profitability import base_quarter, profitability_answer
from ._promises import Promise
from ._revenue import revenue_answer
from ._rubric import THRESHOLDS, Threshold
from ._stated import STATED_CHECKS, StatedCheck

__all__ = [
    "CHECKS",
    "FEWEST_CHECKS",
    "NOT_DISCLOSED",
    "STATED_CHECKS",
    "THRESHOLDS",
    "Answer",
    "Check",
    "Metric",
    "Promise",
    "StatedCheck",
    "Threshold",
    "base_quarter",
    "execution_answer",
    "gross_profit",
    "growth_answer",
    "of_figure",
    "profitability_answer",
    "ratio",
    "revenue",
    "revenue_answer",
    "shares",
]

"""Parts of a quarter: mining, other lines, contract ramps, cost, EBITDA, treasury and the bridge."""

from ._cost import gross_profit_draws
from ._interval import Estimate, rounded, widened
from ._mining_bridge import FACTORS, Step, mining_steps
from ._mining_revenue import Level, level_of, mining_draws
from ._ramp import LINES, expected_usd, ramp_draws, ramps, realised
from ._run_rate import LONGEST_GAP, LineChanges, RunRate, Series, line_series
from ._treasury import fair_value_draws

__all__ = [
    "FACTORS",
    "LINES",
    "LONGEST_GAP",
    "Estimate",
    "Level",
    "LineChanges",
    "RunRate",
    "Series",
    "Step",
    "expected_usd",
    "fair_value_draws",
    "gross_profit_draws",
    "level_of",
    "line_series",
    "mining_draws",
    "mining_steps",
    "ramp_draws",
    "ramps",
    "realised",
    "rounded",
    "widened",
]

"""Parts of a quarter: mining, other lines, contract ramps, cost, EBITDA, treasury and the bridge."""

from ._cost import gross_profit_draws
from ._ebitda import (
    CostChanges,
    EbitdaQuarter,
    cost_changes,
    counts_fair_value,
    ebitda_draws,
    ebitda_history,
    latest_costs,
)
from ._interval import Estimate, rounded, widened
from ._mining_bridge import FACTORS, Step, mining_steps
from ._mining_revenue import Level, level_of, mining_draws
from ._ramp import LINES, expected_usd, ramp_draws, ramps, realised
from ._run_rate import LONGEST_GAP, LineChanges, RunRate, Series, line_series
from ._treasury import Treasury, fair_value_draws

__all__ = [
    "FACTORS",
    "LINES",
    "LONGEST_GAP",
    "CostChanges",
    "EbitdaQuarter",
    "Estimate",
    "Level",
    "LineChanges",
    "RunRate",
    "Series",
    "Step",
    "Treasury",
    "cost_changes",
    "counts_fair_value",
    "ebitda_draws",
    "ebitda_history",
    "expected_usd",
    "fair_value_draws",
    "gross_profit_draws",
    "latest_costs",
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

"""Policies: always on, thresholds, the rolling horizon, perfect foresight, and what makes a policy."""

from ._always_on import AlwaysOn
from ._default import ByPolicy, by_name, default_policies, forecaster_of
from ._feasibility import InvalidOperation, check_operation
from ._perfect_foresight import PerfectForesight
from ._policy import DispatchWindow, Policy, is_simple, title_of
from ._reserve_offer import capped_offer, usual_buy_back_usd_per_mw
from ._rolling_dispatch import Decisions, RollingDispatch
from ._rolling_horizon import RollingHorizon
from ._solved_lattice import SolvedLattice
from ._target_modes import nearest_holding, nearest_to_power
from ._thresholds import ThresholdDayAhead, ThresholdPeakRule, ThresholdPrevious, ThresholdRealTime
from .battery import GridCaps

__all__ = [
    "AlwaysOn",
    "ByPolicy",
    "Decisions",
    "DispatchWindow",
    "GridCaps",
    "InvalidOperation",
    "PerfectForesight",
    "Policy",
    "RollingDispatch",
    "RollingHorizon",
    "SolvedLattice",
    "ThresholdDayAhead",
    "ThresholdPeakRule",
    "ThresholdPrevious",
    "ThresholdRealTime",
    "by_name",
    "capped_offer",
    "check_operation",
    "default_policies",
    "forecaster_of",
    "is_simple",
    "nearest_holding",
    "nearest_to_power",
    "title_of",
    "usual_buy_back_usd_per_mw",
]

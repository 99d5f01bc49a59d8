"""Studies: bridges between scenarios, sensitivities and sweeps."""

from ._bridge import ScenarioBridge, bridge
from ._history import PastQuarter, past_quarters
from ._reconciliation import RevenueQuarter, RevenueReconciliation, RevenueStep, reconcile
from ._sensitivity import Factor, FactorEffect, Tornado, tornado, uncertain_inputs
from ._sweep import Point, read_sweep, run_sweep, sweep_points
from ._sweep_file import read_sweep_file
from ._swings import Swing, Swings, swings

__all__ = [
    "Factor",
    "FactorEffect",
    "PastQuarter",
    "Point",
    "RevenueQuarter",
    "RevenueReconciliation",
    "RevenueStep",
    "ScenarioBridge",
    "Swing",
    "Swings",
    "Tornado",
    "bridge",
    "past_quarters",
    "read_sweep",
    "read_sweep_file",
    "reconcile",
    "run_sweep",
    "sweep_points",
    "swings",
    "tornado",
    "uncertain_inputs",
]

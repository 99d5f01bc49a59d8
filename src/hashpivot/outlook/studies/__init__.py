"""Studies: bridges between scenarios, sensitivities and sweeps."""

from ._bridge import ScenarioBridge, bridge
from ._reconciliation import RevenueQuarter, RevenueReconciliation, RevenueStep, reconcile
from ._sensitivity import Factor, FactorEffect, Tornado, tornado, uncertain_inputs
from ._sweep import Point, read_sweep, run_sweep, sweep_points
from ._sweep_file import read_sweep_file

__all__ = [
    "Factor",
    "FactorEffect",
    "Point",
    "RevenueQuarter",
    "RevenueReconciliation",
    "RevenueStep",
    "ScenarioBridge",
    "Tornado",
    "bridge",
    "read_sweep",
    "read_sweep_file",
    "reconcile",
    "run_sweep",
    "sweep_points",
    "tornado",
    "uncertain_inputs",
]

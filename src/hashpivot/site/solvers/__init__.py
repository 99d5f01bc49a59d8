"""Solvers: exact dispatch of groups, alone and coupled."""

from ._foresight import (
    dispatch_problem,
    interruption_cost,
    interruptions,
    perfect_foresight,
    power_cost,
    shared_limits,
)
from ._lagrangian import dispatch
from ._price_uncertainty import averse, solve_lattice
from ._shared_limits import SharedLimits
from ._states import StateGraph, collapse, state_graph
from ._walk import walk
from .bus import SiteBus, StoragePath, site_bus

__all__ = [
    "SharedLimits",
    "SiteBus",
    "StateGraph",
    "StoragePath",
    "averse",
    "collapse",
    "dispatch",
    "dispatch_problem",
    "interruption_cost",
    "interruptions",
    "perfect_foresight",
    "power_cost",
    "shared_limits",
    "site_bus",
    "solve_lattice",
    "state_graph",
    "walk",
]

"""Solvers: exact dispatch of groups, alone and coupled."""

from ._coupled import dispatch
from ._coupling import Coupling
from ._foresight import coupling_of, groups_of, interruptions, perfect_foresight, power_cost
from ._graph import Graph, graph
from ._lattice import averse, solve
from ._walk import walk

__all__ = [
    "Coupling",
    "Graph",
    "averse",
    "coupling_of",
    "dispatch",
    "graph",
    "groups_of",
    "interruptions",
    "perfect_foresight",
    "power_cost",
    "solve",
    "walk",
]

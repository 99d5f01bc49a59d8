"""Studies: bridges between scenarios, sensitivities and sweeps."""

from ._bridge import ScenarioBridge, bridge
from ._contract_list import ListedContract, listed_contracts
from ._debt_rate import DebtRateSwing
from ._history import PastQuarter, past_quarters
from ._peers import PEER_HORIZONS, peer_row
from ._reconciliation import RevenueQuarter, RevenueReconciliation, RevenueStep, reconcile
from ._sensitivity import Factor, FactorEffect, Tornado, tornado, uncertain_inputs
from ._sweep import Point, read_sweep, run_sweep, sweep_points
from ._sweep_file import read_sweep_file
from ._swings import Swing, Swings, swings
from ._years import YearResults, year_results

__all__ = [
    "PEER_HORIZONS",
    "DebtRateSwing",
    "Factor",
    "FactorEffect",
    "ListedContract",
    "PastQuarter",
    "Point",
    "RevenueQuarter",
    "RevenueReconciliation",
    "RevenueStep",
    "ScenarioBridge",
    "Swing",
    "Swings",
    "Tornado",
    "YearResults",
    "bridge",
    "listed_contracts",
    "past_quarters",
    "peer_row",
    "read_sweep",
    "read_sweep_file",
    "reconcile",
    "run_sweep",
    "sweep_points",
    "swings",
    "tornado",
    "uncertain_inputs",
    "year_results",
]

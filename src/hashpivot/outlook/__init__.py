"""Monte Carlo of the quarters ahead: bitcoin, the network, and a company on top of it."""

from ._ai_inputs import AiContract, Cloud, Colocation
from ._bridge import Bridge, bridge
from ._build import build_case
from ._calibrate import Calibration, calibrate
from ._company import CompanyPaths, run_company
from ._estimate import MarketEstimate, estimate_market
from ._executors import executor_of
from ._guided import GUIDED, GuidedGrowth, HashRateTarget, with_guided_growth
from ._input_list import Listed, listed_inputs
from ._inputs import Chips, CompanyInputs, Finance, Mining, Steady
from ._keys import get_input, with_inputs
from ._market import SHARD, MarketPaths, shard_sizes, simulate_shard
from ._outlook import DEFAULT_PATHS, DEFAULT_QUARTERS, DEFAULT_SEED, Case, Outlook, outlook
from ._parameters import FeeModel, MarketParameters, NetworkModel, PriceModel
from ._power import PowerQuarter
from ._presets import PRESETS, Preset, apply_presets
from ._rents import Rents, observed_rents, rent_usd_per_kw_month
from ._scenario_file import input_rows, scenario_text
from ._sensitivity import Effect, Factor, Tornado, tornado, uncertain_inputs
from ._spans import Span, spans
from ._start import MarketStart, market_start
from ._store import RowStore, StoreError
from ._supply import CLASSES as MACHINE_CLASSES
from ._sweep import Point, read_sweep, run_sweep, sweep_points
from ._sweep_file import read_sweep_file
from ._window import WorkerLost

__all__ = [
    "DEFAULT_PATHS",
    "DEFAULT_QUARTERS",
    "DEFAULT_SEED",
    "GUIDED",
    "MACHINE_CLASSES",
    "PRESETS",
    "SHARD",
    "AiContract",
    "Bridge",
    "Calibration",
    "Case",
    "Chips",
    "Cloud",
    "Colocation",
    "CompanyInputs",
    "CompanyPaths",
    "Effect",
    "Factor",
    "FeeModel",
    "Finance",
    "GuidedGrowth",
    "HashRateTarget",
    "Listed",
    "MarketEstimate",
    "MarketParameters",
    "MarketPaths",
    "MarketStart",
    "Mining",
    "NetworkModel",
    "Outlook",
    "Point",
    "PowerQuarter",
    "Preset",
    "PriceModel",
    "Rents",
    "RowStore",
    "Span",
    "Steady",
    "StoreError",
    "Tornado",
    "WorkerLost",
    "apply_presets",
    "bridge",
    "build_case",
    "calibrate",
    "estimate_market",
    "executor_of",
    "get_input",
    "input_rows",
    "listed_inputs",
    "market_start",
    "observed_rents",
    "outlook",
    "read_sweep",
    "read_sweep_file",
    "rent_usd_per_kw_month",
    "run_company",
    "run_sweep",
    "scenario_text",
    "shard_sizes",
    "simulate_shard",
    "spans",
    "sweep_points",
    "tornado",
    "uncertain_inputs",
    "with_guided_growth",
    "with_inputs",
]

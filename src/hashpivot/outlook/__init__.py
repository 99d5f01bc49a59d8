"""Monte Carlo of the quarters ahead: bitcoin, the network, and a company on top of it."""

from ._build import build_case
from ._calibrate import Calibration, calibrate
from ._company import CompanyPaths, run_company
from ._estimate import MarketEstimate, estimate_market
from ._inputs import AiContract, Chips, Cloud, Colocation, CompanyInputs, Finance, Mining, Steady
from ._market import SHARD, MarketPaths, joined, shard_sizes, simulate_shard
from ._outlook import DEFAULT_PATHS, DEFAULT_QUARTERS, DEFAULT_SEED, Case, Outlook, outlook
from ._parameters import FeeModel, MarketParameters, NetworkModel, PriceModel
from ._presets import PRESETS, Preset, apply_presets
from ._scenario_file import scenario_text
from ._spans import Span, spans
from ._start import MarketStart, market_start

__all__ = [
    "DEFAULT_PATHS",
    "DEFAULT_QUARTERS",
    "DEFAULT_SEED",
    "PRESETS",
    "SHARD",
    "AiContract",
    "Calibration",
    "Case",
    "Chips",
    "Cloud",
    "Colocation",
    "CompanyInputs",
    "CompanyPaths",
    "FeeModel",
    "Finance",
    "MarketEstimate",
    "MarketParameters",
    "MarketPaths",
    "MarketStart",
    "Mining",
    "NetworkModel",
    "Outlook",
    "Preset",
    "PriceModel",
    "Span",
    "Steady",
    "apply_presets",
    "build_case",
    "calibrate",
    "estimate_market",
    "joined",
    "market_start",
    "outlook",
    "run_company",
    "scenario_text",
    "shard_sizes",
    "simulate_shard",
    "spans",
]

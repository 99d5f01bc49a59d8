"""The market: price, difficulty and fees on many paths, epoch by epoch."""

from ._estimate import MarketEstimate, estimate_market
from ._machines import Improvement
from ._market import SHARD, MarketPaths, MarketQuarter, difficulty_of, shard_sizes, simulate_shard
from ._spans import Span, spans
from ._start import MarketStart, market_start
from ._supply import MACHINE_CLASSES

__all__ = [
    "MACHINE_CLASSES",
    "SHARD",
    "Improvement",
    "MarketEstimate",
    "MarketPaths",
    "MarketQuarter",
    "MarketStart",
    "Span",
    "difficulty_of",
    "estimate_market",
    "market_start",
    "shard_sizes",
    "simulate_shard",
    "spans",
]

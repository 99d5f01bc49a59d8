"""Words: patterns, cues, quantities, times and metrics in a sentence."""

from ._cues import Cue, clause_of, find_cues
from ._due import Due, find_dues, resolve_due
from ._excerpt import excerpt
from ._metric import metric_of
from ._patterns import Pattern, finds, patterns
from ._quantity import Quantity, are_listed, find_quantities

__all__ = [
    "Cue",
    "Due",
    "Pattern",
    "Quantity",
    "are_listed",
    "clause_of",
    "excerpt",
    "find_cues",
    "find_dues",
    "find_quantities",
    "finds",
    "metric_of",
    "patterns",
    "resolve_due",
]

"""Texts: what companies' texts say, and the AI contracts that count, as known on a day."""

from ._known_contracts import KnownContracts, begins_after, known_contracts
from ._stock_splits import split_powers, stated_splits, tagged_splits
from ._text_sources import preliminary_results
from ._tracked_target import TrackedTarget

__all__ = [
    "KnownContracts",
    "TrackedTarget",
    "begins_after",
    "known_contracts",
    "preliminary_results",
    "split_powers",
    "stated_splits",
    "tagged_splits",
]

"""Texts: what companies' texts say, and the AI contracts that count, as known on a day."""

from ._known_contracts import KnownContracts, begins_after, known_contracts
from ._text_sources import preliminary_results

__all__ = ["KnownContracts", "begins_after", "known_contracts", "preliminary_results"]

"""Texts: what companies' texts say, and the AI contracts that count, as known on a day."""

from ._contracts import Known, begins_after, known_contracts
from ._said import said_preliminary

__all__ = ["Known", "begins_after", "known_contracts", "said_preliminary"]

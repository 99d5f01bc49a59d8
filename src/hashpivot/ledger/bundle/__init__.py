"""The tables shipped with the package: reported figures, their sources, announced contracts."""

from ._contracts import Contract, ai_contracts, contracts_in_force
from ._tables import bundled

__all__ = [
    "Contract",
    "ai_contracts",
    "bundled",
    "contracts_in_force",
]

"""The ledger: an append-only store of figures, what was known when, and the quarters nobody reported."""

from .bundle import Contract, ai_contracts, bundled, contracts_in_force
from .store import Added, Figures, Ledger, disagreements
from .view import DETAIL, Fit, QuarterLines, Restatement, Statement, Trace, View, Vintage, restatements

__all__ = [
    "DETAIL",
    "Added",
    "Contract",
    "Figures",
    "Fit",
    "Ledger",
    "QuarterLines",
    "Restatement",
    "Statement",
    "Trace",
    "View",
    "Vintage",
    "ai_contracts",
    "bundled",
    "contracts_in_force",
    "disagreements",
    "restatements",
]

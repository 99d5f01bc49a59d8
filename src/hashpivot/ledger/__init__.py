"""The ledger: an append-only store of figures, what was known when, and the quarters nobody reported."""

from hashpivot._lazy import lazy_names

from .bundle import bundled
from .disclosures import (
    METRICS,
    TOTAL,
    Contract,
    RiskFlag,
    Stance,
    Target,
    canonical_json,
    flag_of,
    is_scope,
    restore_fact,
    target_data,
    target_of,
)
from .store import Added, Figures, Ledger, disagreements
from .view import DETAIL, Fit, QuarterLines, Restatement, Statement, Trace, View, Vintage, restatements

__all__ = [
    "DETAIL",
    "METRICS",
    "TOTAL",
    "Added",
    "Contract",
    "Figures",
    "Fit",
    "Ledger",
    "QuarterLines",
    "Restatement",
    "RiskFlag",
    "Stance",
    "Statement",
    "Target",
    "Trace",
    "View",
    "Vintage",
    "bundled",
    "canonical_json",
    "disagreements",
    "flag_of",
    "is_scope",
    "restatements",
    "restore_fact",
    "target_data",
    "target_of",
]

__getattr__, __dir__ = lazy_names(__name__)

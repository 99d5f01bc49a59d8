"""The ledger: an append-only store of figures, what was known when, and the quarters nobody reported."""

from .bundle import bundled
from .disclosures import (
    METRICS,
    TOTAL,
    Contract,
    Stance,
    StatedFlag,
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
    "Stance",
    "StatedFlag",
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

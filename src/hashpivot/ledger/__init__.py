"""The ledger: an append-only store of figures, point-in-time views of it, and derived quarters."""

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
    debt_fact,
    debt_of,
    flag_of,
    is_scope,
    restore_fact,
    target_data,
    target_of,
)
from .store import Added, Alias, Change, FigureChange, Figures, Ledger, disagreements
from .view import (
    DETAIL,
    CompanyStatements,
    QuarterLines,
    Restatement,
    Statement,
    TieStatus,
    Trace,
    View,
    Vintage,
    restatements,
    successors,
)

__all__ = [
    "DETAIL",
    "METRICS",
    "TOTAL",
    "Added",
    "Alias",
    "Change",
    "CompanyStatements",
    "Contract",
    "FigureChange",
    "Figures",
    "Ledger",
    "QuarterLines",
    "Restatement",
    "RiskFlag",
    "Stance",
    "Statement",
    "Target",
    "TieStatus",
    "Trace",
    "View",
    "Vintage",
    "bundled",
    "canonical_json",
    "debt_fact",
    "debt_of",
    "disagreements",
    "flag_of",
    "is_scope",
    "restatements",
    "restore_fact",
    "successors",
    "target_data",
    "target_of",
]

__getattr__, __dir__ = lazy_names(__name__)

"""What a filing, or all since a moment, changed: figures, verdicts, revenue against its nowcast."""

from ._changes import FilingChanges, HeadlineChange, VerdictMove, filing_changes, without
from ._since import CompanyChanges, LedgerChanges, SourceChanges, ledger_changes
from ._surprise import RevenueSurprise, revenue_surprise

__all__ = [
    "CompanyChanges",
    "FilingChanges",
    "HeadlineChange",
    "LedgerChanges",
    "RevenueSurprise",
    "SourceChanges",
    "VerdictMove",
    "filing_changes",
    "ledger_changes",
    "revenue_surprise",
    "without",
]

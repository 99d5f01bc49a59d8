"""What a filing changed: figures, verdicts, and how its revenue compares with its nowcast."""

from ._changes import FilingChanges, HeadlineChange, VerdictMove, filing_changes, without
from ._surprise import RevenueSurprise, revenue_surprise

__all__ = [
    "FilingChanges",
    "HeadlineChange",
    "RevenueSurprise",
    "VerdictMove",
    "filing_changes",
    "revenue_surprise",
    "without",
]

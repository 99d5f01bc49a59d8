"""Verdicts: what became of a target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hashpivot.core import Figure
from hashpivot.ledger import Target

TOLERANCE = Decimal("0.01")
"""A target counts as reached at 99% of it: reported numbers are rounded and fleets fluctuate."""


class Verdict(StrEnum):
    """What became of a target."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    CANNOT_BE_JUDGED = "cannot_be_judged"


@dataclass(frozen=True, slots=True)
class Judged:
    """A target and what became of it.

    Args:
        target: The target.
        verdict: What became of it.
        reason: One sentence.
        late_days: For `late`: days from the due date to the end of the period in which it was first seen
            reached, so no later than that.
        evidence: The figure that decided, if one did.
    """

    target: Target
    verdict: Verdict
    reason: str
    late_days: int | None = None
    evidence: Figure | None = None


def is_reached(target: Target, threshold: Decimal, value: Decimal) -> bool:
    """True if a level is good enough for a target."""
    if target.metric == "efficiency":
        return value <= threshold * (1 + TOLERANCE)
    return value >= threshold * (1 - TOLERANCE)

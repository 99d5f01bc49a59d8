"""A company as the page gathers it: answers, compared numbers, evidence, and where its section stands."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Figure
from hashpivot.season import CompanySeason

from ..shared import EvidenceList, Pivot


@dataclass(frozen=True, slots=True)
class Member:
    """A company of the page.

    Args:
        company: Its answers.
        pivot: Its numbers that the season compares.
        evidence: The figures the page shows of it.
        anchor: Identifier of its section.
    """

    company: CompanySeason
    pivot: Pivot
    evidence: EvidenceList
    anchor: str

    def address(self, *figures: Figure) -> str:
        """Where the figures lead; empty without any."""
        return self.evidence.refs(figures).address

    @property
    def signed_at(self) -> str:
        """Where the list stands that its contracted revenue was computed from."""
        return f"#{self.anchor}-{'contracts' if self.company['growth'].contracts else 'targets'}"

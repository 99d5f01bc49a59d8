"""A target as an answer shows it."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Source, short_repr
from hashpivot.guidance import Judged, amount_text


@short_repr
@dataclass(frozen=True, slots=True)
class TrackedTarget:
    """A target a company stated, what became of it, and where it was stated.

    Args:
        judged: The target and what became of it.
        source: Where it was stated; None if the ledger does not hold it.
    """

    judged: Judged
    source: Source | None

    @property
    def value(self) -> str:
        """The number as stated: `12.4 ehs`, `200 to 250 mw`, `up to 50,000 gpus`."""
        return amount_text(self.judged.target)

    def to_dict(self) -> dict[str, object]:
        """Stable keys; see docs/json.md."""
        judged, target = self.judged, self.judged.target
        return {
            "metric": target.metric,
            "low": None if target.low is None else float(target.low),
            "high": None if target.high is None else float(target.high),
            "unit": target.unit,
            "due": target.due.isoformat() if target.due else None,
            "stance": target.stance.value,
            "said_on": target.said_on.isoformat(),
            "state": judged.verdict.value,
            "reason": judged.reason,
            "late_days": judged.late_days,
            "evidence": judged.evidence.id if judged.evidence else None,
            "source": self.source.title if self.source else None,
            "url": self.source.url or None if self.source else None,
            "locator": str(target.locator),
        }

"""What the company said it would reach, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.season import TrackedTarget

from ..charts import TargetRow, TargetsView, targets_view
from ..shared import EvidenceList


def target_table(targets: Sequence[TrackedTarget], evidence: EvidenceList) -> TargetsView | None:
    """Return the section, those said last first; None without a target."""
    newest = sorted(targets, key=lambda tracked: tracked.judged.target.said_on, reverse=True)
    return targets_view([TargetRow.of(tracked) for tracked in newest], evidence)

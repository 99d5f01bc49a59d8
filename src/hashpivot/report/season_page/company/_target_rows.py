"""The targets of a growth answer as rows of a report."""

from __future__ import annotations

from hashpivot.season import Answer, TrackedTarget

from ...charts import TargetRow
from ...shared import clean, metric_title, range_words


def target_rows(growth: Answer) -> list[TargetRow]:
    """The company's targets, in the order of the answer: firmest first, earliest due first."""
    return list(map(_row, growth.targets))


def _row(tracked: TrackedTarget) -> TargetRow:
    judged, target = tracked.judged, tracked.judged.target
    return TargetRow(
        metric=metric_title(target.metric),
        value=range_words(target.low, target.high, target.unit, target.added),
        said_on=target.said_on,
        due=target.due,
        state=judged.verdict.value,
        source=tracked.source.title if tracked.source else clean(target.source),
        url=tracked.source.url if tracked.source else "",
        excerpt=target.excerpt,
        locator=str(target.locator),
        stance=target.stance.value,
        reason=judged.reason,
        evidence=judged.evidence,
    )

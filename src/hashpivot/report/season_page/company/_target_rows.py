"""The targets of a growth answer as rows of a report."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from hashpivot.season import Answer, TrackedTarget

from ...charts import TargetRow
from ...shared import clean, format_amount, metric_title


def target_rows(growth: Answer) -> list[TargetRow]:
    """The company's targets, in the order of the answer: firmest first, earliest due first."""
    return list(map(_row, growth.targets))


def _row(tracked: TrackedTarget) -> TargetRow:
    judged, target = tracked.judged, tracked.judged.target
    return TargetRow(
        metric=metric_title(target.metric),
        value=_range(target.low, target.high, target.unit, target.added),
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


def _range(low: Decimal | None, high: Decimal | None, unit: str, added: bool) -> str:
    """`31 EH/s`, `200 MW to 250 MW`, `up to $50.0m`; `+` before what comes on top of what there is."""
    write = partial(format_amount, unit=unit)
    plus = "+" if added else ""
    if low is None:
        return "no number" if high is None else f"up to {plus}{write(high)}"
    if high is None:
        return f"at least {plus}{write(low)}"
    return plus + (write(low) if low == high else f"{write(low)} to {write(high)}")

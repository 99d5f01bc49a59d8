"""The track record of a company's targets: what it stated by a day, and what became of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hashpivot.core import Missing, not_derivable
from hashpivot.guidance import Judged, Stance, TrackRecord, Verdict, judge_targets, track_record
from hashpivot.ledger import View

from ..texts import TrackedTarget
from .base import FEWEST_LATE, Metric


def tracked_targets(view: View, ticker: str, day: date) -> tuple[TrackedTarget, ...]:
    """Judge the targets stated by `day` on what was known that day.

    Each target is listed once, firmest and earliest due first. A target that was due before it became public
    is left out.
    """
    stated = [t for t in view.targets(ticker, day) if t.due is None or t.due >= t.said_on]
    first: dict[object, Judged] = {}
    for judged in judge_targets(stated, view, day, withdrawals=view.withdrawals(ticker, day)):
        target = judged.target
        first.setdefault((target.metric, target.low, target.high, target.due), judged)
    order = list(Stance)
    ranked = sorted(first.values(), key=lambda j: (order.index(j.target.stance), j.target.due or date.max))
    return tuple(TrackedTarget(judged, view.source_named(judged.target.source)) for judged in ranked)


def track_record_metrics(targets: tuple[TrackedTarget, ...]) -> tuple[Metric, ...]:
    """Count the open targets by stance and sum up the record of those decided."""
    record = track_record(tracked.judged for tracked in targets)
    still = [
        tracked.judged.target.stance
        for tracked in targets
        if tracked.judged.verdict in (Verdict.OPEN, Verdict.CANNOT_BE_JUDGED)
    ]
    return (
        *(Metric(f"targets_{stance.value}", still.count(stance), (), _COUNTED) for stance in Stance),
        Metric(
            "targets_met_share", _number(record.share_met), (), "targets met in time / met, late or missed"
        ),
        _median_delay(record),
    )


def _median_delay(record: TrackRecord) -> Metric:
    """The median delay of the targets reached late; of fewer than two nothing is said."""
    late = record.counts.get(Verdict.LATE, 0)
    name, method = "targets_median_delay_days", f"median of targets met late; at least {FEWEST_LATE}"
    if 0 < late < FEWEST_LATE:
        reason = f"{late} target was reached late, {FEWEST_LATE} are needed"
        return Metric(name, not_derivable(reason), (), method)
    return Metric(name, _number(record.median_delay_days), (), method)


_COUNTED = "targets found in filings at hand that were neither reached nor missed by then"


def _number(value: Decimal | Missing) -> float | Missing:
    return value if isinstance(value, Missing) else float(value)

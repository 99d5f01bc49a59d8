"""Did it come true? Targets against the figures that became known later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from hashpivot.core import Figure, Missing, Quarter
from hashpivot.ledger import View

from ._target import Target

TOLERANCE = Decimal("0.01")
"""A target counts as reached at 99% of it, for numbers are rounded and fleets flicker."""

_SERIES = {"hash_rate": ("hash_rate_period_end", "hash_rate_average"), "efficiency": ("fleet_efficiency",)}
_UNJUDGED = {
    "power_energized": "power is reported for the company, targets are set by site",
    "power_critical_it": "power is reported for the company, targets are set by site",
    "power_gross": "power is reported for the company, targets are set by site",
    "capex": "capital expenditure is reported for the company, targets are set by project",
}


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


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """A company's record.

    Args:
        share_met: Of the targets met, late or missed, the share met in time; a reason if there are none.
        median_delay_days: Of the late ones; a reason if there are none.
        counts: Targets by verdict; one said several times counts once.
    """

    share_met: Decimal | Missing
    median_delay_days: Decimal | Missing
    counts: Mapping[Verdict, int]


def judge_targets(
    targets: Iterable[Target], view: View, as_of: date, *, withdrawals: Sequence[Target] = ()
) -> list[Judged]:
    """What became of each target by `as_of`, in the order given.

    Judged are levels of hash rate and efficiency, and revenue of a quarter or year; all else cannot be judged
    from the figures in the ledger, and says why.

    Args:
        targets: With their tickers.
        view: Figures; those known after `as_of` are not looked at.
        as_of: The day of judgement.
        withdrawals: What companies said they would not reach (`find_withdrawals`), with tickers.
    """
    return [_judge(target, view, as_of, withdrawals) for target in targets]


def track_record(judged: Iterable[Judged]) -> TrackRecord:
    """The record of one company's judged targets; of one said several times, the first counts."""
    first: dict[tuple[object, ...], Judged] = {}
    for each in sorted(judged, key=lambda j: j.target.said_on):
        target = each.target
        first.setdefault((target.ticker, target.metric, target.low, target.high, target.due), each)
    counts = Counter(each.verdict for each in first.values())
    decided = sum(counts[verdict] for verdict in (Verdict.MET, Verdict.LATE, Verdict.MISSED))
    delays = [each.late_days for each in first.values() if each.late_days is not None]
    return TrackRecord(
        share_met=Decimal(counts[Verdict.MET]) / decided
        if decided
        else Missing("no target has been decided yet"),
        median_delay_days=Decimal(str(median(delays))) if delays else Missing("no target was reached late"),
        counts=dict(counts),
    )


def _judge(target: Target, view: View, as_of: date, withdrawals: Sequence[Target]) -> Judged:
    threshold = target.threshold
    if not target.ticker or threshold is None or target.said_on > as_of:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "company, number or day is not known")
    if target.added:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "an addition is no level that figures can show")
    if any(_withdraws(denial, target, as_of) for denial in withdrawals):
        return Judged(target, Verdict.WITHDRAWN, "the company said it will not be reached")
    if target.metric in _SERIES:
        return _by_series(target, threshold, view, as_of)
    if target.metric == "revenue" and target.due:
        return _by_revenue(target, threshold, target.due, view, as_of)
    reason = _UNJUDGED.get(target.metric, "no figure in the ledger measures it")
    return Judged(target, Verdict.CANNOT_BE_JUDGED, reason)


def _withdraws(denial: Target, target: Target, as_of: date) -> bool:
    same = (denial.ticker, denial.metric, denial.low, denial.high) == (
        target.ticker, target.metric, target.low, target.high,
    )  # fmt: skip
    return same and denial.due in (None, target.due) and target.said_on <= denial.said_on <= as_of


def _by_series(target: Target, threshold: Decimal, view: View, as_of: date) -> Judged:
    """By levels at points of time: reached if one of them is good enough."""
    series = sorted(_levels(target, view, as_of), key=lambda figure: figure.end)
    good = [figure for figure in series if _is_reached(target, threshold, figure.value)]
    if good and good[0].end < target.said_on and _still(series, target, threshold):
        return Judged(
            target, Verdict.CANNOT_BE_JUDGED, "it had been reached when it was said", evidence=good[0]
        )
    reached = next((figure for figure in good if figure.end >= target.said_on), None)
    if reached and (target.due is None or reached.end <= target.due):
        return Judged(target, Verdict.MET, f"reached by {reached.end}", evidence=reached)
    if reached and target.due:
        days = (reached.end - target.due).days
        return Judged(target, Verdict.LATE, f"reached by {reached.end}, {days} days late", days, reached)
    return _unreached(target, series, as_of)


def _unreached(target: Target, series: list[Figure], as_of: date) -> Judged:
    if target.due is None or as_of <= target.due:
        return Judged(target, Verdict.OPEN, "not reached, and not yet due")
    later = [figure for figure in series if figure.end >= target.due]
    if not later:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "no figure from the due date on is known")
    last = later[-1]
    return Judged(target, Verdict.MISSED, f"{last.value} {last.unit} by {last.end}", evidence=last)


def _still(series: list[Figure], target: Target, threshold: Decimal) -> bool:
    """True if the last level before the target was said was good enough."""
    before = [figure for figure in series if figure.end < target.said_on]
    return bool(before) and _is_reached(target, threshold, before[-1].value)


def _levels(target: Target, view: View, as_of: date) -> Iterator[Figure]:
    for measure in _SERIES[target.metric]:
        yield from (figure for figure in view.figures(target.ticker, measure) if figure.known <= as_of)


def _is_reached(target: Target, threshold: Decimal, value: Decimal) -> bool:
    if target.metric == "efficiency":
        return value <= threshold * (1 + TOLERANCE)
    return value >= threshold * (1 - TOLERANCE)


def _by_revenue(target: Target, threshold: Decimal, due: date, view: View, as_of: date) -> Judged:
    """By the revenue of the quarter or year that ends on the due date."""
    quarters = _quarters(due, target.due_text)
    found = [view.company_measure(target.ticker, quarter, "total_revenue") for quarter in quarters]
    figures = [figure for figure in found if isinstance(figure, Figure) and figure.known <= as_of]
    if len(figures) < len(quarters):
        waiting = as_of <= due
        verdict = Verdict.OPEN if waiting else Verdict.CANNOT_BE_JUDGED
        return Judged(target, verdict, f"revenue to {due} is not {'yet ' if waiting else ''}known")
    total = sum((figure.value for figure in figures), Decimal(0))
    verdict = Verdict.MET if _is_reached(target, threshold, total) else Verdict.MISSED
    return Judged(target, verdict, f"revenue was {total:,.0f} USD", evidence=figures[-1])


def _quarters(due: date, words: str) -> list[Quarter]:
    """The quarters of the period whose last day is due: one, or the two of a half, or the four of a year."""
    last = Quarter.of_period_end(due)
    lower = words.lower()
    if "half" in lower or lower.startswith(("h1", "h2", "1h", "2h")):
        return [last - 1, last]
    yearly = "year" in lower or lower[:2].isdecimal() or "fiscal 2" in lower or lower.startswith("fy")
    if yearly and "quarter" not in lower and "q" not in lower:
        return [last - 3, last - 2, last - 1, last]
    return [last]

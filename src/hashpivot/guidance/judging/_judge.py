"""Judging targets against the figures that became known later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from hashpivot.core import Figure, Missing, not_applicable
from hashpivot.ledger import Target, View

from ._judge_revenue import by_revenue, by_run_rate
from ._judged import Judged, Verdict, is_reached

_SERIES = {"hash_rate": ("hash_rate_period_end", "hash_rate_average"), "efficiency": ("fleet_efficiency",)}
_BY_DUE_DATE = {"revenue": by_revenue, "annualised_revenue": by_run_rate}
_UNJUDGED = {
    "power_energized": "power is reported for the company, targets are set by site",
    "power_critical_it": "power is reported for the company, targets are set by site",
    "power_gross": "power is reported for the company, targets are set by site",
    "capex": "capital expenditure is reported for the company, targets are set by project",
}


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """A company's track record of targets.

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

    Judged are levels of hash rate and efficiency, and revenue of a quarter, half or year or an annualised
    rate, in total or of a line; all else cannot be judged from the figures in the ledger, and says why.

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
        else not_applicable("no target has been decided yet"),
        median_delay_days=Decimal(str(median(delays)))
        if delays
        else not_applicable("no target was reached late"),
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
    if target.metric in _BY_DUE_DATE:
        if not target.due:
            return Judged(target, Verdict.CANNOT_BE_JUDGED, "no due date says which quarter is meant")
        return _BY_DUE_DATE[target.metric](target, threshold, target.due, view, as_of)
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
    good = [figure for figure in series if is_reached(target, threshold, figure.value)]
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
    return bool(before) and is_reached(target, threshold, before[-1].value)


def _levels(target: Target, view: View, as_of: date) -> Iterator[Figure]:
    for measure in _SERIES[target.metric]:
        yield from (figure for figure in view.figures(target.ticker, measure) if figure.known <= as_of)

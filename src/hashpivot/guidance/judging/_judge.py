"""Judging targets against the figures that became known later."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from statistics import median

from hashpivot.core import Figure, Missing, not_applicable
from hashpivot.ledger import Target, View

from ._judge_revenue import by_revenue, by_run_rate
from ._judged import Judged, Verdict, is_reached

_SERIES = {"hash_rate": ("hash_rate_period_end", "hash_rate_average"), "efficiency": ("fleet_efficiency",)}
_LevelsOf = Callable[[str, str], Sequence[Figure]]
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
    levels = cache(lambda ticker, metric: _levels(ticker, metric, view, as_of))
    return [_judge(target, view, as_of, withdrawals, levels) for target in targets]


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


def _judge(
    target: Target, view: View, as_of: date, withdrawals: Sequence[Target], levels: _LevelsOf
) -> Judged:
    threshold = target.threshold
    if not target.ticker or threshold is None or target.said_on > as_of:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "company, number or day is not known")
    if target.added:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "an addition is no level that figures can show")
    if any(_withdraws(denial, target, as_of) for denial in withdrawals):
        return Judged(target, Verdict.WITHDRAWN, "the company said it will not be reached")
    if target.metric in _SERIES:
        return _by_series(target, threshold, levels(target.ticker, target.metric), as_of)
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


def _by_series(target: Target, threshold: Decimal, series: Sequence[Figure], as_of: date) -> Judged:
    """By levels at points of time: reached if one of them is good enough."""
    said = bisect_left(series, target.said_on, key=lambda figure: figure.end)
    if said and is_reached(target, threshold, series[said - 1].value):
        good = next(figure for figure in series if is_reached(target, threshold, figure.value))
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "it had been reached when it was said", evidence=good)
    since = islice(series, said, None)
    reached = next((figure for figure in since if is_reached(target, threshold, figure.value)), None)
    if reached and (target.due is None or reached.end <= target.due):
        return Judged(target, Verdict.MET, f"reached by {reached.end}", evidence=reached)
    if reached and target.due:
        days = (reached.end - target.due).days
        return Judged(target, Verdict.LATE, f"reached by {reached.end}, {days} days late", days, reached)
    return _unreached(target, series, as_of)


def _unreached(target: Target, series: Sequence[Figure], as_of: date) -> Judged:
    if target.due is None or as_of <= target.due:
        return Judged(target, Verdict.OPEN, "not reached, and not yet due")
    last = series[-1] if series else None
    if last is None or last.end < target.due:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "no figure from the due date on is known")
    return Judged(target, Verdict.MISSED, f"{last.value} {last.unit} by {last.end}", evidence=last)


def _levels(ticker: str, metric: str, view: View, as_of: date) -> Sequence[Figure]:
    """The figures known by a day that a company's targets of one metric are compared with, by their day."""
    every = (figure for measure in _SERIES[metric] for figure in view.figures(ticker, measure))
    return sorted((figure for figure in every if figure.known <= as_of), key=lambda figure: figure.end)

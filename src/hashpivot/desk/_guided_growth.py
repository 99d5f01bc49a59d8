"""Hash-rate targets as an outlook takes them: what was open on a day, and the record known then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hashpivot.core import Missing, Quarter
from hashpivot.guidance import Judged, Target, Verdict, judge_targets, track_record
from hashpivot.ledger import View

if TYPE_CHECKING:
    from hashpivot.outlook import GuidedGrowth, HashRateTarget

_METRIC = "hash_rate"
_DAYS_PER_QUARTER = 91.3


def guided_growth(view: View, ticker: str, day: date) -> GuidedGrowth:
    """Dated hash-rate targets of a company that are open on a day, and the record of all companies' ones.

    Args:
        view: What is known; figures known after `day` are not looked at.
        ticker: The company.
        day: Nothing said or known later is used.
    """
    from hashpivot.outlook import GuidedGrowth

    judged = [each for company in view.tickers() for each in _judged(view, company, day)]
    record = track_record(judged)
    delay = record.median_delay_days
    decided = sum(record.counts.get(each, 0) for each in (Verdict.MET, Verdict.LATE, Verdict.MISSED))
    ahead = sorted((each.target for each in judged if _is_open(each, ticker)), key=_latest)
    return GuidedGrowth(
        tuple(map(_target, ahead)),
        record.counts.get(Verdict.MET, 0),
        decided,
        None if isinstance(delay, Missing) else float(delay) / _DAYS_PER_QUARTER,
    )


def _judged(view: View, ticker: str, day: date) -> list[Judged]:
    said = [each for each in view.targets(ticker, day) if each.metric == _METRIC]
    return judge_targets(said, view, day, withdrawals=view.withdrawals(ticker, day))


def _is_open(judged: Judged, ticker: str) -> bool:
    target = judged.target
    return target.ticker == ticker and judged.verdict is Verdict.OPEN and target.due is not None


def _latest(target: Target) -> tuple[date, date]:
    assert target.due is not None
    return target.said_on, target.due


def _target(target: Target) -> HashRateTarget:
    from hashpivot.outlook import HashRateTarget

    assert target.due is not None and target.threshold is not None
    said = f"{target.stance} {target.said_on}, {target.place}"
    return HashRateTarget(float(target.threshold), Quarter.containing(target.due), said)

"""Judging targets of revenue and annualised revenue against the quarters reported later."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import TOTAL, Stance, Target, View

from ._judged import Judged, Verdict, is_reached

_A_YEAR = 4
_PERIODS = tuple(
    (re.compile(pattern, re.IGNORECASE), quarters)
    for pattern, quarters in (
        (
            r"\bend\b|early|mid|late|remainder|rest|balance|exit|finish|\bover\b|next (?:\w+ )?(?:\d|months)",
            0,
        ),
        (r"three months|quarter|\bq ?[1-4]|\b[1-4] ?q", 1),
        (r"six months|half|\bh ?[12]|\b[12] ?h", 2),
        (r"nine months", 3),
        (r"twelve months|year|^(?:fiscal |calendar |fy ?)*20\d\d$", 4),
    )
)


def by_revenue(target: Target, threshold: Decimal, due: date, view: View, as_of: date) -> Judged:
    """By the revenue, in total or of a line, of the quarter, half or year that ends on the due date."""
    if not target.scope:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "the words do not say which revenue is meant")
    quarters = _quarters(due, target.due_text)
    if not quarters:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "the words do not say of which quarters")
    figures = [figure for quarter in quarters if (figure := _revenue(target, quarter, view, as_of))]
    if len(figures) < len(quarters):
        waiting = as_of <= due
        verdict = Verdict.OPEN if waiting else Verdict.CANNOT_BE_JUDGED
        return Judged(target, verdict, f"revenue to {due} is not {'yet ' if waiting else ''}known")
    total = sum((figure.value for figure in figures), Decimal(0))
    verdict = Verdict.MET if is_reached(target, threshold, total) else Verdict.MISSED
    return Judged(target, verdict, f"revenue was {total:,.0f} USD", evidence=figures[-1])


def by_run_rate(target: Target, threshold: Decimal, due: date, view: View, as_of: date) -> Judged:
    """By four times the revenue of a quarter.

    Reached if a quarter that ends by the due date is good enough; not reached in time if even the first whole
    quarter after it is not. In between it may have been reached on the day, which no quarter shows.
    """
    if not target.scope:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "the words do not say which revenue is meant")
    if target.stance is Stance.CONTRACTED:
        return Judged(target, Verdict.CANNOT_BE_JUDGED, "one contract's revenue is not reported by itself")
    figures = _revenues(target, view, as_of)
    good = next((figure for figure in figures if is_reached(target, threshold, figure.value * _A_YEAR)), None)
    if good and good.end < target.said_on:
        reason = "it had been reached when it was said"
        return Judged(target, Verdict.CANNOT_BE_JUDGED, reason, evidence=good)
    if good and good.end <= due:
        return _judged(target, Verdict.MET, good)
    if as_of <= due:
        return Judged(target, Verdict.OPEN, "not reached, and not yet due")
    whole = next((figure for figure in figures if figure.start and 0 < (figure.start - due).days < 92), None)
    if not whole or (good and good.end <= whole.end):
        reason = "no quarter shows whether it was reached on the day"
        return Judged(target, Verdict.CANNOT_BE_JUDGED, reason, evidence=whole)
    if good:
        return _judged(target, Verdict.LATE, good, (good.end - due).days)
    return _judged(target, Verdict.MISSED, figures[-1])


def _judged(target: Target, verdict: Verdict, figure: Figure, late: int | None = None) -> Judged:
    reason = f"{figure.value * _A_YEAR:,.0f} USD a year in the quarter to {figure.end}"
    return Judged(target, verdict, reason, late, figure)


def _revenues(target: Target, view: View, as_of: date) -> list[Figure]:
    """The revenue of the quarter before the target was said and of each since."""
    quarters = (Quarter.containing(target.said_on) - 1).through(Quarter.containing(as_of))
    return [figure for quarter in quarters if (figure := _revenue(target, quarter, view, as_of))]


def _revenue(target: Target, quarter: Quarter, view: View, as_of: date) -> Figure | None:
    """The revenue of a quarter in the target's scope, if it was known."""
    lines = view.quarter_lines(target.ticker, quarter)
    found = lines.total_revenue if target.scope == TOTAL else lines.revenue.get(Line(target.scope))
    return found if isinstance(found, Figure) and found.known <= as_of else None


def _quarters(due: date, words: str) -> list[Quarter]:
    """The quarters of the period whose last day is due; none if the words do not name a whole period."""
    count = next((count for pattern, count in _PERIODS if pattern.search(words)), 0)
    last = Quarter.of_period_end(due)
    return [last - n for n in reversed(range(count))]

"""The offset ratio: change in AI and chip gross profit over minus the change in mining gross profit."""

from __future__ import annotations

from dataclasses import replace
from operator import sub

from hashpivot.core import Missing, not_applicable
from hashpivot.ledger import QuarterLines

from ._business_mix import gross_profit
from .base import Formula, Metric, computed, offset

NO_BASE = not_applicable("the ledger holds nothing from before the latest halving")


def gross_profit_change(name: str, now: QuarterLines, then: QuarterLines | None, *groups: str) -> Metric:
    """Gross profit of groups of lines now, less the same before the halving.

    Args:
        name: The metric's name.
        now: The quarter.
        then: The last whole quarter before the halving; None if the ledger does not hold it.
        groups: Groups of lines, added up.
    """
    if then is None:
        return Metric(name, NO_BASE)
    after, before = gross_profit(now, *groups), gross_profit(then, *groups)
    method = f"gross profit in {now.quarter} less in {then.quarter}"
    for metric, quarter in ((after, now.quarter), (before, then.quarter)):
        if isinstance(metric.value, Missing):
            return Metric(name, replace(metric.value, reason=f"{quarter}: {metric.value.reason}"), (), method)
    return computed(name, Formula(sub, (after, before)), (*after.figures, *before.figures), method)


def offset_ratio(mining: Metric, pivot: Metric) -> Metric:
    """What AI and chips make up for: their change in gross profit over what mining lost.

    Args:
        mining: Change in mining gross profit since before the halving.
        pivot: Change in AI and chip gross profit.

    Returns:
        The ratio; not applicable where mining gross profit did not fall.
    """
    name, method = (
        "offset_ratio",
        "change in AI and chip gross profit / minus the change in mining gross profit",
    )
    missing = next((m.value for m in (mining, pivot) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    assert isinstance(mining.value, float) and isinstance(pivot.value, float)
    figures = (*mining.figures, *pivot.figures)
    if mining.value >= 0:
        return Metric(name, not_applicable("mining gross profit did not fall"), figures, method)
    return computed(name, Formula(offset, (pivot, mining)), figures, method)

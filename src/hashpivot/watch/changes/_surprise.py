"""The surprise of a filing: revenue it is the first to report, against the nowcast of the moment before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, InvalidInput, NoData, Quarter, UnknownKey, json_number
from hashpivot.ledger import View
from hashpivot.nowcast import Estimate, nowcast


@dataclass(frozen=True, slots=True)
class RevenueSurprise:
    """A quarter's total revenue against its nowcast.

    Args:
        quarter: The quarter.
        reported: What the filing reports.
        as_of: Day of the nowcast.
        expected: The nowcast; None if there was none.
        reason: Why there was none.
    """

    quarter: Quarter
    reported: Figure
    as_of: date
    expected: Estimate | None
    reason: str = ""

    @property
    def relative(self) -> float | None:
        """Reported over the nowcast's median, less one."""
        return float(self.reported.value) / self.expected.median_usd - 1 if self.expected else None

    @property
    def position(self) -> str:
        """`below`, `inside` or `above` the 80% interval; empty without a nowcast."""
        value = float(self.reported.value)
        if self.expected is None:
            return ""
        if self.expected.holds(value):
            return "inside"
        return "below" if value < self.expected.p10_usd else "above"

    def to_dict(self) -> dict[str, Any]:
        """`surprise` of the JSON contract of `hashpivot watch`."""
        return {
            "quarter": str(self.quarter),
            "reported_usd": json_number(self.reported.value),
            "figure": self.reported.id,
            "as_of": self.as_of.isoformat(),
            "nowcast": self.expected.to_dict() if self.expected else None,
            "surprise": self.relative,
            "position": self.position or None,
            "reason": self.reason,
        }


def revenue_surprise(
    before: View, after: View, network: NetworkHistory, ticker: str, quarters: Iterable[Quarter], day: date
) -> RevenueSurprise | None:
    """The surprise in the newest quarter whose total revenue a filing is the first to give.

    Args:
        before: What was known without the filing.
        after: What is known with it.
        network: The network's history.
        ticker: The company.
        quarters: Those the filing may have changed.
        day: Day it became known; nothing later is used.

    Returns:
        None if it gives no total revenue that was not known.
    """
    for quarter in sorted(quarters, reverse=True):
        total = after.quarter_lines(ticker, quarter).total_revenue
        if isinstance(total, Figure):
            known = before.quarter_lines(ticker, quarter).total_revenue
            return (
                None if isinstance(known, Figure) else _against(before, network, ticker, total, quarter, day)
            )
    return None


def _against(
    before: View, network: NetworkHistory, ticker: str, total: Figure, quarter: Quarter, day: date
) -> RevenueSurprise:
    try:
        expected = nowcast(before, network, quarter, [ticker], day)[ticker].total
    except (InvalidInput, NoData, UnknownKey) as error:
        return RevenueSurprise(quarter, total, day, None, error.message)
    return RevenueSurprise(quarter, total, day, expected)

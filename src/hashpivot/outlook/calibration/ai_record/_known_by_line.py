"""Whether a quarter's lines tell its whole revenue."""

from __future__ import annotations

from hashpivot.core import Missing
from hashpivot.ledger import QuarterLines

KNOWN_SHARE = 0.98
"""Share of the total that must stand on lines for a quarter to count as known by line."""


def known_by_line(lines: QuarterLines) -> bool:
    """True if the lines add up to the total, or nearly."""
    total = total_usd(lines)
    share = _sum_usd(lines) / total if total else 0.0
    return bool(lines.revenue) and (lines.ties or share > KNOWN_SHARE)


def total_usd(lines: QuarterLines) -> float:
    """The total, or the lines' sum where no total is known."""
    total = lines.total_revenue
    return _sum_usd(lines) if isinstance(total, Missing) else float(total.value)


def _sum_usd(lines: QuarterLines) -> float:
    return sum(float(figure.value) for figure in lines.revenue.values())

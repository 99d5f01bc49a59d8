"""A company beside others: revenue on the way, and on what its solvency stands."""

from __future__ import annotations

from typing import Any

from hashpivot.core import Line

from ..run import OutlookSummary

PEER_HORIZONS = (1, 4, 8, 12)
"""Quarters ahead at which companies are set beside each other: the first, and one to three years."""
_AI = (Line.AI_CLOUD, Line.AI_COLOCATION)


def peer_row(summary: OutlookSummary) -> dict[str, Any]:
    """Median revenue at `PEER_HORIZONS` (None beyond the outlook), AI's share of the last, and the paths."""
    rows, last = summary.quarters, summary.quarters[-1]
    revenue = {
        f"revenue_{at}q_usd": rows[at - 1].revenue_usd.p50 if at <= len(rows) else None
        for at in PEER_HORIZONS
    }
    total = sum(spread.p50 or 0.0 for spread in last.lines.values())
    share = sum(last.lines[line].p50 or 0.0 for line in _AI) / total if total > 0 else None
    return {**revenue, "ai_share": None if share is None else round(share, 4), "paths": summary.paths}

"""What a minimum billing demand leaves of avoiding coincident peaks.

python -m tools write site-minimum
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hashpivot.site import backtest, load_site, load_zone

from ..parts import Made
from .site_policies import END, START, joined


def make() -> Made:
    """The table of the page."""
    return {"site-minimum": joined(minimum())}


def minimum() -> Iterator[str]:
    """What a minimum billing demand leaves of avoiding peaks, west_texas, prices seen late, USD m."""
    west = load_site("west_texas")
    yield "| minimum | always on pays | ours pays | foresight pays | ours over threshold | gap proven |"
    yield "| --- " + "| ---: " * 5 + "|"
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        tariffs = tuple(replace(tariff, minimum_share=share) for tariff in west.tariffs)
        test = backtest(replace(west, tariffs=tariffs), load_zone("LZ_WEST"), START, END, regime="lagged")
        paid = [-test.books[p].usd["tariffs"].sum() for p in ("always_on", "ours", "perfect_foresight")]
        cells = [f"{usd / 1e6 + 0.0:,.2f}" for usd in (*paid, test.uplift_usd("threshold"))]
        yield f"| {share:.0%} of limit_mw | {' | '.join(cells)} | {test.gap:.4%} |"

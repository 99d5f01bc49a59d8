"""What a minimum billing demand leaves of avoiding coincident peaks.

python -m tools write site-minimum
python -m tools long tables            # compares all of it; the check in CI compares one row
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import backtest, load_site, load_zone

from ..parts import Made
from ..sections import not_begun
from .site_policies import END, START, joined

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
SAMPLE = 0.5  # the row CI makes anew: a fifth of the time


def make() -> Made:
    """The table of the page."""
    return {"site-minimum": joined(minimum())}


def problems() -> list[str]:
    """The sampled row, if the page has it otherwise."""
    return not_begun("site-minimum", minimum([SAMPLE]))


def minimum(shares: Iterable[float] = SHARES) -> Iterator[str]:
    """What a minimum billing demand leaves of avoiding peaks, west_texas, prices seen late, USD m."""
    west, prices, network = load_site("west_texas"), load_zone("LZ_WEST"), NetworkHistory.load()
    heads = ("always on pays", "rolling horizon pays", "foresight pays", "rolling horizon over threshold")
    yield f"| minimum | {' | '.join(heads)} | gap proven |"
    yield "| --- " + "| ---: " * 5 + "|"
    for share in shares:
        tariffs = tuple(replace(tariff, minimum_share=share) for tariff in west.tariffs)
        site = replace(west, tariffs=tariffs)
        test = backtest(site, prices, START, END, network=network, regime="lagged")
        payers = ("always_on", "rolling_horizon", "perfect_foresight")
        paid = [-test.pnl[name].usd["tariffs"].sum() for name in payers]
        cells = [f"{usd / 1e6 + 0.0:,.2f}" for usd in (*paid, test.uplift_usd("threshold"))]
        yield f"| {share:.0%} of limit_mw | {' | '.join(cells)} | {test.gap:.4%} |"

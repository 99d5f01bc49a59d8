"""Boosted trees against the plain forecaster of real-time prices; takes ten minutes.

python -m tools write site-learned
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hashpivot.site import BasisForecaster, RealTimeForecaster, backtest, load_site, load_zone

from ..parts import Made
from .site_policies import END, START, joined, periods


def make() -> Made:
    """The table of the page."""
    return {"site-learned": joined(learned())}


def learned() -> Iterator[str]:
    """Profit by each forecaster, USD m: in the years one was chosen on, and in those of the page."""
    forecasters = {"plain": BasisForecaster, "trees": RealTimeForecaster}
    heads = [f"{regime}, {name}" for regime in ("live", "lagged") for name in ("threshold", *forecasters)]
    yield f"| site | period | {' | '.join(heads)} |"
    yield "| --- | --- " + "| ---: " * len(heads) + "|"
    for start, end in ((date(2018, 1, 1), date(2020, 12, 30)), (START, END)):
        for name in ("west_texas", "hedged_reserves"):
            bare = replace(load_site(name), tariffs=())
            done = [
                backtest(bare, load_zone("LZ_WEST"), start, end, regime=regime, make_forecaster=make)
                for regime in ("live", "lagged")
                for make in forecasters.values()
            ]
            for period, inside in periods(done[0]):
                cells = []
                for test in done:
                    shown = ("threshold", "ours") if test in (done[0], done[2]) else ("ours",)
                    cells += [f"{test.books[p].profit_usd[inside].sum() / 1e6:,.2f}" for p in shown]
                yield f"| {name} | {period} | {' | '.join(cells)} |"

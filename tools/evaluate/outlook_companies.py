"""How well company outlooks would have done: a hindcast.

    python -m tools write outlook-companies

From the eve of every quarter since 2023Q3, each company is calibrated from what was known that day (figures,
contracts, network) and its base case run (1,024 paths). Total revenue as reported later is looked up among
the paths. The plain alternative says that revenue stays what it was in the quarter the calibration stands
on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing, NoData, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.outlook import (
    GuidedGrowth,
    MarketEstimate,
    MarketStart,
    OutlookCase,
    calibrate,
    estimate_market,
    market_start,
    outlook,
    with_guided_growth,
)

from ..parts import Made

FIRST, PATHS, SEED, HORIZONS = Quarter(2023, 3), 1_024, 1, (1, 2, 4)
OWN = ("RIOT", "BTBT", "CORZ", "IREN", "CLSK")


@dataclass(frozen=True)
class Found:
    """One forecast and what came: share of paths below it, errors of median and of no change."""

    ticker: str
    horizon: int
    rank: float
    error: float
    plain: float


@dataclass(frozen=True)
class Eve:
    """What was known before a quarter began."""

    origin: Quarter
    known: NetworkHistory
    view: View
    market: tuple[MarketStart, MarketEstimate]


def eves(history: NetworkHistory) -> Iterator[Eve]:
    """The eve of every quarter."""
    for origin in FIRST.through(Quarter.containing(history.last_day)):
        day = date.fromordinal(origin.start.toordinal() - 1)
        known = history.until(day)
        yield Eve(origin, known, View(bundled(), as_of=day), (market_start(known), estimate_market(known)))


def forecasts(history: NetworkHistory, seed: int = SEED) -> Iterator[Found]:
    """Every forecast of every company from every eve."""
    truth = View(bundled())
    for eve in eves(history):
        for ticker in eve.view.tickers():
            yield from forecast(truth, eve, ticker, seed=seed)


def forecast(
    truth: View, eve: Eve, ticker: str, growth: GuidedGrowth | None = None, seed: int = SEED
) -> Iterator[Found]:
    """What the eve's outlook said of a company, and what came; with the growth it announced, if given."""
    origin, view = eve.origin, eve.view
    actual = {h: truth.company_measure(ticker, origin + (h - 1), "total_revenue") for h in HORIZONS}
    if all(isinstance(value, Missing) for value in actual.values()):
        return
    try:
        calibration = calibrate(view, eve.known, ticker)
        if growth:
            calibration = with_guided_growth(calibration, view, growth)
    except NoData:
        return
    case = OutlookCase.of(calibration.inputs, *eve.market)
    paths = outlook(case, quarters=max(HORIZONS), paths=PATHS, seed=seed)
    before = view.company_measure(ticker, calibration.quarter, "total_revenue")
    for horizon, figure in actual.items():
        if isinstance(figure, Missing) or isinstance(before, Missing) or not figure.value:
            continue
        value, row = float(figure.value), paths.rows.row("revenue_usd", horizon - 1)
        error = abs(float(np.median(row)) / value - 1)
        yield Found(ticker, horizon, float((row < value).mean()), error, abs(float(before.value) / value - 1))


def report(found: Sequence[Found]) -> str:
    """The table of the page."""
    rows = [
        ["company", "quarters ahead", "cases", "in 80%", "mean PIT", "median error", "of no change"],
        ["---"] * 7,
    ]
    for ticker in (*OWN, "all"):
        for horizon in HORIZONS:
            some = [each for each in found if each.horizon == horizon and ticker in (each.ticker, "all")]
            if some:
                rows.append(_row(ticker, horizon, some))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(ticker: str, horizon: int, some: Sequence[Found]) -> list[str]:
    return [
        ticker, str(horizon), str(len(some)), f"{fmean(abs(each.rank - 0.5) <= 0.4 for each in some):.0%}",
        f"{fmean(each.rank for each in some):.2f}", f"{median(each.error for each in some):.0%}",
        f"{median(each.plain for each in some):.0%}",
    ]  # fmt: skip


def make() -> Made:
    """The table of the page."""
    return {"outlook-companies": report(list(forecasts(NetworkHistory.load())))}

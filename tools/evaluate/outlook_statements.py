"""How well outlooks' cash, debt and bitcoin would have done, and cash carried to the start: a hindcast.

    python -m tools write outlook-statements

From the eve of every quarter since 2023Q3, each company whose balance sheet is known on that day is nowcast
and calibrated, and its base case run (1,024 paths). What reports gave later is looked up among the paths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.outlook import OutlookCase, outlook

from ..parts import Made
from .outlook_companies import HORIZONS, PATHS, SEED, Eve, calibrated, eves

AMOUNTS = {"cash": "cash_usd", "debt": "debt_usd", "bitcoin_held": "bitcoin"}


@dataclass(frozen=True)
class Held:
    """An amount projected and what a report gave later: if it lay in the 80% band, and the median's error."""

    measure: str
    horizon: int
    covered: bool
    error: float


@dataclass(frozen=True)
class Carried:
    """Cash at the outlook's start: how far what a report gave later was from it, carried and not."""

    error_usd: float
    uncarried_usd: float


def results(history: NetworkHistory) -> Iterator[Held | Carried]:
    """Every amount of every company from every eve."""
    truth = View(bundled())
    for eve in eves(history):
        for ticker in eve.view.tickers():
            yield from result(truth, eve, ticker)


def result(truth: View, eve: Eve, ticker: str) -> Iterator[Held | Carried]:
    """What the eve's outlook said of a company's balance, and what came."""
    if (start := calibrated(eve, ticker)) is None:
        return
    calibration, levels = start
    finance, day = calibration.inputs.finance, calibration.solvency.as_of
    if not finance.funding_known or day is None:
        return
    before, then = _amount(truth, ticker, eve.origin - 1, "cash"), Quarter.of_period_end(day)
    sheet = _amount(eve.view, ticker, then, "cash")
    if before is not None and sheet is not None and then < eve.origin - 1:
        yield Carried(abs((finance.cash_usd or 0.0) - before), abs(sheet - before))
    case = OutlookCase.of(calibration.inputs, *eve.market, levels.paths if levels else None)
    rows = outlook(case, quarters=max(HORIZONS), paths=PATHS, seed=SEED).rows
    for horizon in HORIZONS:
        for measure, name in AMOUNTS.items():
            value = _amount(truth, ticker, eve.origin + (horizon - 1), measure)
            if value:
                low, middle, high = np.quantile(rows.row(name, horizon - 1), (0.1, 0.5, 0.9))
                yield Held(measure, horizon, low <= value <= high, abs(middle / value - 1))


def _amount(view: View, ticker: str, quarter: Quarter, measure: str) -> float | None:
    figure = view.company_measure(ticker, quarter, measure)
    return float(figure.value) if isinstance(figure, Figure) else None


def report(found: list[Held | Carried]) -> str:
    """The table of the page, and a sentence on cash at the start."""
    rows = [["amount", "quarters ahead", "cases", "in 80%", "median error"], ["---"] * 5]
    held = [each for each in found if isinstance(each, Held)]
    for measure in AMOUNTS:
        for horizon in HORIZONS:
            some = [each for each in held if (each.measure, each.horizon) == (measure, horizon)]
            if some:
                error = f"{median(each.error for each in some):.0%}"
                covered = str(sum(each.covered for each in some))
                rows.append([measure.replace("_", " "), str(horizon), str(len(some)), covered, error])
    carried = [each for each in found if isinstance(each, Carried)]
    nearer = sum(each.error_usd < each.uncarried_usd for each in carried)
    after, before = (
        f"{median(errors) / 1e6:,.0f}"
        for errors in zip(*((each.error_usd, each.uncarried_usd) for each in carried), strict=True)
    )
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + (
        f"\nCash at the start, where a report gave it later: {len(carried)} cases, nearer when carried in "
        f"{nearer}; median error {after} million USD carried, {before} as the balance sheet gave it.\n"
    )


def make() -> Made:
    """The section of the page."""
    return {"outlook-statements": report(list(results(NetworkHistory.load())))}

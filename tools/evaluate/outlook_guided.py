"""What guided growth would have done to the hindcast of company outlooks.

    python -m tools write outlook-guided

Origins and paths as in `outlook_companies.py`; only origins at which the company had an open dated hash-rate
target are run, with the scenario and without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.desk import guided_growth
from hashpivot.ledger import View, bundled

from ..parts import Made
from .outlook_companies import HORIZONS, Found, eves, forecast


@dataclass(frozen=True)
class Origin:
    """One company at one origin: its forecasts without guided growth and with it, if it had a target."""

    ticker: str
    quarter: Quarter
    plain: tuple[Found, ...]
    guided: tuple[Found, ...]


def origins(history: NetworkHistory) -> Iterator[Origin]:
    """Every company at every origin that has a forecast."""
    truth = View(bundled())
    for eve in eves(history):
        for ticker in eve.view.tickers():
            plain = tuple(forecast(truth, eve, ticker))
            growth = guided_growth(eve.view, ticker, eve.known.last_day)
            guided = tuple(forecast(truth, eve, ticker, growth)) if growth.targets else ()
            if plain:
                yield Origin(ticker, eve.origin, plain, guided)


def report(found: Sequence[Origin]) -> str:
    """The sentence and the table of the page."""
    told = [each for each in found if each.guided]
    names = ", ".join(f"{each.ticker} {each.quarter}" for each in told)
    head = ["quarters ahead", "cases", "in 80%", "with", "mean PIT", "with", "median error", "with"]
    rows = [head, ["---"] * len(head), *(_row(told, horizon) for horizon in HORIZONS)]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows if row)
    return f"Origins with an open target: {len(told)} of {len(found)} ({names}).\n\n{table}"


def _row(told: Sequence[Origin], horizon: int) -> list[str]:
    plain, guided = (
        [
            each
            for origin in told
            for each in getattr(origin, name)
            if each.horizon == horizon and each.line is None
        ]
        for name in ("plain", "guided")
    )
    if not guided:
        return []
    cells = [str(horizon), str(len(guided))]
    for measure in (_covered, _rank, _error):
        cells += [measure(plain), measure(guided)]
    return cells


def _covered(some: Sequence[Found]) -> str:
    return f"{fmean(abs(each.rank - 0.5) <= 0.4 for each in some):.0%}"


def _rank(some: Sequence[Found]) -> str:
    return f"{fmean(each.rank for each in some):.2f}"


def _error(some: Sequence[Found]) -> str:
    return f"{median(each.error for each in some):.0%}"


def make() -> Made:
    """The section of the page."""
    return {"outlook-guided": report(list(origins(NetworkHistory.load())))}

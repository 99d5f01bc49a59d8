"""What the AI megawatts that came have cost a company at most: all its capex over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import View

from ._late_starts import earned_by_quarter

FEWEST_DAYS = 2 / 3
"""Judged: share of the days since the announcement whose capex must be known to speak of all of them."""


@dataclass(frozen=True, slots=True)
class OwnCapex:
    """Capex of a company over the AI megawatts it built.

    Args:
        usd_per_mw: Dollars per critical megawatt, mining included: no hall can have cost more.
        figures: Where the capex came from.
        quarter: Quarter whose revenue tells the megawatts.
    """

    usd_per_mw: float
    figures: tuple[Figure, ...]
    quarter: Quarter


def own_capex(
    view: View, ticker: str, since: date, mw_per_usd: float, build_quarters: int
) -> OwnCapex | None:
    """A company's capex since its first AI contract was announced, over the megawatts that had come of it.

    Halls are paid for before they bring revenue, so the megawatts are those of up to `build_quarters` later.

    Args:
        view: What is known.
        ticker: The company.
        since: Day of the announcement.
        mw_per_usd: Critical megawatts that a dollar of quarterly rent stands for.
        build_quarters: Quarters between a hall's cost and its revenue.

    Returns:
        None if too little of the capex is known, or nothing has come.
    """
    spans = _spans(view.figures(ticker, "capital_expenditure"), since)
    if not spans:
        return None
    last, known = max(each.end for each in spans), sum(_days(each, since) for each in spans)
    days = (last - since).days
    if not days or known < FEWEST_DAYS * days:
        return None
    usd = sum(float(each.value) * _days(each, since) / _days(each, date.min) for each in spans) * days / known
    until = Quarter.containing(last) + build_quarters
    earned = {q: usd for q, usd in earned_by_quarter(view, ticker, Line.AI_COLOCATION).items() if q <= until}
    latest = max(earned, default=None)
    if latest is None or not earned[latest]:
        return None
    return OwnCapex(usd / (earned[latest] * mw_per_usd), tuple(spans), latest)


def _spans(figures: list[Figure], since: date) -> list[Figure]:
    """Figures that end after a day, the longest first, none overlapping another."""
    chosen: list[Figure] = []
    for figure in sorted(figures, key=lambda each: (-_days(each, date.min), -each.known.toordinal())):
        apart = all(_first(figure) > each.end or figure.end < _first(each) for each in chosen)
        if figure.start and figure.end > since and apart:
            chosen.append(figure)
    return chosen


def _first(figure: Figure) -> date:
    return figure.start or figure.end


def _days(figure: Figure, since: date) -> int:
    """Days a figure covers from a day on."""
    return (figure.end - max(_first(figure), since)).days + 1

"""What the AI megawatts that came have cost a company at most: all its capex over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import View

from ._late_starts import earned_by_quarter


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


def own_capex(view: View, ticker: str, since: date, mw_per_usd: float) -> OwnCapex | None:
    """A company's capex since its first AI contract was announced, over the megawatts come by its end.

    Args:
        view: What is known.
        ticker: The company.
        since: Day of the announcement.
        mw_per_usd: Critical megawatts that a dollar of quarterly rent stands for.

    Returns:
        None if the capex of some days is not known, or nothing has come by the last of them.
    """
    spans = _spans(view.figures(ticker, "capital_expenditure"), since)
    if not spans:
        return None
    last, known = max(each.end for each in spans), sum(_days(each, since) for each in spans)
    if known < (last - since).days:
        return None
    usd = sum(float(each.value) * _days(each, since) / _days(each, date.min) for each in spans)
    quarter = Quarter.containing(last)
    earned = earned_by_quarter(view, ticker, Line.AI_COLOCATION).get(quarter, 0.0)
    return OwnCapex(usd / (earned * mw_per_usd), tuple(spans), quarter) if earned else None


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

"""How much lines of business change from quarter to quarter, on the record of all companies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

from hashpivot.core import Line
from hashpivot.ledger import View

FEWEST_CHANGES, USUAL_NOISE = 8, 0.25
"""Changes from which the record's own spread is taken, and a spread for days before there are so many."""

LARGEST = 1.5
"""Log change of a quarter beyond which a line begins, ends or is split otherwise; it counts as this."""


@lru_cache(maxsize=4)
def line_noise(view: View) -> tuple[float, int]:
    """Standard deviation of quarterly log changes of lines that are neither mining nor AI, and their number.

    Changes over several quarters count per square root of the quarters. AI lines are left out: they grow by
    contracts, which are projected.
    """
    changes = [
        change for ticker in view.tickers() for line in Line for change in _changes(view, ticker, line)
    ]
    if len(changes) < FEWEST_CHANGES:
        return USUAL_NOISE, len(changes)
    return sqrt(sum(change**2 for change in changes) / len(changes)), len(changes)


def _changes(view: View, ticker: str, line: Line) -> Iterator[float]:
    if line is Line.SELF_MINING or line.group == "ai":
        return
    lines = (
        (quarter, view.quarter_lines(ticker, quarter).revenue.get(line)) for quarter in view.quarters(ticker)
    )
    known = [(quarter, float(figure.value)) for quarter, figure in lines if figure and figure.value > 0]
    for (before, was), (after, now) in pairwise(known):
        yield max(-LARGEST, min(LARGEST, log(now / was) / sqrt(after.since(before))))

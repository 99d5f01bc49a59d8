"""Stock splits between two counts of shares: tagged with their ratio, or only stated in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import product
from math import log

from hashpivot.core import Figure
from hashpivot.guidance import SplitMention, split_of
from hashpivot.ledger import View

_REPEATED = timedelta(days=370)  # reports of a year tell of one split again, some by the period it fell into


def tagged_splits(view: View, ticker: str, then: Figure, now: Figure) -> list[Figure]:
    """Return the tagged ratios of splits between the days two counts were reported, each split once."""
    figures = sorted(view.figures(ticker, "stock_split_ratio"), key=lambda f: (f.end, f.known))
    kept: list[Figure] = []
    for figure in figures:
        day = min(figure.end, figure.known)
        repeated = any(_size(k.value) == _size(figure.value) and day - k.end <= _REPEATED for k in kept)
        if not repeated:
            kept.append(figure)
    return [figure for figure in kept if then.known < min(figure.end, figure.known) <= now.known]


def stated_splits(view: View, ticker: str, then: Figure, now: Figure) -> list[SplitMention]:
    """Return the splits that texts date between the days two counts were reported."""
    splits = (split_of(fact) for fact in view.remarks(ticker, "split"))
    return [split for split in splits if split.day and then.known < split.day <= now.known]


def split_powers(ratios: Sequence[Figure], change: float) -> tuple[int, ...]:
    """Return for each ratio 1 if it is of shares after to before, -1 if it is tagged the other way round.

    Of one for ten some companies tag 0.1 and some 10; those that bring the counts closest are meant.
    """
    steps = [log(float(figure.value)) for figure in ratios]

    def left(powers: tuple[int, ...]) -> float:
        return abs(log(change) - sum(power * step for power, step in zip(powers, steps, strict=True)))

    return min(product((1, -1), repeat=len(steps)), key=left)


def _size(ratio: Decimal) -> Decimal:
    return max(ratio, 1 / ratio).quantize(Decimal("0.01"))

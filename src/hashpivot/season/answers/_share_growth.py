"""How the number of shares grew in a year, splits apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import product
from math import log

from hashpivot.core import Figure, Missing, Quarter
from hashpivot.formula import Number
from hashpivot.guidance import SplitMention, split_of
from hashpivot.ledger import View

from ._answer import Metric, computed
from ._formula import Formula

_NO = "not_derivable"
_NAME = "share_count_growth_yoy"
_METHOD = (
    "shares outstanding now / a year ago - 1, the earlier count adjusted for splits since it was reported"
)
_LEAST = (
    0.5  # judged: no listed miner has bought back a third of its shares in a year; half is a reverse split
)
_REPEATED = timedelta(days=370)  # reports of a year tell of one split again, some by the period it fell into


def share_growth(view: View, ticker: str, quarter: Quarter) -> Metric:
    """The relative change of the share count over a year.

    A count reported before a split is adjusted by its tagged ratio; where a split is only stated in words, or
    only shows in a count that fell by half, the growth is not derivable.
    """
    now, then = (view.company_measure(ticker, q, "shares_outstanding") for q in (quarter, quarter - 4))
    if isinstance(now, Missing):
        return Metric(_NAME, now, (), _METHOD)
    if isinstance(then, Missing):
        return Metric(_NAME, then, (), _METHOD)
    if not then.value or not now.value:
        why = Missing("there were no shares outstanding", "not_applicable")
        return Metric(_NAME, why, (now, then), _METHOD)
    ratios = _tagged(view, ticker, now, then)
    told = _told(view, ticker, now, then)
    if not ratios and told:
        ratio = f"{told[0].ratio:.4f}".rstrip("0").rstrip(".")
        why = Missing(f"a stock split of {ratio} for one lies between the counts, untagged", _NO)
        return Metric(_NAME, why, (now, then), _METHOD)
    formula = Formula(_Adjusted(_powers(ratios, float(now.value / then.value))), (now, then, *ratios))
    if formula.value() + 1 < _LEAST:
        fall = f"shares fell by {-formula.value():.0%}, as in a reverse split whose ratio is not known"
        return Metric(_NAME, Missing(fall, _NO), (now, then), _METHOD)
    return computed(_NAME, formula, (now, then, *ratios), _METHOD)


class _Adjusted:
    """Growth from a count multiplied by ratios, each to the power 1 or -1."""

    def __init__(self, powers: tuple[int, ...]) -> None:
        self._powers = powers

    def __call__(self, now: Number, then: Number, *ratios: Number) -> Number:
        for ratio, power in zip(ratios, self._powers, strict=True):
            then = then * ratio if power > 0 else then / ratio
        return now / then - 1


def _powers(ratios: Sequence[Figure], change: float) -> tuple[int, ...]:
    """For each ratio 1 if it is of shares after to before, -1 if it is tagged the other way round.

    Of one for ten some companies tag 0.1 and some 10; those that bring the counts closest are meant.
    """
    steps = [log(float(ratio.value)) for ratio in ratios]

    def left(powers: tuple[int, ...]) -> float:
        return abs(log(change) - sum(power * step for power, step in zip(powers, steps, strict=True)))

    return min(product((1, -1), repeat=len(steps)), key=left)


def _tagged(view: View, ticker: str, now: Figure, then: Figure) -> Sequence[Figure]:
    """Tagged ratios of the splits between the days the counts were reported, each split once."""
    figures = sorted(view.figures(ticker, "stock_split_ratio"), key=lambda f: (f.end, f.known))
    kept: list[Figure] = []
    for figure in figures:
        day = min(figure.end, figure.known)
        repeated = any(_size(k.value) == _size(figure.value) and day - k.end <= _REPEATED for k in kept)
        if not repeated:
            kept.append(figure)
    return [figure for figure in kept if then.known < min(figure.end, figure.known) <= now.known]


def _told(view: View, ticker: str, now: Figure, then: Figure) -> list[SplitMention]:
    """Splits that texts date between the days the counts were reported."""
    splits = (split_of(fact) for fact in view.remarks(ticker, "split"))
    return [split for split in splits if split.day and then.known < split.day <= now.known]


def _size(ratio: Decimal) -> Decimal:
    return max(ratio, 1 / ratio).quantize(Decimal("0.01"))

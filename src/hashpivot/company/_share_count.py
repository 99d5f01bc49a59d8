"""Shares outstanding by quarter, as reported and adjusted for later splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import Figure, Missing, Quarter, not_derivable, short_repr
from hashpivot.formula import Number
from hashpivot.ledger import View
from hashpivot.season import (
    Formula,
    Metric,
    computed,
    of_figure,
    relative_change,
    split_powers,
    stated_splits,
    tagged_splits,
)

from ._amount import amount_json

_METHOD = "shares outstanding, multiplied by the splits since they were reported"


@dataclass(frozen=True, slots=True)
class StockSplit:
    """A split of the company's shares.

    Args:
        day: Day it took effect, or the end of the period it is tagged with.
        ratio: Shares after it for each before.
        figure: The tagged ratio; None if a text states it.
    """

    day: date
    ratio: Decimal
    figure: Figure | None

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        figure = self.figure.id if self.figure else None
        return {"day": self.day.isoformat(), "ratio": float(self.ratio), "figure": figure}


@short_repr
@dataclass(frozen=True, slots=True)
class ShareCounts:
    """A company's share count by quarter.

    Args:
        quarters: Oldest first.
        reported: As reported, one a quarter.
        adjusted: In shares of the last quarter that has a count.
        growth_yoy: Of the adjusted count.
        splits: Between the first and the last count, oldest first.
    """

    quarters: tuple[Quarter, ...]
    reported: tuple[Figure | Missing, ...]
    adjusted: tuple[Metric, ...]
    growth_yoy: tuple[Metric, ...]
    splits: tuple[StockSplit, ...]

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        columns = zip(self.quarters, self.reported, self.adjusted, self.growth_yoy, strict=True)
        return {
            "quarters": [
                {
                    "quarter": str(quarter),
                    "reported": amount_json(count),
                    "adjusted": amount_json(adjusted),
                    "growth_yoy": amount_json(growth),
                }
                for quarter, count, adjusted, growth in columns
            ],
            "splits": [split.to_dict() for split in self.splits],
        }


def share_counts(view: View, ticker: str, quarters: Sequence[Quarter]) -> ShareCounts:
    """Return a company's shares outstanding by quarter."""
    reported = _counts(view, ticker, quarters)
    earlier = _counts(view, ticker, [quarter - 4 for quarter in quarters])
    known = [count for count in (*earlier, *reported) if isinstance(count, Figure) and count.value]
    last = known[-1] if known else None
    adjusted = tuple(_adjusted(view, ticker, count, last) for count in reported)
    growth = tuple(
        relative_change("growth_yoy", now, _adjusted(view, ticker, then, last))
        for now, then in zip(adjusted, earlier, strict=True)
    )
    return ShareCounts(tuple(quarters), reported, adjusted, growth, _splits(view, ticker, known))


def _counts(view: View, ticker: str, quarters: Sequence[Quarter]) -> tuple[Figure | Missing, ...]:
    return tuple(view.company_measure(ticker, quarter, "shares_outstanding") for quarter in quarters)


def _adjusted(view: View, ticker: str, count: Figure | Missing, last: Figure | None) -> Metric:
    """A count in shares of the last one; not derivable across a split that is only stated in words."""
    name = "shares_outstanding"
    if isinstance(count, Missing) or last is None:
        return of_figure(name, count, _METHOD)
    ratios = tagged_splits(view, ticker, count, last)
    told = stated_splits(view, ticker, count, last)
    if told and not ratios:
        why = not_derivable(f"a stock split of {told[0].ratio:f} for one lies between the counts, untagged")
        return Metric(name, why, (count,), _METHOD)
    if not ratios or not count.value:
        return of_figure(name, count, _METHOD)
    powers = split_powers(ratios, float(last.value / count.value))

    def scaled(shares: Number, *factors: Number) -> Number:
        for factor, power in zip(factors, powers, strict=True):
            shares = shares * factor if power > 0 else shares / factor
        return shares

    return computed(name, Formula(scaled, (count, *ratios)), (count, *ratios), _METHOD)


def _splits(view: View, ticker: str, counts: Sequence[Figure]) -> tuple[StockSplit, ...]:
    """Tagged splits between the first and the last count, and those that texts state where none is tagged."""
    if not counts:
        return ()
    first, last = counts[0], counts[-1]
    ratios = tagged_splits(view, ticker, first, last)
    powers = split_powers(ratios, float(last.value / first.value))
    tagged = [
        StockSplit(figure.end, figure.value if power > 0 else 1 / figure.value, figure)
        for figure, power in zip(ratios, powers, strict=True)
    ]
    told = [
        StockSplit(split.day, split.ratio, None)
        for split in stated_splits(view, ticker, first, last)
        if split.day and not tagged
    ]
    return tuple(sorted([*tagged, *told], key=lambda split: split.day))

"""Draws of gross profit by line, where the last known quarter has a cost by line.

Mining's cost is proportional to hashes: to effective hash rate and days; the extra cost of its sites' power
is added if their months are given. Every other line keeps its ratio of cost to revenue. Both
scatter by 15% from quarter to quarter (an assumption; the ledger holds too few costs by line before 2024 to
fit it), more the longer ago the quarter was. Depreciation is in or out of cost as the company reports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import numpy as np

from hashpivot.core import Figure, Line, Missing, not_derivable
from hashpivot.ledger import QuarterLines

from ..network import Floats

SCATTER = 0.15
"""Standard deviation of a quarter's change of log cost: an assumption, see above."""


def gross_profit_draws(
    revenue: Mapping[Line, Floats],
    base: QuarterLines | None,
    hashes: Floats | None,
    ahead: int,
    seed: int,
    extra_power_usd: float = 0.0,
) -> dict[Line, Floats | Missing]:
    """Return draws of gross profit by line; shape (draws,) each.

    Args:
        revenue: Draws of revenue by line.
        base: The last known quarter with lines.
        hashes: Draws of hashes done over those of the base quarter.
        ahead: Quarters from it.
        seed: Of the random numbers.
        extra_power_usd: Extra cost of mining's power, in US dollars.
    """
    chance = np.random.default_rng(seed)
    spread = SCATTER * sqrt(ahead)
    found: dict[Line, Floats | Missing] = {}
    for line, draws in revenue.items():
        scatter = np.exp(spread * chance.standard_normal(len(draws)))
        cost, earned = _known(base, line)
        if cost is None or earned is None:
            found[line] = not_derivable(
                f"no cost of {line.heading.lower()} is known in the last reported quarter"
            )
        elif line is Line.SELF_MINING and hashes is not None:
            found[line] = draws - float(cost.value) * hashes * scatter - extra_power_usd
        else:
            found[line] = draws * (1 - float(cost.value) / float(earned.value) * scatter)
    return found


def _known(base: QuarterLines | None, line: Line) -> tuple[Figure | None, Figure | None]:
    return (base.cost.get(line), base.revenue.get(line)) if base else (None, None)

"""Quarters drawn one by one, put together: a company above its median stays above it in the next quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np

from hashpivot.core import Line, QuarterDraws

from .network import Floats

PERSISTENCE = 0.85
"""Correlation of where two consecutive quarters lie among their draws. Judged by past outlooks: about three
quarters one quarter apart, two thirds two and three apart (`python -m tools write outlook-companies`)."""

PAID_BY_NETWORK = (Line.SELF_MINING, Line.CHIPS)
_SEED = 0


def joined(quarters: Sequence[QuarterDraws]) -> tuple[QuarterDraws, ...]:
    """The quarters with their draws in another order: place `i` of all is one path of the company.

    The last keeps its order; each one before goes with the one after it. No quarter's own draws change.

    Args:
        quarters: Oldest first; of as many draws each.
    """
    random = np.random.default_rng(_SEED)
    found = [quarters[-1]]
    scores = _normal(_level(quarters[-1]), random)
    for quarter in reversed(quarters[:-1]):
        noise = random.standard_normal(len(scores))
        scores = PERSISTENCE * scores + sqrt(1 - PERSISTENCE**2) * noise
        found.append(_in_order_of(quarter, scores))
    return tuple(reversed(found))


def _level(quarter: QuarterDraws) -> Floats:
    """Revenue at the median pay: what the company makes of it, without the market."""
    relative = quarter.usd_per_eh / np.median(quarter.usd_per_eh)
    paid = sum((quarter.lines_usd.get(line, 0.0) for line in PAID_BY_NETWORK), start=np.zeros(len(relative)))
    return quarter.total_usd - paid + paid / relative


def _normal(values: Floats, random: np.random.Generator) -> Floats:
    """Normal scores of values, in their order."""
    scores = np.empty(len(values))
    scores[np.argsort(values, kind="stable")] = np.sort(random.standard_normal(len(values)))
    return scores


def _in_order_of(quarter: QuarterDraws, scores: Floats) -> QuarterDraws:
    """The quarter's draws, its lowest level where the score is lowest."""
    places = np.empty(len(scores), dtype=np.intp)
    places[np.argsort(scores, kind="stable")] = np.argsort(_level(quarter), kind="stable")
    return replace(
        quarter,
        lines_usd={line: usd[places] for line, usd in quarter.lines_usd.items()},
        total_usd=quarter.total_usd[places],
        usd_per_eh=quarter.usd_per_eh[places],
    )

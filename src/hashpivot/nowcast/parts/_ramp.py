"""Ramp of announced AI contracts: rent from their start on, later and slower than announced.

A contract brings its value evenly over its term once all of it runs. It starts some days after the
announced date (exponential, mean 90 days) and comes up evenly over a year. Both are assumptions, stated as
such. What they lead to is held against what companies have reported since: the share of it that came counts
for all of them, with a hundred million dollars of what was expected taken as having come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import exp

import numpy as np

from hashpivot.core import Line
from hashpivot.ledger import Contract

from ..network import Floats

LATE_DAYS = 90
"""Mean delay of a contract's start: an assumption."""
RAMP_DAYS = 365
"""Days from start to full rent: an assumption."""
SCATTER = 0.3
"""Standard deviation of log rent around the announced one: an assumption."""
PRIOR_USD = 100e6
"""Expected additions taken as having come, so that the first contracts do not decide the share alone."""
HALF_YEAR = 184
LINES = {"colocation": Line.AI_COLOCATION, "cloud": Line.AI_CLOUD}


def begins(contract: Contract) -> date | None:
    """First day of the announced start, of a bare year its middle; None if none is disclosed."""
    if contract.starts is None:
        return None
    first, last = contract.starts
    return first.replace(month=7) if (last - first).days > HALF_YEAR else first


def ramps(contracts: Iterable[Contract], line: Line) -> list[Contract]:
    """Return the contracts of a line whose value, term and start are disclosed."""
    complete = (c for c in contracts if c.quarterly_usd and c.starts)
    return [c for c in complete if LINES.get(c.kind) == line]


def expected_usd(contract: Contract, before: date, after: date) -> float:
    """Return the mean of what a contract adds to a quarter's revenue between two days, in US dollars."""
    start, full = begins(contract), contract.quarterly_usd
    if not (start and full):
        return 0.0
    reached = [_reached((day - start).days) for day in (before, after)]
    return float(full) * (reached[1] - reached[0])


def realised(pairs: Iterable[tuple[float, float]]) -> float:
    """The share of expected additions that came, from `(expected, reported)` pairs in US dollars."""
    known = list(pairs)
    expected, reported = (PRIOR_USD + sum(pair[side] for pair in known) for side in (0, 1))
    return float(min(1.5, max(0.1, reported / expected)))


def _reached(days: float) -> float:
    """Mean share of a contract that runs some days after its announced start."""
    if days <= 0:
        return 0.0

    def area(span: float) -> float:
        return span - LATE_DAYS * (1 - exp(-span / LATE_DAYS)) if span > 0 else 0.0

    return (area(days) - area(days - RAMP_DAYS)) / RAMP_DAYS


def ramp_draws(contract: Contract, before: date, after: date, draws: int, seed: int) -> Floats:
    """Draws of the revenue a contract adds between two quarters, given their middles; shape (draws,)."""
    start, announced = begins(contract), contract.quarterly_usd
    if not (start and announced):
        return np.zeros(draws)
    chance = np.random.default_rng(seed)
    late = chance.exponential(LATE_DAYS, draws)
    full = float(announced) * np.exp(SCATTER * chance.standard_normal(draws))
    reached = [np.clip(((day - start).days - late) / RAMP_DAYS, 0, 1) for day in (before, after)]
    return np.asarray(full * (reached[1] - reached[0]))

"""What announced AI contracts add to a quarter: rent from their start on, later and slower than announced.

A contract brings its value evenly over its term once all of it runs. It starts some days after the
announced date (exponential, mean 90 days) and comes up evenly over a year. Both are assumptions, stated as
such. What they lead to is held against what companies have reported since: the share of it that came counts
for all of them, with a hundred million dollars of what was expected taken as having come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from math import exp

import numpy as np

from hashpivot.core import Line, Quarter
from hashpivot.ledger import Contract

from ._months import Floats

LATE_DAYS = 90
RAMP_DAYS = 365
SCATTER = 0.3
PRIOR_USD = 100e6
LINES = {"colocation": Line.AI_COLOCATION, "cloud": Line.AI_CLOUD}


def announced_start(contract: Contract) -> date | None:
    """First day of the announced start: `2025-Q4`, `2026-H2`, `2026-08` or `2026`; None if not told."""
    text = contract.start
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return Quarter(int(found[1]), int(found[2])).start
    if found := re.fullmatch(r"(\d{4})-H([12])", text):
        return date(int(found[1]), 1 if found[2] == "1" else 7, 1)
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return date(int(found[1]), int(found[2]), 1)
    return date(int(text), 7, 1) if re.fullmatch(r"\d{4}", text) else None


def ramps(contracts: Iterable[Contract], line: Line) -> list[Contract]:
    """The contracts of a line whose value, term and start are told."""
    told = (c for c in contracts if c.attributable_value_usd and c.term_years and announced_start(c))
    return [c for c in told if LINES.get(c.kind) == line]


def expected_usd(contract: Contract, before: date, after: date) -> float:
    """The mean of what a contract adds between two days to a quarter's revenue, in US dollars."""
    start = announced_start(contract)
    value, term = contract.attributable_value_usd, contract.term_years
    if not (start and value and term):
        return 0.0
    reached = [_reached((day - start).days) for day in (before, after)]
    return float(value) / (4 * float(term)) * (reached[1] - reached[0])


def realised(pairs: Iterable[tuple[float, float]]) -> float:
    """The share of expected additions that came, from `(expected, reported)` pairs in US dollars."""
    held = list(pairs)
    expected, came = (PRIOR_USD + sum(pair[side] for pair in held) for side in (0, 1))
    return float(min(1.5, max(0.1, came / expected)))


def _reached(days: float) -> float:
    """Mean share of a contract that runs some days after its announced start."""
    if days <= 0:
        return 0.0

    def area(span: float) -> float:
        return span - LATE_DAYS * (1 - exp(-span / LATE_DAYS)) if span > 0 else 0.0

    return (area(days) - area(days - RAMP_DAYS)) / RAMP_DAYS


def ramp_draws(contract: Contract, before: date, after: date, draws: int, seed: int) -> Floats:
    """Draws of the revenue a contract adds between two quarters, given their middles; shape (draws,)."""
    start = announced_start(contract)
    value, term = contract.attributable_value_usd, contract.term_years
    if not (start and value and term):
        return np.zeros(draws)
    chance = np.random.default_rng(seed)
    late = chance.exponential(LATE_DAYS, draws)
    full = float(value) / (4 * float(term)) * np.exp(SCATTER * chance.standard_normal(draws))
    reached = [np.clip(((day - start).days - late) / RAMP_DAYS, 0, 1) for day in (before, after)]
    return np.asarray(full * (reached[1] - reached[0]))

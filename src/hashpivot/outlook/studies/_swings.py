"""What decides an outcome: each uncertain input moved over its own range, all others where they are.

Every run uses the same random numbers, so that a difference is the input's. What inputs do together shows in
the tornado, which varies them all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hashpivot.core import short_repr

from ..inputs import published_key
from ..run import OutlookCase, outlook
from ..scenarios import get_input, with_inputs
from ._bridge import middle_measure
from ._debt_rate import DebtRateSwing, debt_rate_swing
from ._sensitivity import PATHS, Factor, Outcome, uncertain_inputs, year_profit


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does to the outcome.

    Args:
        factor: The input and its range.
        value: Where it stands.
        low_usd: Change of the outcome if it stands at the lower end of its range.
        high_usd: Change of the outcome at the upper end.
    """

    factor: Factor
    value: float
    low_usd: float
    high_usd: float

    @property
    def size_usd(self) -> float:
        """Distance between the outcomes at both ends."""
        return abs(self.high_usd - self.low_usd)

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "input": published_key(self.factor.key),
            "title": self.factor.title,
            "value": self.value,
            "low": self.factor.low,
            "high": self.factor.high,
            "outcome_at_low_usd": round(self.low_usd, 2),
            "outcome_at_high_usd": round(self.high_usd, 2),
        }


@short_repr
@dataclass(frozen=True, slots=True)
class Swings:
    """What each uncertain input does to an outcome on its own, largest first.

    Args:
        outcome: What is changed.
        base_usd: The outcome where no input is moved.
        swings: One an input.
        debt_rate: What a higher rate of new debt does to interest; None where the balance is not known.
    """

    outcome: str
    base_usd: float
    swings: tuple[Swing, ...]
    debt_rate: DebtRateSwing | None = None

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "outcome": self.outcome,
            "base_usd": round(self.base_usd, 2),
            "swings": [swing.to_dict() for swing in self.swings],
            "debt_rate": self.debt_rate.to_dict() if self.debt_rate else None,
        }


def swings(case: OutlookCase, *, quarters: int = 12, seed: int = 1, outcome: Outcome = year_profit) -> Swings:
    """What each uncertain input of a case does to an outcome on its own.

    Args:
        case: The case.
        quarters: Quarters ahead.
        seed: Seed of the paths, the same in all runs.
        outcome: What is changed, in dollars; by default `year_profit`.
    """

    def run(of: OutlookCase) -> float:
        return outcome(outlook(of, quarters=quarters, paths=PATHS, seed=seed))

    def swing(factor: Factor) -> Swing:
        low, high = (run(with_inputs(case, {factor.key: end})) - base for end in (factor.low, factor.high))
        return Swing(factor, get_input(case, factor.key), low, high)

    base = run(case)
    found = map(swing, uncertain_inputs(case))
    ordered = tuple(sorted(found, key=lambda each: -each.size_usd))
    return Swings(middle_measure(case), base, ordered, debt_rate_swing(case, quarters, seed))

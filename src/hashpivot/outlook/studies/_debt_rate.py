"""What a higher rate of new debt costs: it moves no EBITDA, so it stands beside what does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..run import Outlook, OutlookCase, amount_over, outlook
from ..scenarios import allowed_range, with_inputs
from ._sensitivity import PATHS

YEAR = 4
RATE_KEY = "finance.new_interest"
HIGHER = 1.5
"""Judged: 9% where 6% is assumed, about the upper end of miners' notes without conversion."""


@dataclass(frozen=True, slots=True)
class DebtRateSwing:
    """A higher rate of new debt and project loans.

    Args:
        rate: The case's, a year.
        higher: What it is compared with.
        interest_usd: More interest paid in the last four quarters, mean of all paths.
        p_unpaid: Probability that a bill is unpaid at the quarter's end where it is most likely.
        p_unpaid_higher: The same at the higher rate.
    """

    rate: float
    higher: float
    interest_usd: float
    p_unpaid: float
    p_unpaid_higher: float

    def to_dict(self) -> dict[str, Any]:
        """`{"rate", "higher", "interest_usd", "p_unpaid", "p_unpaid_higher"}`."""
        return {
            "rate": self.rate,
            "higher": self.higher,
            "interest_usd": round(self.interest_usd, 2),
            "p_unpaid": self.p_unpaid,
            "p_unpaid_higher": self.p_unpaid_higher,
        }


def debt_rate_swing(case: OutlookCase, quarters: int, seed: int) -> DebtRateSwing | None:
    """What a rate of new debt half as high again does; None where the balance is not known.

    Args:
        case: The case.
        quarters: Quarters ahead.
        seed: Seed of the paths, the same in both runs.
    """
    if not case.inputs.finance.funding_known:
        return None
    rate = case.inputs.finance.new_interest
    higher = min(HIGHER * rate, allowed_range(case, RATE_KEY)[1])
    plain, dear = (
        outlook(of, quarters=quarters, paths=PATHS, seed=seed)
        for of in (case, with_inputs(case, {RATE_KEY: higher}))
    )
    more = _interest(dear) - _interest(plain)
    return DebtRateSwing(rate, higher, more, _most_unpaid(plain), _most_unpaid(dear))


def _interest(found: Outlook) -> float:
    number = len(found.quarters)
    last = range(max(0, number - YEAR), number)
    return float(amount_over(found.rows, "interest_usd", last).mean(dtype=float))


def _most_unpaid(found: Outlook) -> float:
    rows = found.rows
    return max(float((rows.row("shortfall_usd", step) > 0).mean()) for step in range(len(found.quarters)))

"""Lines an outlook holds at their run rate."""

from __future__ import annotations

from dataclasses import dataclass

from ._ranges import BILLIONS, check_ranges, ranged


@dataclass(frozen=True, slots=True)
class RunRateLines:
    """Lines held at their current run rate: hosting, engineering, power and other.

    Args:
        hosting_usd: Revenue a quarter, likewise the next three.
        line_noise: Standard deviation of the log change of these lines and of chips from quarter to quarter;
            what has moved comes back.
        margin: Gross profit of all of them over revenue.
        unattributed_usd: Revenue a quarter that no line claims: the total less its lines. It counts as other.
    """

    hosting_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    engineering_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    power_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    other_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    line_noise: float = ranged(0.0, 1.0, "per quarter", 0.0)
    margin: float = ranged(-2.0, 1.0, "share", 0.2)
    unattributed_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, "steady")

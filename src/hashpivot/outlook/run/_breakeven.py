"""Why a breakeven hashprice lies below zero, where one does."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Quarter


def breakeven_remarks(quarters: Sequence[Quarter], medians: Sequence[float | None]) -> tuple[str, ...]:
    """A sentence on the quarters whose median breakeven lies below zero; none if there is none.

    Args:
        quarters: The quarters.
        medians: The breakeven hashprice of each; None where there is none.
    """
    below = [quarter for quarter, usd in zip(quarters, medians, strict=True) if (usd or 0.0) < 0]
    if not below:
        return ()
    to_the_end = below == list(quarters[-len(below) :])
    when = f"from {below[0]} on" if to_the_end else f"in {', '.join(map(str, below))}"
    return (
        f"The breakeven hashprice is below zero {when}: the other lines pay the overheads and the costs of "
        "mining at the median, so EBITDA is above zero at any hashprice",
    )

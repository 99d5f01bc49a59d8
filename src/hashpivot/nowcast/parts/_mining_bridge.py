"""From the last reported quarter to the nowcast: how much price, difficulty, fees and fleet each
contribute.

Mining revenue is a product: days x blocks a hash finds x subsidy x (1 + fees over subsidy) x price x hash
rate x realised share. The change of a product is split exactly by the logarithmic mean Divisia index
(LMDI-I, B. W. Ang, Energy Policy 33, 2005): each factor gets the logarithmic mean of the two amounts times
the change of its logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log

from ..network import Market

FACTORS = ("days", "difficulty", "subsidy", "fees", "price")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a bridge.

    Args:
        name: What it is due to; `from` and `to` are the two ends.
        usd: US dollars.
    """

    name: str
    usd: float


def mining_steps(
    market: Market,
    before: tuple[date, date, float],
    after: tuple[date, date, float],
    hash_rates: tuple[float, float] | None,
) -> list[Step]:
    """The steps between two quarters' mining revenue; they add up to the difference exactly.

    Args:
        market: The network over both.
        before: First day, last day and revenue of the reported quarter.
        after: The same of the nowcast.
        hash_rates: Reported hash rates in EH/s beside the two, if both are known.
    """
    start, end, low = before
    first, last, high = after
    changes = {
        name: late - early
        for name, early, late in zip(
            FACTORS, market.log_factors(start, end), market.log_factors(first, last), strict=True
        )
    }
    left = log(high / low) - sum(changes.values())
    if hash_rates:
        changes["hash_rate"] = log(hash_rates[1] / hash_rates[0])
        changes["realised_share"] = left - changes["hash_rate"]
    else:
        changes["effective_hash_rate"] = left
    mean = (high - low) / log(high / low) if high != low else low
    return [Step(name, mean * change) for name, change in changes.items()]

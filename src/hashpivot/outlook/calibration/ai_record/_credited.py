"""What of a line's revenue where an outlook begins is a contract's: what came on top since its start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import Quarter


@dataclass(frozen=True, slots=True)
class Begun:
    """A contract whose start is past, or in the quarter an outlook begins with.

    Args:
        number: Its place among the company's.
        first, last: The announced start.
        usd: Its full rate, a quarter.
    """

    number: int
    first: Quarter
    last: Quarter
    usd: float


def credited(
    begun: Sequence[Begun], earned: Mapping[Quarter, float], usd: float
) -> tuple[dict[int, float], float]:
    """What each contract brings already, by number, and what neither they nor older business explain.

    A contract has no part of what the line earned before it began; of several, the one that started first
    is paid first.

    Args:
        begun: Contracts of one line.
        earned: The line's recurring revenue by quarter, as far as it was reported.
        usd: That of the quarter the outlook begins with.
    """
    explained, parts = 0.0, {}
    for each in sorted(begun, key=lambda contract: contract.last):
        explained = max(explained, _before(each, earned))
        parts[each.number] = min(each.usd, max(0.0, usd - explained))
        explained += parts[each.number]
    return parts, max(0.0, usd - explained)


def _before(contract: Begun, earned: Mapping[Quarter, float]) -> float:
    """What the line earned in the last quarter reported before a contract began.

    While the announced span is not over in the reports, it counts as begun in its last quarter, as the
    outlook takes it; after that, anything since its first one may be its.
    """
    over = max(earned, default=contract.first) >= contract.last
    begins = contract.first if over else contract.last
    return next((earned[quarter] for quarter in sorted(earned, reverse=True) if quarter < begins), 0.0)

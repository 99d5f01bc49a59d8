"""Fees a day: exact, recovered from a published hashprice, or the mean of the month.

The mean of a month is what its blocks paid together, a fact of the chain; it is read as that total from the
collected table, less the days known block by block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from hashpivot.bitcoin import SATOSHI_PER_BTC

from ..snapshot import Row

SUBSIDY_BTC = 3.125  # of the years the observed hashprices are from
_WINDOW = 144  # blocks the observed hashprice is counted over
_DIGITS = 4  # significant digits of a month's mean fees per block

Exact = Mapping[date, float]


class Heights(NamedTuple):
    """The blocks of a day.

    Args:
        first: Height of the first.
        last: Height of the last.
        counted: Whether every one is known.
    """

    first: int
    last: int
    counted: bool

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return self.last - self.first + 1


def exact(days: Mapping[date, Heights], blocks: Sequence[Row]) -> dict[date, float]:
    """Fees of the days whose blocks are all known, bitcoin."""
    paid = {int(row["height"]): int(row["totalfee_sat"]) for row in blocks}
    return {
        day: sum(paid[height] for height in range(span.first, span.last + 1)) / SATOSHI_PER_BTC
        for day, span in days.items()
        if span.counted
    }


def approximate(days: Mapping[date, Heights], observed: Sequence[Row]) -> dict[date, float]:
    """Fees of the day before each live observation, from its hashprice over 144 blocks."""
    found = {}
    for row in observed:
        day = date.fromisoformat(row["date"]) - timedelta(days=1)
        if row["mode"] == "live" and day in days:
            network_ph = float(row["hashrate_mempool_ehs"]) * 1_000
            earned = float(row["hashprice_usd_ph_day"]) * network_ph / float(row["price_usd"])
            found[day] = max(0.0, earned / _WINDOW - SUBSIDY_BTC) * days[day].blocks
    return found


def monthly(collected: Sequence[Row], known: Exact) -> dict[str, float]:
    """Mean fees per block of the days of a month that are not known exactly; wholly collected months only."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in collected:
        rows[row["date"][:7]].append(row)
    return {
        month: mean
        for month, held in rows.items()
        if all(row["fees_flag"] == "exact" for row in held)
        and (mean := _mean([row for row in held if date.fromisoformat(row["date"]) not in known])) is not None
    }


def _mean(rows: Sequence[Row]) -> float | None:
    if not rows:
        return None
    mean = sum(float(row["fees_btc"]) for row in rows) / sum(int(row["blocks"]) for row in rows)
    return float(f"{mean:.{_DIGITS}g}")

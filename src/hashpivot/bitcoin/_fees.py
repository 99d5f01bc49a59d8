"""Fees of a day, with what is not known about them."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from hashpivot.core import NoData

from ._day import NetworkDay

NEIGHBOURS = 14
"""Known days looked at on each side of a day whose fees are missing."""

APPROX_SHARE, APPROX_BTC = 0.05, 0.1
"""Half-width of an approximate day: the share covers the 144-block window that does not end with the day, the
amount the rounding of the published hashprice it was recovered from."""

ESTIMATED_LOW, ESTIMATED_HIGH = 0.5, 1.75
"""Ends of a day that has the mean of its month, as shares of it: they held nine days in ten since 2017-08."""


class Fees(NamedTuple):
    """Fees of a day or period in bitcoin, with an interval; the three agree where fees are exact.

    Args:
        btc: The reported or estimated amount.
        low_btc: Lower end.
        high_btc: Upper end.
    """

    btc: float
    low_btc: float
    high_btc: float


def fees_of(days: Sequence[NetworkDay], index: int) -> Fees:
    """Fees of the day at `index` of `days`.

    Exact fees stand as they are; approximate ones get 5% and 0.1 BTC to both sides; estimated ones, the mean
    of their month, reach from half of it to 1.75 times; missing ones are the mean fees per block of the 14
    known days before and the 14 after (those there are), times the day's blocks, between the lowest and the
    highest end of these days.

    Raises:
        NoData: If fees are missing on every day.
    """
    known = _known(days[index])
    return _filled(days, index) if known is None else known


def without_chance(days: Sequence[NetworkDay], fees: Sequence[Fees]) -> list[Fees]:
    """The fees of a period's days, for adding up: the estimated days of a whole month have no interval.

    What the days of a month brought together is known where each has the month's mean; only a month cut by an
    end of the period leaves it open which of its days were the expensive ones.
    """
    held = Counter((row.day.year, row.day.month) for row in days)
    whole = {month for month, count in held.items() if count == monthrange(*month)[1]}
    return [
        Fees(fee.btc, fee.btc, fee.btc)
        if row.fees_flag == "estimated" and (row.day.year, row.day.month) in whole
        else fee
        for row, fee in zip(days, fees, strict=True)
    ]


def _known(day: NetworkDay) -> Fees | None:
    fees = day.fees_btc
    if fees is None:
        return None
    if day.fees_flag == "estimated":
        return Fees(fees, fees * ESTIMATED_LOW, fees * ESTIMATED_HIGH)
    slack = fees * APPROX_SHARE + APPROX_BTC if day.fees_flag == "approx" else 0.0
    return Fees(fees, max(0.0, fees - slack), fees + slack)


def _filled(days: Sequence[NetworkDay], index: int) -> Fees:
    sides = (range(index - 1, -1, -1), range(index + 1, len(days)))
    near = [islice(_known_per_block(days, side), NEIGHBOURS) for side in sides]
    per_block = list(chain.from_iterable(near))
    if not per_block:
        raise NoData(f"fees are missing on {days[index].day} and no other day of the history has any")
    mean, blocks = sum(fees.btc for fees in per_block) / len(per_block), days[index].blocks
    low, high = min(fees.low_btc for fees in per_block), max(fees.high_btc for fees in per_block)
    return Fees(mean * blocks, low * blocks, high * blocks)


def _known_per_block(days: Sequence[NetworkDay], order: range) -> Iterator[Fees]:
    for day in map(days.__getitem__, order):
        if fees := _known(day):
            yield Fees(fees.btc / day.blocks, fees.low_btc / day.blocks, fees.high_btc / day.blocks)

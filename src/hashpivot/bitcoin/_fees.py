"""Fees of a day, with what is not known about them."""

from __future__ import annotations

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

    Exact fees stand as they are; approximate ones get 5% and 0.1 BTC to both sides; missing ones are the mean
    fees per block of the 14 known days before and the 14 after (those there are), times the day's blocks,
    between the lowest and the highest of these days.

    Raises:
        NoData: If fees are missing on every day.
    """
    day = days[index]
    if day.fees_btc is None:
        return _filled(days, index)
    slack = day.fees_btc * APPROX_SHARE + APPROX_BTC if day.fees_flag == "approx" else 0.0
    return Fees(day.fees_btc, max(0.0, day.fees_btc - slack), day.fees_btc + slack)


def _filled(days: Sequence[NetworkDay], index: int) -> Fees:
    sides = (range(index - 1, -1, -1), range(index + 1, len(days)))
    known = [islice(_known_per_block(days, side), NEIGHBOURS) for side in sides]
    per_block = sorted(chain.from_iterable(known))
    if not per_block:
        raise NoData(f"fees are missing on {days[index].day} and no other day of the history has any")
    mean = sum(per_block) / len(per_block)
    blocks = days[index].blocks
    return Fees(mean * blocks, per_block[0] * blocks, per_block[-1] * blocks)


def _known_per_block(days: Sequence[NetworkDay], order: range) -> Iterator[float]:
    return (day.fees_btc / day.blocks for day in map(days.__getitem__, order) if day.fees_btc is not None)

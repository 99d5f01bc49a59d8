"""Made-up days of the network that follow on a real one."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkDay, issuance_btc

_MEAN_BLOCKS = 144
_SPREAD_BLOCKS = 12  # standard deviation of a day's count by chance


def made_up_network_days(after: NetworkDay, count: int, *, seed: int = 0) -> list[NetworkDay]:
    """Return days that follow on a day as the protocol allows: difficulty changes every 2,016 blocks.

    Args:
        after: The day before the first; it must have a price.
        count: How many.
        seed: Of the chance in blocks, fees, prices and changes of difficulty.
    """
    chance = random.Random(seed)
    difficulties = {after.height_end // BLOCKS_PER_EPOCH: after.difficulty}
    days: list[NetworkDay] = []
    height, price = after.height_end, after.price_usd
    for number in range(1, count + 1):
        blocks = max(60, round(chance.gauss(_MEAN_BLOCKS, _SPREAD_BLOCKS)))
        last = height + blocks
        for epoch in range(height // BLOCKS_PER_EPOCH + 1, last // BLOCKS_PER_EPOCH + 1):
            difficulties[epoch] = round(difficulties[epoch - 1] * chance.uniform(0.96, 1.06), 2)
        price = round(price * chance.uniform(0.97, 1.03), 2)
        days.append(
            _day(
                after.day + timedelta(days=number),
                height + 1,
                last,
                difficulties,
                price,
                chance.uniform(1, 6),
            )
        )
        height = last
    return days


def _day(
    day: date, first: int, last: int, difficulties: dict[int, float], price: float, fees: float
) -> NetworkDay:
    blocks = last - first + 1
    mean = sum(difficulties[height // BLOCKS_PER_EPOCH] for height in range(first, last + 1)) / blocks
    single = first // BLOCKS_PER_EPOCH == last // BLOCKS_PER_EPOCH
    difficulty = difficulties[first // BLOCKS_PER_EPOCH] if single else mean
    return NetworkDay(
        day, price, difficulty, blocks, issuance_btc(last, blocks), round(fees, 8), "exact", last
    )

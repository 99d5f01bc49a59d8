"""A market without chance, for closed forms."""

import numpy as np

from hashpivot.core import Quarter
from hashpivot.outlook import MarketPaths

FIRST = Quarter(2027, 1)
PRICE, HASHPRICE = 80_000.0, 40.0


def flat_market(quarters: int = 4, paths: int = 3, hashprice: float = HASHPRICE) -> MarketPaths:
    names = tuple(FIRST + step for step in range(quarters))
    days = np.array([[quarter.days] * paths for quarter in names], dtype=np.float32)
    full = np.ones((quarters, paths), dtype=np.float32)
    btc = hashprice * 1_000 * days / np.float32(PRICE)
    halving = np.full(paths, np.nan, dtype=np.float32)
    return MarketPaths(
        names, full * np.float32(PRICE), full * 1_000, full * np.float32(hashprice), btc, halving
    )

"""The market ahead: price, hash rate, hashprice and bitcoin per EH/s by quarter, many paths of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import difficulty_of_ehs
from hashpivot.core import InvalidInput, Quarter
from hashpivot.formula import Number

from ..inputs import MarketParameters
from ._draws import SeededDraws
from ._engine import MarketWalk
from ._quarters import BTC, HASHPRICE, PRICE, RATE, QuarterSums
from ._start import MarketStart

SHARD = 8_192
"""Paths of a shard: each has random numbers of its own, so the result is the same whoever computes it."""

PHS_PER_EHS = 1_000
MOST_QUARTERS, MOST_PATHS = 40, 10_000_000


@dataclass(frozen=True, eq=False)
class MarketQuarter:
    """What a company meets in a quarter: plain numbers, arrays of paths in double precision, or terms.

    Args:
        quarter: The quarter.
        price_usd: Mean US dollars per bitcoin.
        hashprice_usd_per_ph_day: Mean hashprice, fees included.
        btc_per_eh: Bitcoin 1 EH/s running throughout is expected to earn, fees included.
    """

    quarter: Quarter
    price_usd: Number
    hashprice_usd_per_ph_day: Number
    btc_per_eh: Number

    @classmethod
    def of_means(cls, quarter: Quarter, price_usd: Number, hashprice_usd_per_ph_day: Number) -> MarketQuarter:
        """The quarter at one price and one hashprice: bitcoin earned is worth the hashprice."""
        earned = hashprice_usd_per_ph_day * PHS_PER_EHS * quarter.days / price_usd
        return cls(quarter, price_usd, hashprice_usd_per_ph_day, earned)


@dataclass(frozen=True)
class MarketPaths:
    """Simulated quarters. Arrays have the shape `(quarters, paths)`, single precision.

    Args:
        quarters: The quarters; days of the first that are history are in its means.
        price_usd: Mean US dollars per bitcoin.
        hash_rate_ehs: Mean EH/s that difficulty stands for.
        hashprice_usd_per_ph_day: Mean hashprice, fees included.
        btc_per_eh: Bitcoin 1 EH/s running throughout is expected to earn, fees included.
        halving_day: Days from the start to the next halving, NaN where not reached; shape `(paths,)`.
    """

    quarters: tuple[Quarter, ...]
    price_usd: NDArray[np.float32]
    hash_rate_ehs: NDArray[np.float32]
    hashprice_usd_per_ph_day: NDArray[np.float32]
    btc_per_eh: NDArray[np.float32]
    halving_day: NDArray[np.float32]

    @property
    def paths(self) -> int:
        """Number of paths."""
        return int(self.price_usd.shape[1])

    def at(self, step: int) -> MarketQuarter:
        """The quarter at a position."""
        held = (self.price_usd, self.hashprice_usd_per_ph_day, self.btc_per_eh)
        return MarketQuarter(self.quarters[step], *(each[step].astype(np.float64) for each in held))

    @property
    def difficulty(self) -> NDArray[np.float64]:
        """Mean difficulty."""
        return difficulty_of(self.hash_rate_ehs)


def difficulty_of(hash_rate_ehs: NDArray[np.float32]) -> NDArray[np.float64]:
    """Difficulty that stands for a hash rate in EH/s."""
    return hash_rate_ehs.astype("f8") * difficulty_of_ehs(1.0)


def shard_sizes(paths: int) -> list[int]:
    """Sizes of the shards of so many paths; all but the last are full.

    Raises:
        InvalidInput: If `paths` is not in 1..10,000,000.
    """
    if not 1 <= paths <= MOST_PATHS:
        raise InvalidInput(f"{paths:,} paths cannot be simulated", hint=f"1 to {MOST_PATHS:,} can")
    full, rest = divmod(paths, SHARD)
    return [SHARD] * full + ([rest] if rest else [])


def simulate_shard(
    start: MarketStart,
    parameters: MarketParameters,
    quarters: int,
    seed: int,
    shard: int = 0,
    paths: int = SHARD,
    returns: Sequence[float] = (),
) -> MarketPaths:
    """One shard of the market.

    Args:
        start: Where it starts.
        parameters: The market's.
        quarters: Quarters, the one of the first simulated day included.
        seed: The run's seed.
        shard: Number of the shard.
        paths: Its size.
        returns: Standardised past returns, for the bootstrap.

    Raises:
        InvalidInput: If `quarters` is not in 1..40, or returns for the bootstrap are missing.
    """
    if not 1 <= quarters <= MOST_QUARTERS:
        raise InvalidInput(f"{quarters} quarters cannot be simulated", hint=f"1 to {MOST_QUARTERS} can")
    bootstrap = parameters.price.kind == "bootstrap"
    if bootstrap and not returns:
        raise InvalidInput("the bootstrap needs past returns", where="price")
    names = tuple(start.first_quarter + step for step in range(quarters))
    sums = QuarterSums(start, names, paths)
    draws = SeededDraws(seed, shard, paths, returns if bootstrap else ())
    walk = MarketWalk(start, parameters, draws, paths, sums)
    with np.errstate(over="ignore", under="ignore"):
        walk.run(sums.last_day)
    means = sums.means()
    return MarketPaths(names, means[PRICE], means[RATE], means[HASHPRICE], means[BTC], walk.halving_day)

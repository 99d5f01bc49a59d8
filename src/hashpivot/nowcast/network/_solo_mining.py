"""Variance of solo mining: bitcoin earned by a miner that pools its blocks with nobody.

Blocks are found as a Poisson process, so bitcoin earned is a compound Poisson sum: with n blocks expected
and rewards of mean r and variance v, its mean is n r and its variance n (r^2 + v). A pool that pays per share
(FPPS) takes that risk over; its miners bear none.
"""

from __future__ import annotations

from math import sqrt

from hashpivot.bitcoin import hash_rate_ehs
from hashpivot.core import InvalidInput

BLOCKS_PER_DAY = 144


def blocks_expected(ehs: float, difficulty: float, days: float) -> float:
    """Return the blocks that `ehs` EH/s are expected to find in `days` days at a difficulty.

    Raises:
        InvalidInput: If hash rate or days are negative, or the difficulty is not positive.
    """
    if not (ehs >= 0 and days >= 0):
        raise InvalidInput(f"hash rate and days cannot be negative: {ehs} EH/s, {days} days")
    return ehs / hash_rate_ehs(difficulty) * BLOCKS_PER_DAY * days


def solo_dispersion(blocks: float, reward_variation: float = 0.0) -> float:
    """Return the standard deviation of bitcoin earned over its expectation: sqrt((1 + c^2) / n).

    Args:
        blocks: Blocks expected, n.
        reward_variation: Standard deviation of a block's reward over its mean, c; fees make it positive.

    Raises:
        InvalidInput: If `blocks` is not positive or the variation negative.
    """
    if not (blocks > 0 and reward_variation >= 0):
        raise InvalidInput(f"{blocks} blocks with variation {reward_variation} have no dispersion")
    return sqrt((1 + reward_variation**2) / blocks)

"""How much of what is installed runs: machines by efficiency class, switched off below their breakeven.

Miners that switch off leave their share of the blocks to the others once difficulty follows. So the share
running is an equilibrium: the margin it leaves is the margin at which just this share pays for its power.
(Answering to the margin of the moment, without that foresight, would make hash rate and difficulty chase
each other ever wider.)
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import erf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from ..inputs import NetworkModel

MACHINE_CLASSES = (-1.4, -0.53, 0.0, 0.53, 1.4)
"""Five classes of equal hash rate: log J/TH relative to the average, in standard deviations."""

LOWEST, HIGHEST, STEPS_PER_UNIT = -6.0, 4.0, 500
_LEAST_SHARE = 1e-12


def share_running(log_margin: float, network: NetworkModel) -> float:
    """Share of the installed hash rate that pays for its power at a margin.

    A class runs with those of its owners whose power price, log-normal around the median, is below the
    price it can pay.

    Args:
        log_margin: Log hashprice less log breakeven hashprice of the average machine at the median power
            price.
        network: For the spreads.
    """
    paid = (log_margin - spot * network.class_spread for spot in MACHINE_CLASSES)
    shares = [0.5 * (1 + erf(margin / network.cost_spread / sqrt(2))) for margin in paid]
    return sum(shares) / len(shares)


def full_margin_of(log_margin: float, network: NetworkModel) -> float:
    """The margin there would be if everything ran, given the margin in equilibrium."""
    return log_margin + log(max(_LEAST_SHARE, share_running(log_margin, network)))


def log_share_table(network: NetworkModel) -> NDArray[np.float32]:
    """Log of the share that runs in equilibrium at full margins from -6 to 4 in steps of 0.002.

    The full margin is the one there would be if everything installed ran; the table solves
    `share = share_running(full margin - log(share))`.
    """
    return _table(replace(NetworkModel(), cost_spread=network.cost_spread, class_spread=network.class_spread))


@cache
def _table(network: NetworkModel) -> NDArray[np.float32]:
    margins = np.linspace(LOWEST, HIGHEST + 0.1, 2 * STEPS_PER_UNIT * round(HIGHEST - LOWEST))
    full = np.array([full_margin_of(float(margin), network) for margin in margins])
    grid = np.linspace(LOWEST, HIGHEST, int((HIGHEST - LOWEST) * STEPS_PER_UNIT) + 1)
    return np.interp(grid, full, full - margins).astype(np.float32)

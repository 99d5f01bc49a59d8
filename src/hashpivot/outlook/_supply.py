"""How much of what is installed runs: machines by efficiency class, switched off below their breakeven.

Miners that switch off leave their share of the blocks to the others once difficulty follows. So the share
running is an equilibrium: the margin it leaves is the margin at which just this share pays for its power.
(Answering to the margin of the moment, without that foresight, would make hash rate and difficulty chase
each other ever wider.)
"""

from __future__ import annotations

from functools import cache
from math import erf, exp, log, sqrt
from typing import TYPE_CHECKING

from ._parameters import NetworkModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLASSES = (-1.4, -0.53, 0.0, 0.53, 1.4)
"""Five classes of equal hash rate: log J/TH relative to the average, in standard deviations."""

LOWEST, HIGHEST, STEPS_PER_UNIT = -6.0, 4.0, 500
_LEAST_LOG, _HALVINGS = -9.0, 40


def share_running(log_margin: float, network: NetworkModel) -> float:
    """Share of the installed hash rate that pays for its power at a margin.

    A class runs with those of its owners whose power price, log-normal around the median, is below the
    price it can pay.

    Args:
        log_margin: Log hashprice less log breakeven hashprice of the average machine at the median power
            price.
        network: For the spreads.
    """
    paid = (log_margin - spot * network.class_spread for spot in CLASSES)
    shares = [0.5 * (1 + erf(margin / network.cost_spread / sqrt(2))) for margin in paid]
    return sum(shares) / len(shares)


def log_equilibrium_share(full_margin: float, network: NetworkModel) -> float:
    """Log of the share that runs once difficulty has followed.

    It solves `share = share_running(full_margin - log(share))` by bisection.

    Args:
        full_margin: The log margin there would be if everything installed ran.
        network: For the spreads.
    """
    low, high = _LEAST_LOG, 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if share_running(full_margin - middle, network) > exp(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def full_margin_of(log_margin: float, network: NetworkModel) -> float:
    """The margin there would be if everything ran, given the margin in equilibrium."""
    return log_margin + log(max(exp(_LEAST_LOG), share_running(log_margin, network)))


@cache
def log_share_table(network: NetworkModel) -> NDArray[np.float32]:
    """Log equilibrium share at full margins from -6 to 4 in steps of 0.002."""
    import numpy as np

    steps = int((HIGHEST - LOWEST) * STEPS_PER_UNIT) + 1
    margins = np.linspace(LOWEST, HIGHEST, steps)
    shares = [log_equilibrium_share(float(margin), network) for margin in margins]
    return np.array(shares, dtype=np.float32)

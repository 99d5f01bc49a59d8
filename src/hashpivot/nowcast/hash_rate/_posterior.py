"""The posterior of a company's hash rate: what the model gives, and what it says of single months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..network import Floats
from ._evidence import Excluded, HashRateEvidence
from ._kind import EvidenceKind

KINDS = tuple(EvidenceKind)
"""The order of the kinds' biases in the state."""


@dataclass(frozen=True, eq=False)
class HashRatePosterior:
    """The posterior of a company's log effective hash rate.

    Args:
        first: First month of the grid.
        mean: Of the state: a level and a transient for each month, a bias for each kind, summer, scope.
        covariance: Of the state.
        used: Evidence used.
        excluded: Figures that contradict the rest.
        log_likelihood: Of the evidence used, averaged over the step scales.
        summer: Weight of summer, by month of the grid.
        curtailed: Log of its sites' uptime over their usual one, by month of the grid; 0 where not given.
    """

    first: int
    mean: Floats
    covariance: Floats
    used: tuple[HashRateEvidence, ...]
    excluded: tuple[Excluded, ...]
    log_likelihood: float
    summer: Floats
    curtailed: Floats

    def earning(self, months: Sequence[int], *, whole: bool = False) -> tuple[Floats, Floats]:
        """Return mean and covariance of the log effective hash rate of some months of the grid.

        Args:
            months: The months.
            whole: Of total revenue, for a company that does not split it.
        """
        rows = np.zeros((len(months), len(self.mean)))
        count, places = len(self.summer), [month - self.first for month in months]
        for row, place in zip(rows, places, strict=True):
            row[place] = row[count + place] = 1.0
            row[2 * count + len(KINDS)] = -self.summer[place]
            row[2 * count + KINDS.index(EvidenceKind.TOTAL)] = float(whole)
        return rows @ self.mean + self.curtailed[places], rows @ self.covariance @ rows.T

    def bias(self, kind: EvidenceKind) -> float:
        """Return by how much one kind of evidence overstates this company's hash rate, in logarithms."""
        return float(self.mean[2 * len(self.summer) + KINDS.index(kind)])

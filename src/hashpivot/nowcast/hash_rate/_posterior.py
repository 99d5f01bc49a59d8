"""The posterior of a company's hash rate: what the model gives, and what it says of single months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        rows = self._rows(months, whole=whole)
        places = [month - self.first for month in months]
        return rows @ self.mean + self.curtailed[places], rows @ self.covariance @ rows.T

    def given(
        self, months: Sequence[int], weights: Floats, shift: float, variance: float
    ) -> HashRatePosterior:
        """Return the posterior given what some months earned together.

        Args:
            months: The months.
            weights: What each earned of it; they sum to 1.
            shift: Log of what they earned over what `earning` says.
            variance: Of the log of what they earned.
        """
        row = weights @ self._rows(months, whole=False)
        cross = self.covariance @ row
        gain = cross / (row @ cross + variance)
        return replace(
            self, mean=self.mean + gain * shift, covariance=self.covariance - np.outer(gain, cross)
        )

    def _rows(self, months: Sequence[int], *, whole: bool) -> Floats:
        rows = np.zeros((len(months), len(self.mean)))
        count = len(self.summer)
        for row, place in zip(rows, (month - self.first for month in months), strict=True):
            row[place] = row[count + place] = 1.0
            row[2 * count + len(KINDS)] = -self.summer[place]
            row[2 * count + KINDS.index(EvidenceKind.TOTAL)] = float(whole)
        return rows

    def bias(self, kind: EvidenceKind) -> float:
        """Return by how much one kind of evidence overstates this company's hash rate, in logarithms."""
        return float(self.mean[2 * len(self.summer) + KINDS.index(kind)])

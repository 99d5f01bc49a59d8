"""Where a company's lines stand in the first quarter, on every path: what the nowcast drew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, Quarter


@dataclass(frozen=True, slots=True)
class StartLevels:
    """Levels of the lines in the first quarter, drawn jointly; place `i` of every array is one draw.

    Draws are in the order of what the network paid in them, the least first: a path of the market takes the
    draw of its own rank.

    Args:
        quarter: The first quarter.
        factors: By line, the draw over the line's median level.
        digest: Of all of the above; levels with the same are the same.
    """

    quarter: Quarter
    factors: Mapping[Line, NDArray[np.float32]] = field(repr=False, compare=False)
    digest: str

    @classmethod
    def of(cls, quarter: Quarter, factors: Mapping[Line, NDArray[np.float32]]) -> StartLevels:
        """The levels, with their digest."""
        content = sha256()
        for line in sorted(factors):
            content.update(line.encode() + factors[line].tobytes())
        return cls(quarter, dict(factors), content.hexdigest()[:16])

    def places(self, pay: NDArray[np.floating]) -> NDArray[np.int64]:
        """The draw that each path takes, given what the network pays in the first quarter on each."""
        ranks = np.empty(len(pay), dtype=np.int64)
        ranks[np.argsort(pay, kind="stable")] = np.arange(len(pay))
        draws = len(next(iter(self.factors.values())))
        return (2 * ranks + 1) * draws // (2 * len(pay))

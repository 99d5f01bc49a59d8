"""Where a site's groups and loads stand as the first of its hours begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from hashpivot.core import short_repr

from ._machines import Machines
from .base import Bools, Floats, Whole

_LONG_AGO = 10**6
"""Intervals: longer than any minimum time."""


@short_repr
@dataclass(frozen=True, eq=False)
class OwnPeakSoFar:
    """What one charge on the site's own peaks has measured of G groups.

    Args:
        by_month: Highest demand of each group by month of market local time, datetime64[M], shape (G,).
        span_mw_minutes: Power times minutes of the span of demand that is not over, shape (G,).
        span_minutes: Minutes of that span so far.
        grid_by_month: Highest demand from the grid, AI load and plant counted, by month as above.
    """

    by_month: Mapping[np.datetime64, Floats]
    span_mw_minutes: Floats
    span_minutes: int = 0
    grid_by_month: Mapping[np.datetime64, float] = field(default_factory=dict)


@short_repr
@dataclass(frozen=True, eq=False)
class Beginning:
    """Where a site stands as the first of its hours begins. G groups of machines, L AI loads.

    Args:
        mode: Mode of each group: 0 is off, n the nth of its `modes`, shape (G,).
        since: Intervals since each last started or stopped, shape (G,).
        held: Intervals its power must not change yet, for its ramp, shape (G,).
        off: Intervals each has been off this month of market local time, shape (G,).
        interrupted: Interruptions of AI load in the N intervals before the first, shape (N, L).
        sold_mw: Reserve sold already of each group in the first S intervals, NaN where none is due yet,
            shape (S, G).
        decided: Mode of each group in the first interval, if that is decided already, shape (G,).
        decided_interrupted: The same of interruptions, shape (L,).
        own_peaks: What each charge on own peaks has measured so far, by tariff.
        stored_mwh: Energy in the battery; None for its `initial_soc`.
    """

    mode: Whole
    since: Whole
    held: Whole
    off: Whole
    interrupted: Bools
    sold_mw: Floats
    decided: Whole | None = None
    decided_interrupted: Bools | None = None
    own_peaks: Mapping[str, OwnPeakSoFar] = field(default_factory=dict)
    stored_mwh: float | None = None

    @classmethod
    def usual(cls, machines: Sequence[Machines], loads: int = 0) -> Beginning:
        """Every group in normal mode and free to stop, no hour off used, nothing interrupted or sold."""
        groups = len(machines)
        none = np.zeros(groups, dtype=np.int64)
        return cls(
            np.array([group.normal + 1 for group in machines], dtype=np.int64),
            np.full(groups, _LONG_AGO),
            none,
            none,
            np.zeros((0, loads), dtype=bool),
            np.zeros((0, groups)),
        )

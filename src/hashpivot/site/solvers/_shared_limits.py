"""What ties a site's groups together: the limit of its connection and what it may sell of each reserve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..economics import in_modes, income_usd
from ..model import Floats, Whole


@dataclass(frozen=True, eq=False)
class SharedLimits:
    """Limits all groups share. T hours, G groups, M modes, P reserve products.

    Args:
        power_mw: MW of each mode, shape (G, M).
        reserve_mw: MW each mode can hold as reserve, shape (G, M).
        limit_mw: Most all groups may draw together, shape (T,).
        prices: Net price of each product, falling along the first axis, shape (P, T).
        caps: Most sold of each product in MW, shape (P, T).
    """

    power_mw: Floats
    reserve_mw: Floats
    limit_mw: Floats
    prices: Floats
    caps: Floats

    @cached_property
    def limit_binds(self) -> bool:
        """Whether all groups at full power draw more than the limit."""
        return bool((self.power_mw.max(axis=1).sum() > self.limit_mw * (1 + 1e-9)).any())

    @cached_property
    def most_reserve_mw(self) -> float:
        """Reserve of all groups together at full power."""
        return float(self.reserve_mw.max(axis=1).sum())

    @cached_property
    def caps_bind(self) -> bool:
        """Whether all groups together could hold more of the best product than may be sold."""
        if not self.prices.size:
            return False
        short = self.caps[0] < self.most_reserve_mw * (1 - 1e-9)
        return bool((short & (self.prices[0] > 0)).any())

    @cached_property
    def usable_caps(self) -> Floats:
        """Caps cut to what the groups can hold, better products first, shape (P, T)."""
        cumulative = np.minimum(np.cumsum(self.caps, axis=0), self.most_reserve_mw)
        return np.diff(cumulative, axis=0, prepend=0.0)

    def income(self, held_mw: Floats) -> Floats:
        """What selling `held_mw` brings, best products first; held has shape (T, ...)."""
        return income_usd(self.prices, self.caps, held_mw)

    def drawn(self, modes: Whole) -> Floats:
        """MW of each group, shape (T, G)."""
        return in_modes(self.power_mw, modes)

    def held(self, modes: Whole) -> Floats:
        """MW of reserve of each group, shape (T, G)."""
        return in_modes(self.reserve_mw, modes)

    def part(self, hours: slice) -> SharedLimits:
        """The same limits over some of the hours."""
        prices, caps = self.prices[:, hours], self.caps[:, hours]
        return SharedLimits(self.power_mw, self.reserve_mw, self.limit_mw[hours], prices, caps)

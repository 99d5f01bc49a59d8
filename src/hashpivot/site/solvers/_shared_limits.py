"""What ties a site's groups together: the limit of its connection and what it may sell of each reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from ..economics import in_modes, income_usd
from ..model import Floats, Whole

_MOST_TOGETHER = 729
"""Ways to run half of the groups up to which all are tried: six groups of three modes."""
_CELLS = 1_000_000
"""Of a table of intervals by ways to run, so that it stays in memory."""


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

    @cached_property
    def countable(self) -> bool:
        """Whether the ways to run groups together are few enough for `best_within`."""
        return all(
            self.power_mw.shape[1] ** (half.stop - half.start) <= _MOST_TOGETHER for half in self._halves
        )

    @property
    def reserves_counted(self) -> bool:
        """Whether `best_within` counts what reserves pay: there are some, and few ways to run all groups."""
        groups, modes = self.power_mw.shape
        return bool(self.prices.size) and modes**groups <= _MOST_TOGETHER

    def best_within(self, usd: Floats) -> tuple[Floats, Whole]:
        """The modes that bring most together within the limit, in each interval by itself.

        Every way to run one half of the groups meets the best way to run the other that leaves it room. Where
        reserves count, one half is all of them.

        Args:
            usd: What each mode brings, minus infinity where impossible, shape (T, G, M).

        Returns:
            What they bring, shape (T,), minus infinity where nothing fits, and the modes, shape (T, G).
        """
        rows = max(1, _CELLS // sum(len(ways) for ways in self._ways))
        parts = [self._best_of_rows(usd, slice(t, t + rows)) for t in range(0, len(usd), rows)]
        brought, modes = zip(*parts, strict=True)
        return np.concatenate(brought), np.concatenate(modes)

    def _best_of_rows(self, usd: Floats, rows: slice) -> tuple[Floats, Whole]:
        (some, rest), (first, second), usd = self._halves, self._ways, usd[rows]
        drawn = _by_way(self.power_mw[None, some], first)[0]
        beside = _by_way(self.power_mw[None, rest], second)[0]
        order = np.argsort(beside, kind="stable")
        second, (limits, which) = second[order], np.unique(self.limit_mw[rows], return_inverse=True)
        room = limits[:, None] * (1 + 1e-9) - drawn
        fitting = np.searchsorted(beside[order], room, side="right")[which]
        one, other = _by_way(usd[:, some], first), _by_way(usd[:, rest], second)
        if self.reserves_counted:
            held = _by_way(self.reserve_mw[None], second)
            other += self.part(rows).income(np.broadcast_to(held, other.shape))
        best = np.take_along_axis(np.maximum.accumulate(other, axis=1), np.maximum(fitting - 1, 0), 1)
        total, every = one + np.where(fitting > 0, best, -np.inf), np.arange(len(usd))
        chosen = total.argmax(axis=1)
        fits = np.arange(len(second)) < fitting[every, chosen][:, None]
        with_it = np.where(fits, other, -np.inf).argmax(axis=1)
        return total[every, chosen], np.concatenate([first[chosen], second[with_it]], axis=1)

    @cached_property
    def _halves(self) -> tuple[slice, slice]:
        groups = len(self.power_mw)
        half = 0 if self.reserves_counted else groups // 2
        return slice(0, half), slice(half, groups)

    @cached_property
    def _ways(self) -> tuple[Whole, Whole]:
        """Every way to run each half of the groups, shape (ways, groups)."""
        first, second = (_ways(self.power_mw.shape[1], half.stop - half.start) for half in self._halves)
        return first, second

    def of(self, chosen: Sequence[int]) -> SharedLimits:
        """The same limits for some of the groups."""
        some = list(chosen)
        return replace(self, power_mw=self.power_mw[some], reserve_mw=self.reserve_mw[some])

    def part(self, hours: slice) -> SharedLimits:
        """The same limits over some of the hours."""
        prices, caps = self.prices[:, hours], self.caps[:, hours]
        return SharedLimits(self.power_mw, self.reserve_mw, self.limit_mw[hours], prices, caps)


def _ways(modes: int, groups: int) -> Whole:
    """Return every way to run so many groups, shape (ways, groups)."""
    ways = list(product(range(modes), repeat=groups))
    return np.array(ways, dtype=np.int64).reshape(len(ways), groups)


def _by_way(values: Floats, ways: Whole) -> Floats:
    """Return the sum over groups of a value of each mode, by way to run them, from (T, G, M) to (T, ways)."""
    total = np.zeros((len(values), len(ways)))
    for g in range(ways.shape[1]):
        total += values[:, g][:, ways[:, g]]
    return total

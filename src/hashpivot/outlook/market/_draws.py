"""Random numbers, step by step; the same for a seed and shard whoever draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

NORMALS, UNIFORMS = 4, 2
BLOCK_EPOCHS = 6
"""Consecutive past returns a bootstrap takes at a time: a quarter's."""


class Draws(Protocol):
    """A source of random numbers for one shard."""

    def once(self) -> NDArray[np.float32]:
        """Two standard normals a path, shape `(2, paths)`: drift of the price, level of growth."""
        ...

    def step(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Normals `(4, paths)`: price, hash rate, fees, block times; uniforms `(2, paths)`: jump, regime."""
        ...


class SeededDraws:
    """Draws from a generator of its own for every shard.

    The arrays it gives are overwritten by its next step.

    Args:
        seed: The run's seed.
        shard: Number of the shard.
        paths: Paths in the shard.
        returns: Past standardised returns of epochs, oldest first; if given, the price's normals are blocks
            of consecutive ones instead.
    """

    def __init__(self, seed: int, shard: int, paths: int, returns: Sequence[float] = ()) -> None:
        self._random = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, shard])))
        self._normals = np.empty((NORMALS, paths), dtype=np.float32)
        self._uniforms = np.empty((UNIFORMS, paths), dtype=np.float32)
        self._returns = np.array(returns, dtype=np.float32)
        self._starts = np.zeros(paths, dtype=np.intp)
        self._steps = 0

    def once(self) -> NDArray[np.float32]:
        """See `Draws`."""
        return self._random.standard_normal((2, self._starts.size), dtype=np.float32)

    def step(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """See `Draws`."""
        self._random.standard_normal(dtype=np.float32, out=self._normals)
        self._random.random(dtype=np.float32, out=self._uniforms)
        if self._returns.size:
            self._draw_past()
        self._steps += 1
        return self._normals, self._uniforms

    def _draw_past(self) -> None:
        place = self._steps % BLOCK_EPOCHS
        if place == 0:
            self._starts = self._random.integers(0, self._returns.size, self._starts.size)
        self._normals[0] = self._returns[(self._starts + place) % self._returns.size]

"""A committee of small neural networks trained side by side: numpy only, absolute error, Adam.

Every network is `linear(x) + mlp(x)`: the straight path carries what a linear model knows, the layers learn
the bends. All members run in one batched matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Single = NDArray[np.float32]
_ONE = np.float32(1)
_FAST, _SLOW = 0.9, 0.999
"""Adam's memories of slope and squared slope (Kingma, Ba 2015)."""


class Networks:
    """Networks of the same shape and different chance.

    Args:
        sizes: Widths from input to output.
        members: Number of networks.
        dropout: Share of hidden units silenced in a step.
        decay: Weights shrink by this a unit of learning rate.
        memory: Of the running mean of weights that forecasts, per step.
        seed: Of all chance in it.
    """

    def __init__(
        self, sizes: Sequence[int], members: int, dropout: float, decay: float, memory: float, seed: int
    ) -> None:
        self._chance = np.random.default_rng(seed)
        self._dropout, self._decay, self._memory = np.float32(dropout), decay, np.float32(memory)
        self._layers = len(sizes) - 1
        self._parts = self._start(sizes, members)
        self._slopes = [np.zeros_like(part) for part in self._parts]
        self._squares = [np.zeros_like(part) for part in self._parts]
        self._steady = [part.copy() for part in self._parts]
        self._steps = 0

    def _start(self, sizes: Sequence[int], members: int) -> list[Single]:
        """Weights and biases layer by layer (He et al. 2015), a timid last layer, then the straight path."""
        parts: list[Single] = []
        for wide, narrow in pairwise(sizes):
            draw = self._chance.standard_normal((members, wide, narrow), dtype=np.float32)
            parts += [draw * np.float32(np.sqrt(2 / wide)), np.zeros((members, 1, narrow), np.float32)]
        parts[-2] *= np.float32(0.1)
        return [*parts, np.zeros((members, sizes[0], sizes[-1]), np.float32)]

    def predict(self, inputs: Single) -> Single:
        """Outputs of the running mean of weights, (members, rows, outputs) for (rows, features)."""
        hidden: Single = inputs
        for layer in range(self._layers):
            hidden = hidden @ self._steady[2 * layer] + self._steady[2 * layer + 1]
            if layer < self._layers - 1:
                np.maximum(hidden, 0, out=hidden)
        return hidden + inputs @ self._steady[-1]

    def learn(self, inputs: Single, targets: Single, rate: float) -> None:
        """One step of Adam on the mean absolute error over (rows, features) and (rows, outputs)."""
        activations, masks, outputs = self._forward(inputs)
        error = np.sign(outputs - targets) / np.float32(len(inputs))
        self._move(self._backward(activations, masks, error), rate)

    def _forward(self, inputs: Single) -> tuple[list[Single], list[Single], Single]:
        members = len(self._parts[0])
        hidden: Single = np.broadcast_to(inputs, (members, *inputs.shape))
        activations, masks = [hidden], []
        for layer in range(self._layers):
            hidden = hidden @ self._parts[2 * layer] + self._parts[2 * layer + 1]
            if layer < self._layers - 1:
                np.maximum(hidden, 0, out=hidden)
                kept = self._chance.random(hidden.shape, dtype=np.float32) >= self._dropout
                mask = kept.astype(np.float32) / (_ONE - self._dropout)
                hidden *= mask
                masks.append(mask)
            activations.append(hidden)
        return activations, masks, hidden + inputs @ self._parts[-1]

    def _backward(self, activations: list[Single], masks: list[Single], error: Single) -> list[Single]:
        """Slopes of every part, in the order of the parts."""
        straight = np.swapaxes(activations[0], 1, 2) @ error
        slopes: list[Single] = []
        for layer in reversed(range(self._layers)):
            before = activations[layer]
            slopes = [np.swapaxes(before, 1, 2) @ error, error.sum(axis=1, keepdims=True), *slopes]
            if layer:
                error = error @ np.swapaxes(self._parts[2 * layer], 1, 2) * masks[layer - 1] * (before > 0)
        return [*slopes, straight]

    def _move(self, slopes: list[Single], rate: float) -> None:
        self._steps += 1
        pace = np.float32(rate * np.sqrt(1 - _SLOW**self._steps) / (1 - _FAST**self._steps))
        shrink = np.float32(1 - rate * self._decay)
        for part, slope, mean, square, steady in zip(
            self._parts, slopes, self._slopes, self._squares, self._steady, strict=True
        ):
            mean += np.float32(1 - _FAST) * (slope - mean)
            square += np.float32(1 - _SLOW) * (slope * slope - square)
            part -= pace * mean / (np.sqrt(square) + np.float32(1e-7))
            part *= shrink
            steady += (_ONE - self._memory) * (part - steady)

"""A committee of small neural networks trained side by side: numpy only, absolute error, Adam.

Every network is a straight path and one or more blocks of layers: the straight path carries what a linear
model knows, the blocks learn the bends. With several blocks they stack as in N-BEATSx (Olivares et al. 2023,
generic basis): each also tells what it explains of the history among its inputs, and the next block sees the
history without it. All members run in one batched matrix product.
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
        blocks: Number of blocks of layers, whose outputs add up.
        history: Leading inputs that a block hands on to the next less what it explains.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        members: int,
        dropout: float,
        decay: float,
        memory: float,
        seed: int,
        *,
        blocks: int = 1,
        history: int = 0,
    ) -> None:
        self._chance = np.random.default_rng(seed)
        self._dropout, self._decay, self._memory = np.float32(dropout), decay, np.float32(memory)
        self._layers, self._blocks = len(sizes) - 1, blocks
        self._history, self._outputs = history, sizes[-1]
        self._parts = self._start(sizes, members)
        self._slopes = [np.zeros_like(part) for part in self._parts]
        self._squares = [np.zeros_like(part) for part in self._parts]
        self._steady = [part.copy() for part in self._parts]
        self._steps = 0

    def _start(self, sizes: Sequence[int], members: int) -> list[Single]:
        """Weights and biases block by block (He et al. 2015), timid last layers, then the straight path.

        The last layer of every block but the last gives the outputs, then what it explains of the history.
        """
        parts: list[Single] = []
        for block in range(self._blocks):
            handed_on = self._history if block < self._blocks - 1 else 0
            for wide, narrow in pairwise([*sizes[:-1], sizes[-1] + handed_on]):
                draw = self._chance.standard_normal((members, wide, narrow), dtype=np.float32)
                parts += [draw * np.float32(np.sqrt(2 / wide)), np.zeros((members, 1, narrow), np.float32)]
            parts[-2] *= np.float32(0.1)
        return [*parts, np.zeros((members, sizes[0], sizes[-1]), np.float32)]

    def predict(self, inputs: Single) -> Single:
        """Outputs of the running mean of weights, (members, rows, outputs) for (rows, features)."""
        return self._forward(inputs, self._steady, np.float32(0))[2]

    def learn(self, inputs: Single, targets: Single, rate: float) -> None:
        """One step of Adam on the mean absolute error over (rows, features) and (rows, outputs)."""
        activations, masks, outputs = self._forward(inputs, self._parts, self._dropout)
        error = np.sign(outputs - targets) / np.float32(len(inputs))
        self._move(self._backward(activations, masks, error), rate)

    def _forward(
        self, inputs: Single, parts: list[Single], dropout: np.float32
    ) -> tuple[list[list[Single]], list[list[Single]], Single]:
        """Inputs of every layer and masks of the hidden ones, block by block; the outputs."""
        remaining: Single = np.broadcast_to(inputs, (len(parts[0]), *inputs.shape))
        outputs: Single = inputs @ parts[-1]
        activations, masks = [], []
        for block in range(self._blocks):
            layers = self._block(parts, block)
            entered, silenced, answer = self._through(remaining, layers, dropout)
            activations.append(entered)
            masks.append(silenced)
            outputs = outputs + answer[..., : self._outputs]
            if block < self._blocks - 1:
                remaining = remaining.copy()
                remaining[..., : self._history] -= answer[..., self._outputs :]
        return activations, masks, outputs

    def _block(self, parts: list[Single], block: int) -> list[Single]:
        """Weights and biases of one block."""
        return parts[2 * self._layers * block : 2 * self._layers * (block + 1)]

    def _through(
        self, hidden: Single, layers: list[Single], dropout: np.float32
    ) -> tuple[list[Single], list[Single], Single]:
        """One block: the input of every layer, the masks of hidden units, the answer."""
        entered, masks = [], []
        for layer in range(self._layers):
            entered.append(hidden)
            hidden = hidden @ layers[2 * layer] + layers[2 * layer + 1]
            if layer < self._layers - 1:
                np.maximum(hidden, 0, out=hidden)
                if dropout:
                    kept = self._chance.random(hidden.shape, dtype=np.float32) >= dropout
                    masks.append(kept.astype(np.float32) / (_ONE - dropout))
                    hidden *= masks[-1]
        return entered, masks, hidden

    def _backward(
        self, activations: list[list[Single]], masks: list[list[Single]], error: Single
    ) -> list[Single]:
        """Slopes of every part, in the order of the parts."""
        straight = np.swapaxes(activations[0][0], 1, 2) @ error
        slopes: list[Single] = []
        handed_back: Single = np.zeros_like(activations[0][0])
        for block in reversed(range(self._blocks)):
            answer = error
            if block < self._blocks - 1:
                answer = np.concatenate([error, -handed_back[..., : self._history]], axis=-1)
            layers = self._block(self._parts, block)
            found, through = self._back_through(activations[block], masks[block], layers, answer, block > 0)
            slopes = [*found, *slopes]
            if block:
                handed_back = handed_back + through
        return [*slopes, straight]

    def _back_through(
        self,
        entered: list[Single],
        masks: list[Single],
        layers: list[Single],
        error: Single,
        to_inputs: bool,
    ) -> tuple[list[Single], Single]:
        """Slopes of one block's parts, and of its inputs where they are asked for."""
        slopes: list[Single] = []
        for layer in reversed(range(self._layers)):
            before = entered[layer]
            slopes = [np.swapaxes(before, 1, 2) @ error, error.sum(axis=1, keepdims=True), *slopes]
            if layer or to_inputs:
                error = error @ np.swapaxes(layers[2 * layer], 1, 2)
            if layer:
                error = error * (before > 0)
                if masks:
                    error = error * masks[layer - 1]
        return slopes, error

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

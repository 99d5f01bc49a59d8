"""When blocks came, from facts of the chain alone.

The ratio of two epochs' targets gives the time the first of them took from its first block to its last: that
is how the protocol sets the second. Only the step from an epoch's last block to the next one's first is not
in the targets; it is taken as long as the epoch's mean interval, and what that leaves is spread evenly
between the blocks whose time is known. Between two known blocks the rest are interpolated.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, SECONDS_PER_BLOCK, bits_of_difficulty, target_of_bits

from ..snapshot import Row

MEDIAN_LAG = 5
"""A block's median time past is the time of the block about five before it."""

KNOWN_TIMES = {
    66_528: 1_279_008_237,
    68_543: 1_279_297_671,
    210_000: 1_354_116_278,
    420_000: 1_468_082_773,
    630_000: 1_589_225_023,
    840_000: 1_713_571_767,
}
"""Header times: an early epoch's ends (Bitcoin Core, src/test/pow_tests.cpp) and the halvings."""

FIRST_EPOCH = 33  # its ends are known, and the table begins after it
_EPOCH_SECONDS = BLOCKS_PER_EPOCH * SECONDS_PER_BLOCK


@dataclass(frozen=True)
class BlockTimes:
    """Median times past of some blocks, rising, and which heights are known one by one."""

    heights: Sequence[int]
    seconds: Sequence[float]
    counted: frozenset[int]

    def last_before(self, moment: float) -> int:
        """Height of the last block whose median time past lies before a moment."""
        after = bisect_left(self.seconds, moment)
        if after == len(self.seconds):
            return int(self.heights[-1] + (moment - self.seconds[-1]) / SECONDS_PER_BLOCK)
        before = after - 1
        share = (moment - self.seconds[before]) / (self.seconds[after] - self.seconds[before])
        step = self.heights[after] - self.heights[before]
        return self.heights[before] + (int(step * share) if step > 1 else 0)

    def counts(self, first: int, last: int) -> bool:
        """Whether every block from `first` to `last`, and the one on either side, is known."""
        return all(height in self.counted for height in range(first - 1, last + 2))


def block_times(epochs: Sequence[Row], blocks: Sequence[Row]) -> BlockTimes:
    """The times of the blocks known one by one, of every epoch's ends and of the halvings."""
    known = KNOWN_TIMES | {
        int(r["height"]): int(r["block_time_unix"]) for r in epochs if r["block_time_unix"]
    }
    spans = _spans([float(row["difficulty"]) for row in epochs])
    ends = dict(_epoch_ends(spans, known)) | KNOWN_TIMES
    single = {int(row["height"]): float(row["mediantime"]) for row in blocks}
    lagged = {height + MEDIAN_LAG: seconds for height, seconds in ends.items()}
    times = sorted((lagged | single).items())
    _check_rising(times)
    return BlockTimes([h for h, _ in times], [s for _, s in times], frozenset(single))


def _spans(difficulty: Sequence[float]) -> dict[int, float]:
    """Seconds from the first to the last block of each epoch that another follows."""
    bits = [bits_of_difficulty(value) for value in difficulty]
    targets = [target_of_bits(value) for value in bits]
    half_steps = [2.0 ** (8 * ((value >> 24) - 3) - 1) for value in bits]  # the protocol rounds targets down
    early = {
        FIRST_EPOCH: float(KNOWN_TIMES[68_543] - KNOWN_TIMES[66_528])
    }  # shorter than the protocol counts
    later = {
        epoch: _EPOCH_SECONDS * (targets[epoch + 1] + half_steps[epoch + 1]) / targets[epoch]
        for epoch in range(FIRST_EPOCH + 1, len(targets) - 1)
    }
    return early | later


def _epoch_ends(spans: Mapping[int, float], known: Mapping[int, int]) -> Iterator[tuple[int, float]]:
    """Height and header time of the first and the last block of each epoch."""
    anchors = [epoch for epoch in spans if epoch * BLOCKS_PER_EPOCH in known]
    last = max(spans) + 1
    for begin, end in pairwise((*anchors, last)):
        opened = [float(known[begin * BLOCKS_PER_EPOCH])]
        for epoch in range(begin, end):
            opened.append(opened[-1] + spans[epoch] * BLOCKS_PER_EPOCH / (BLOCKS_PER_EPOCH - 1))
        late = known.get(end * BLOCKS_PER_EPOCH, opened[-1]) - opened[-1]
        for step, epoch in enumerate(range(begin, end)):
            first = opened[step] + late * step / (end - begin)
            yield epoch * BLOCKS_PER_EPOCH, first
            yield epoch * BLOCKS_PER_EPOCH + BLOCKS_PER_EPOCH - 1, first + spans[epoch]
    yield last * BLOCKS_PER_EPOCH, opened[-1] + late


def _check_rising(times: Sequence[tuple[int, float]]) -> None:
    for (height, seconds), (_, after) in pairwise(times):
        if after < seconds:
            raise ValueError(f"block {height}: its time is later than that of a later block")

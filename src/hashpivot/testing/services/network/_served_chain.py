"""The blocks of given days, as a node or a mempool would give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, SATOSHI_PER_BTC, NetworkDay, subsidy_sat

_DAY = 86_400
_LAG = 3_300  # seconds from a block's median time past to its own time: about five and a half blocks


@dataclass(frozen=True)
class ServedBlock:
    """A block as it is served.

    Args:
        height: Its height.
        median_time: Median time past, seconds.
        difficulty: Its difficulty.
        fees_sat: Its fees.
    """

    height: int
    median_time: int
    difficulty: float
    fees_sat: int

    @property
    def time(self) -> int:
        """Time in its header, seconds."""
        return self.median_time + _LAG

    @property
    def reward_sat(self) -> int:
        """Subsidy and fees."""
        return subsidy_sat(self.height) + self.fees_sat

    @property
    def id(self) -> str:
        """A made-up hash."""
        return block_id(self.height)


def block_id(height: int) -> str:
    """Return the made-up hash of the block at a height."""
    return "0" * 20 + sha256(str(height).encode()).hexdigest()[:44]


class ServedChain:
    """The blocks of consecutive days, evenly over each, and the first ones of the day after.

    Args:
        days: The days; each must end at the height its blocks lead to.
        running: Blocks of the day after the last, which is not over.
    """

    def __init__(self, days: Sequence[NetworkDay], running: int = 12) -> None:
        self.days = tuple(days)
        difficulties = _epoch_difficulties(self.days)
        self.blocks = tuple(block for day in self.days for block in _blocks_of(day, difficulties)) + _running(
            self.days[-1], difficulties, running
        )
        self._first = self.blocks[0].height

    @property
    def tip(self) -> ServedBlock:
        """The newest block."""
        return self.blocks[-1]

    def at(self, height: int) -> ServedBlock | None:
        """Return the block at a height, None if it is not served."""
        place = height - self._first
        return self.blocks[place] if 0 <= place < len(self.blocks) else None

    def down_from(self, height: int, count: int) -> list[ServedBlock]:
        """Return up to `count` blocks, the one at `height` first."""
        return [block for h in range(height, height - count, -1) if (block := self.at(h))]

    def changes(self) -> list[tuple[ServedBlock, float]]:
        """Return the blocks that begin an epoch, each with the ratio of its difficulty to that before."""
        starts = [block for block in self.blocks[1:] if block.height % BLOCKS_PER_EPOCH == 0]
        return [(b, b.difficulty / before.difficulty) for b in starts if (before := self.at(b.height - 1))]


def _epoch_difficulties(days: Sequence[NetworkDay]) -> Mapping[int, float]:
    """Each epoch's difficulty: that of a day wholly in it, else what the mean of its day leaves for it."""
    spans = [(row, *_epochs(row)) for row in days]
    found = {first: row.difficulty for row, first, last in spans if first == last}
    for row, first, last in spans:
        later = row.height_end - last * BLOCKS_PER_EPOCH + 1
        if first != last and last not in found:
            found.setdefault(first, row.difficulty)
            found[last] = (row.difficulty * row.blocks - found[first] * (row.blocks - later)) / later
        elif first != last and first not in found:
            found[first] = (row.difficulty * row.blocks - found[last] * later) / (row.blocks - later)
    return found


def _epochs(row: NetworkDay) -> tuple[int, int]:
    """Epochs of its first and its last block."""
    return (row.height_end - row.blocks + 1) // BLOCKS_PER_EPOCH, row.height_end // BLOCKS_PER_EPOCH


def _midnight(row: NetworkDay) -> int:
    return int(datetime(row.day.year, row.day.month, row.day.day, tzinfo=UTC).timestamp())


def _blocks_of(row: NetworkDay, difficulties: Mapping[int, float]) -> list[ServedBlock]:
    first, start = row.height_end - row.blocks + 1, _midnight(row)
    fees = round((row.fees_btc or 0) * SATOSHI_PER_BTC)
    return [
        ServedBlock(
            first + n,
            start + n * _DAY // row.blocks,
            difficulties[(first + n) // BLOCKS_PER_EPOCH],
            fees // row.blocks + (n < fees % row.blocks),
        )
        for n in range(row.blocks)
    ]


def _running(last: NetworkDay, difficulties: Mapping[int, float], count: int) -> tuple[ServedBlock, ...]:
    start, first = _midnight(last) + _DAY, last.height_end + 1
    newest = difficulties[last.height_end // BLOCKS_PER_EPOCH]
    return tuple(
        ServedBlock(
            first + n,
            start + n * 600,
            difficulties.get((first + n) // BLOCKS_PER_EPOCH, newest),
            SATOSHI_PER_BTC // 50,
        )
        for n in range(count)
    )

"""Blocks counted by day."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Protocol

from hashpivot.core import UnexpectedAnswer

from ._chain_block import ChainBlock, as_the_protocol_has_it

CONFIRMATIONS = 6
"""Blocks after a day's last one before the day counts: no reorganisation was deeper since 2013, and a wrong
time shows by then."""

_STEP_BACK = 300  # blocks, about two days: more than interpolated heights are off (up to 205)
_MOST_STEPS = 40


class BlockSource(Protocol):
    """Whoever gives blocks of the main chain."""

    name: str

    def tip_height(self) -> int:
        """Height of the newest block."""

    def blocks(self, first: int, last: int) -> Iterator[ChainBlock]:
        """Blocks from one height to another, both included, by height."""


@dataclass(frozen=True, slots=True)
class BlockDay:
    """The blocks of one UTC day of median time past, all of them.

    Args:
        day: The day.
        first_height: Height of its first block.
        last_height: Height of its last block.
        difficulty: Mean over its blocks.
        fees_sat: Fees of its blocks, in satoshi.
    """

    day: date
    first_height: int
    last_height: int
    difficulty: float
    fees_sat: int

    @property
    def blocks(self) -> int:
        """Number of its blocks."""
        return self.last_height - self.first_height + 1


def block_days(source: BlockSource, first_day: date, last_day: date, near: int) -> Iterator[BlockDay]:
    """Count the blocks of days, each yielded once it is whole and confirmed.

    Args:
        source: Who gives the blocks.
        first_day: First day wanted.
        last_day: Last day wanted; days not yet over are not counted.
        near: Height of a block that is likely to be the last before the first day.

    Raises:
        SourceError: As the source; days already yielded stay good.
        UnexpectedAnswer: If the blocks cannot be the main chain's.
    """
    tip = source.tip_height()
    start = _height_before(source, first_day, min(near, tip))
    running: list[ChainBlock] = []
    over: deque[BlockDay] = deque()
    for block in as_the_protocol_has_it(source.blocks(start, tip), source.name):
        if running and block.day != running[-1].day:
            if running[-1].day >= first_day:
                over.append(_counted(running))
            running = []
        running.append(block)
        while over and block.height - over[0].last_height >= CONFIRMATIONS:
            yield over.popleft()
        if block.day > last_day and not over:
            return


def _height_before(source: BlockSource, day: date, near: int) -> int:
    """Height of a block before a day, not far from its first."""
    height = max(0, near)
    for _ in range(_MOST_STEPS):
        block = next(source.blocks(height, height))
        if block.day < day or height == 0:
            return height
        height = max(0, height - _STEP_BACK)
    raise UnexpectedAnswer(
        f"block {height:,} is of {block.day}, and no block near {near:,} lies before {day}",
        where=source.name,
        hint="this cannot be the main chain; it is not used",
    )


def _counted(blocks: list[ChainBlock]) -> BlockDay:
    mean = fsum(block.difficulty for block in blocks) / len(blocks)
    single = blocks[0].difficulty == blocks[-1].difficulty
    return BlockDay(
        blocks[0].day,
        blocks[0].height,
        blocks[-1].height,
        blocks[0].difficulty if single else mean,
        sum(block.fees_sat for block in blocks),
    )

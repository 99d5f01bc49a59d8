"""A block of the main chain, as far as a day's count needs it, and what the protocol says about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, MOST_RETARGET, difficulty_can_follow
from hashpivot.core import UnexpectedAnswer

MOST_FEES_SAT = 1000 * 100_000_000
"""No block's fees are taken to be higher: the record is 291 BTC, paid by mistake in April 2016."""


MOST_TIME = 2**32 - 1
"""Latest time a block's header can hold."""

_MOST_WAIT = 86_400  # seconds from block to block; the longest since 2009 was hours


@dataclass(frozen=True, slots=True)
class ChainBlock:
    """One block.

    Args:
        height: Its height.
        median_time: Median time past in seconds since 1970: the median of its and its ten forerunners' times.
        difficulty: Its difficulty.
        fees_sat: Fees its transactions paid, in satoshi.
    """

    height: int
    median_time: int
    difficulty: float
    fees_sat: int

    @property
    def day(self) -> date:
        """UTC day of its median time past."""
        return datetime.fromtimestamp(self.median_time, UTC).date()


def as_the_protocol_has_it(blocks: Iterable[ChainBlock], where: str) -> Iterator[ChainBlock]:
    """Yield consecutive blocks as long as they can follow on each other.

    Args:
        blocks: By height.
        where: Who gave them, for errors.

    Raises:
        UnexpectedAnswer: If heights do not run on, median time runs back, difficulty changes within an epoch
            of 2,016 blocks, or changes by more than four times.
    """
    before: ChainBlock | None = None
    for block in blocks:
        wrong = _wrong(before, block) if before else ""
        if wrong:
            raise UnexpectedAnswer(
                f"block {block.height:,}: {wrong}",
                where=where,
                hint="this cannot be the main chain; nothing from there on is used",
            )
        yield block
        before = block


def _wrong(before: ChainBlock, block: ChainBlock) -> str:
    if block.height != before.height + 1:
        return f"it follows on block {before.height:,}"
    if block.median_time < before.median_time:
        return "its median time past lies before the last block's"
    if block.median_time - before.median_time > _MOST_WAIT:
        return "it comes more than a day after the last block"
    changes = int(block.height % BLOCKS_PER_EPOCH == 0)
    if difficulty_can_follow(before.difficulty, block.difficulty, changes):
        return ""
    rule = f"no change is beyond {MOST_RETARGET} times" if changes else (
        f"only every {BLOCKS_PER_EPOCH:,}th block changes it"
    )  # fmt: skip
    return f"its difficulty {block.difficulty:,.0f} follows on {before.difficulty:,.0f}, and {rule}"

"""The blocks ahead, cut into spans of one difficulty and one subsidy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING, SATOSHI_PER_BTC, issuance_sat, subsidy_sat


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive blocks of one difficulty epoch and one subsidy.

    Args:
        first: Height of its first block.
        last: Height of its last block.
    """

    first: int
    last: int

    @property
    def blocks(self) -> int:
        """Number of its blocks."""
        return self.last - self.first + 1

    @property
    def subsidy_btc(self) -> float:
        """Subsidy of each of its blocks."""
        return subsidy_sat(self.first) / SATOSHI_PER_BTC

    @property
    def issuance_sat(self) -> int:
        """Satoshis its blocks create."""
        return issuance_sat(self.first, self.last)

    @property
    def opens_epoch(self) -> bool:
        """True if its first block is the first of an epoch."""
        return self.first % BLOCKS_PER_EPOCH == 0

    @property
    def ends_epoch(self) -> bool:
        """True if difficulty is set anew after it."""
        return (self.last + 1) % BLOCKS_PER_EPOCH == 0

    @property
    def halves(self) -> bool:
        """True if its first block is the first with a lower subsidy."""
        return self.first > 0 and self.first % BLOCKS_PER_HALVING == 0


def spans(first: int) -> Iterator[Span]:
    """Spans from the block at height `first` on, without end.

    A span ends where an epoch or the subsidy's era does, whichever comes first; so difficulty and subsidy are
    constant within each, and the epoch a halving falls into is two spans.
    """
    while True:
        ends = (_next_multiple(first, size) for size in (BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING))
        last = min(ends) - 1
        yield Span(first, last)
        first = last + 1


def _next_multiple(height: int, size: int) -> int:
    return (height // size + 1) * size

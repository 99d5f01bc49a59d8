"""Past and coming halvings, and when the next one is to be expected."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import ceil

from hashpivot.core import InvalidInput, NoData

from ._economics import SECONDS_PER_DAY
from ._network import NetworkHistory
from ._protocol import SECONDS_PER_BLOCK, halving_heights, subsidy_sat

LOOKBACK_DAYS = 1461
"""Days back from which stretches of blocks are drawn: four years, about one halving to the next."""

MINIMUM_STRETCHES = 30  # fewer do not give a 10% and a 90% quantile

_BLOCK_TIMES = {
    height: datetime.fromtimestamp(seconds, UTC)
    for height, seconds in (
        (210_000, 1_354_116_278),
        (420_000, 1_468_082_773),
        (630_000, 1_589_225_023),
        (840_000, 1_713_571_767),
    )
}
"""Times in the headers of the blocks that halved the subsidy, as the chain holds them."""

SHIFTS = 10
"""Steps between the pace of the past stretches and the protocol's 600 s."""

_METHOD = (
    "stretches of as many blocks ended in the four years before {as_of} ({stretches} of them), "
    "shifted in equal steps from their own pace to the protocol's 600 s per block"
)
_UNCOUNTED = "; the height of {as_of} is estimated: the blocks of its epoch are not counted"


@dataclass(frozen=True, slots=True)
class HalvingEstimate:
    """When a block still to come is expected, as a rule that of the next halving.

    Args:
        height: Height of the block.
        as_of: Last day whose blocks were known.
        blocks_left: Blocks still to be found after that day, the expected one included.
        median: The day it comes by with even odds.
        p10: The day it comes by with 10% probability.
        p90: The day it comes by with 90% probability.
        method: How it was estimated, in one sentence.
        counted: Whether the height of `as_of` is counted; else it is estimated, and `blocks_left` with it.
    """

    height: int
    as_of: date
    blocks_left: int
    median: date
    p10: date
    p90: date
    method: str
    counted: bool = True

    @property
    def left_words(self) -> str:
        """Blocks left in words: `79,911 blocks`, or `about 79,911 blocks` where that is an estimate."""
        return f"{'' if self.counted else 'about '}{self.blocks_left:,} blocks"


@dataclass(frozen=True, slots=True)
class Halving:
    """One halving.

    Args:
        number: 1 for 2012's, up to 33, which leaves no subsidy.
        height: Height of the first block with the lower subsidy.
        day: Its day of median time past, or the day it is expected.
        block_time: Header time of its block, UTC; None for a halving still to come.
        before_sat: Subsidy of the block before it.
        after_sat: Subsidy from it on.
        estimated: False for a halving that is in the history.
    """

    number: int
    height: int
    day: date
    before_sat: int
    after_sat: int
    estimated: bool
    block_time: datetime | None = None

    @property
    def date(self) -> date:
        """The UTC date people quote: that of the block's header, or the day it is expected."""
        return self.block_time.date() if self.block_time else self.day


def next_halving(as_of: date | None = None, history: NetworkHistory | None = None) -> HalvingEstimate:
    """Estimate the first halving after `as_of`, from what was known at its end (see `expected_block`).

    Args:
        as_of: Last day used; default the last day of the history.
        history: The network's history; default the bundled one.

    Raises:
        NoData: If `as_of` lies outside the history, the history is too short, or no halving is left.
    """
    known = _until(history or NetworkHistory.load(), as_of)
    height = next((height for height in halving_heights() if height > known[-1].height_end), None)
    if height is None:
        raise NoData("no halving is left: the subsidy is zero")
    return expected_block(height, known)


def expected_block(height: int, history: NetworkHistory, as_of: date | None = None) -> HalvingEstimate:
    """Estimate when the block at `height` comes, from what was known at the end of `as_of`.

    Difficulty is set so that blocks come 600 s apart, but as long as hash rate grows within an epoch they
    come faster. How much faster is taken from the history: the time each stretch of as many blocks as are
    left took, for stretches that ended in the last four years. Growth has slowed from era to era, so each
    stretch counts at its own pace, shifted as if growth had stopped (the median stretch then runs at 600 s a
    block), and in nine steps between; the estimate is the median and the 10% and 90% quantiles of all.

    Args:
        height: A height after the last one known.
        history: The network's history.
        as_of: Last day used; default the last day of the history.

    Raises:
        NoData: If `as_of` lies outside the history, or the history is too short to hold 30 such stretches.
        InvalidInput: If the block was already known.
    """
    known = _until(history, as_of)
    left = height - known[-1].height_end
    if left <= 0:
        raise InvalidInput(f"block {height:,} was known on {known.last_day}", hint="ask for a later block")
    past = sorted(_stretches(known, left))
    if len(past) < MINIMUM_STRETCHES:
        raise NoData(
            f"the history to {known.last_day} is too short to tell how long {left:,} blocks take",
            hint="ask as of a later day or for a nearer block",
        )
    p10, median, p90 = (
        _later(known.last_day, days) for days in _quantiles(_shifted(past, left), 0.1, 0.5, 0.9)
    )
    method = _METHOD.format(as_of=known.last_day, stretches=len(past))
    counted = known[-1].blocks_flag != "interpolated"
    method += "" if counted else _UNCOUNTED.format(as_of=known.last_day)
    return HalvingEstimate(height, known.last_day, left, median, p10, p90, method, counted)


@lru_cache(maxsize=16)
def halvings(history: NetworkHistory) -> tuple[Halving, ...]:
    """Return all 33 halvings: those in the history by their day, later ones by estimate.

    The next one is dated by its median estimate (`next_halving`), each later one 210,000 x 600 s after the
    one before: no growth is assumed, so the distant ones are late rather than early.

    Args:
        history: The network's history.

    Raises:
        NoData: If the history starts after the first halving or is too short to estimate the next.
    """
    estimate = next_halving(history=history)
    return tuple(
        _halving(number, height, history, estimate) for number, height in enumerate(halving_heights(), 1)
    )


def _until(history: NetworkHistory, as_of: date | None) -> NetworkHistory:
    return history.until(as_of) if as_of else history


def _halving(number: int, height: int, known: NetworkHistory, estimate: HalvingEstimate) -> Halving:
    past = height < estimate.height
    seconds = (height - estimate.height) * SECONDS_PER_BLOCK
    return Halving(
        number=number,
        height=height,
        day=known.day_of_height(height) if past else _later(estimate.median, seconds / SECONDS_PER_DAY),
        before_sat=subsidy_sat(height - 1),
        after_sat=subsidy_sat(height),
        estimated=not past,
        block_time=_BLOCK_TIMES.get(height) if past else None,
    )


def _stretches(known: NetworkHistory, blocks: int) -> list[float]:
    """Return the days that `blocks` blocks took, for each stretch that ended in the last four years."""
    heights = [row.height_end for row in known]
    ends = range(max(0, len(heights) - LOOKBACK_DAYS), len(heights))
    return [
        end - _moment(heights, heights[end] - blocks) for end in ends if heights[end] - blocks >= heights[0]
    ]


def _moment(heights: list[int], height: int) -> float:
    """Return when `height` was reached, in days since the end of the first day, even within a day."""
    after = bisect_left(heights, height)
    if heights[after] == height:
        return after
    return after - (heights[after] - height) / (heights[after] - heights[after - 1])


def _shifted(past: list[float], blocks: int) -> list[float]:
    gap = blocks * SECONDS_PER_BLOCK / SECONDS_PER_DAY - past[len(past) // 2]
    return sorted(days + gap * step / SHIFTS for step in range(SHIFTS + 1) for days in past)


def _quantiles(ordered: list[float], *shares: float) -> list[float]:
    return [ordered[round(share * (len(ordered) - 1))] for share in shares]


def _later(day: date, days: float) -> date:
    """Return the day that many days after the end of `day` fall into."""
    return day + timedelta(days=ceil(days))

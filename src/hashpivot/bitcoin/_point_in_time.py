"""What the bundled table would have held at the end of an earlier day.

Two columns of it know what came later: the fees of an estimated day are the mean of its whole month, and
heights between two blocks of known time are interpolated, so that they give away when an epoch ends.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence

from ._day import NetworkDay, issuance_btc
from ._economics import SECONDS_PER_DAY
from ._protocol import BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING, SECONDS_PER_BLOCK

_BLOCKS_PER_DAY = SECONDS_PER_DAY // SECONDS_PER_BLOCK


def as_known(days: Sequence[NetworkDay]) -> tuple[NetworkDay, ...]:
    """The days as they were known at the end of the last of them.

    Estimated fees of an unfinished month are missing, so that they are filled from before. Interpolated
    blocks of an unfinished epoch come at the protocol's pace, as those of the table's own last epoch do.
    """
    day = days[-1].day
    month = 0 if day.day == monthrange(day.year, day.month)[1] else day.day
    epoch = _uncounted(days)
    begin = max(0, len(days) - max(month, epoch))
    tail = list(days[begin:])
    if month:
        tail[-month:] = map(_without_mean, tail[-month:])
    if epoch:
        tail[-epoch:] = _at_protocol_pace(tail[-epoch:])
    return (*days[:begin], *tail)


def _uncounted(days: Sequence[NetworkDay]) -> int:
    """How many last days have interpolated blocks of an unfinished epoch, after its last known block."""
    last = days[-1].height_end
    opened = max(
        (last + 1) // BLOCKS_PER_EPOCH * BLOCKS_PER_EPOCH, last // BLOCKS_PER_HALVING * BLOCKS_PER_HALVING
    )
    first = bisect_left(days, opened, key=lambda row: row.height_end) + 1
    counted = next(
        (k for k in range(len(days) - 1, first - 1, -1) if days[k].blocks_flag == "counted"), first - 1
    )
    return max(0, len(days) - 1 - counted)


def _at_protocol_pace(days: Sequence[NetworkDay]) -> list[NetworkDay]:
    """The days with 144 blocks each, or fewer if their epoch would have ended by now."""
    before = days[0].height_end - days[0].blocks
    turn = ((days[-1].height_end + 1) // BLOCKS_PER_EPOCH + 1) * BLOCKS_PER_EPOCH
    last_open = turn - 2  # the epoch's last block is still to come
    pace = min(_BLOCKS_PER_DAY, (last_open - before) / len(days))
    heights = [before, *(before + int(pace * count) for count in range(1, len(days) + 1))]
    return [
        _with_blocks(day, height, height - earlier)
        for day, earlier, height in zip(days, heights, heights[1:], strict=False)
    ]


def _with_blocks(day: NetworkDay, height: int, blocks: int) -> NetworkDay:
    fees = None if day.fees_btc is None else day.fees_btc / day.blocks * blocks
    return day._replace(
        height_end=height, blocks=blocks, issuance_btc=issuance_btc(height, blocks), fees_btc=fees
    )


def _without_mean(day: NetworkDay) -> NetworkDay:
    return day._replace(fees_btc=None, fees_flag="missing") if day.fees_flag == "estimated" else day

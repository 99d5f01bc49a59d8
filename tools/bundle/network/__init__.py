"""Write the bundled daily network table and its descriptor.

    python -m tools write network

Difficulty, heights and blocks come from the chain's epochs and known blocks, prices from an exchange's
closes, fees from blocks where they are at hand and from the total of their month elsewhere. The collected
table, which must not be shipped, is what the result is checked against: nothing is written if they differ by
more than the tolerance of a user's table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add
from typing import NamedTuple

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory
from hashpivot.bitcoin._table import (
    parse_days,
)  # the tools may check what they write with the package's reader

from ...parts import Made
from ...places import tables
from ..collected import history_of
from ..snapshot import Row, Snapshot
from .block_times import BlockTimes, block_times
from .descriptor import FIELDS, descriptor
from .fees import Heights, approximate, exact, monthly
from .prices import Prices, prices

FIRST_DAY = date(2010, 7, 18)  # the first day bitcoin had a market
_DAY = timedelta(days=1)


class Inputs(NamedTuple):
    """The collected tables it is made from.

    Args:
        epochs: Difficulty of every epoch, header time of some first blocks.
        blocks: Blocks known one by one.
        closes: An exchange's daily closes.
        observed: Hashprices and prices observed day by day.
        collected: The table it is checked against; fees are taken from it as totals of a month.
    """

    epochs: Sequence[Row]
    blocks: Sequence[Row]
    closes: Sequence[Row]
    observed: Sequence[Row]
    collected: Sequence[Row]

    @classmethod
    def load(cls) -> Inputs:
        """What the snapshot takes in of them."""
        table = Snapshot.load().table
        return cls(
            table("network/difficulty_epochs.csv"),
            table("network/block_fees_sample.csv.gz"),
            table("network/binance_btcusdt_daily.csv"),
            table("network/hashprice_observed_mempool.csv"),
            table("network/network_daily.csv"),
        )


def make() -> Made:
    """The table and its descriptor."""
    return build(Inputs.load())


def build(inputs: Inputs) -> Made:
    """The table and its descriptor.

    Raises:
        ValueError: A day has no price that needs one, or times of blocks do not rise.
        InvalidInput: The result differs from the collected table by more than the tolerance.
    """
    known = prices(inputs.closes, inputs.observed)
    days = dict(_heights(block_times(inputs.epochs, inputs.blocks), max(known)))
    text = _table(_rows(days, known, inputs))
    NetworkHistory(parse_days(text)).extended_by(history_of(inputs.collected), "the collected table")
    folder = tables("bitcoin")
    package = json.dumps(descriptor(text.encode(), max(known)), indent=2, ensure_ascii=False) + "\n"
    return {folder / "network_daily.csv": text, folder / "datapackage.json": package}


def _heights(times: BlockTimes, last_day: date) -> Iterator[tuple[date, Heights]]:
    before = times.last_before(_midnight(FIRST_DAY))
    for number in range((last_day - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        last = times.last_before(_midnight(day + _DAY))
        yield day, Heights(before + 1, last, times.counts(before + 1, last))
        before = last


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


def _rows(days: Mapping[date, Heights], known: Prices, inputs: Inputs) -> Iterator[tuple[object, ...]]:
    difficulty = [float(row["difficulty"]) for row in inputs.epochs]
    counted = exact(days, inputs.blocks)
    observed = approximate(days, inputs.observed)
    means = monthly(inputs.collected, counted)
    for day, span in days.items():
        price, price_flag = known.get(day, ("", "missing"))
        if day in counted:
            fees, fees_flag = f"{counted[day]:.8f}".rstrip("0").rstrip("."), "exact"
        elif day in observed:
            fees, fees_flag = f"{observed[day]:.2f}", "approx"
        elif (month := f"{day:%Y-%m}") in means:
            fees, fees_flag = f"{means[month] * span.blocks:.4g}", "estimated"
        else:
            fees, fees_flag = "", "missing"
        blocks_flag = "counted" if span.counted else "interpolated"
        mean = _mean_difficulty(difficulty, span)
        yield day, price, price_flag, mean, span.blocks, blocks_flag, fees, fees_flag, span.last


def _mean_difficulty(difficulty: Sequence[float], span: Heights) -> str:
    """Mean over the blocks of a day: a whole number, or six significant digits below a million."""
    heights = range(span.first, span.last + 1)
    # Added one by one: `sum` makes up for rounding since Python 3.12, so that last digits would differ.
    total = reduce(add, (difficulty[height // BLOCKS_PER_EPOCH] for height in heights))
    mean = total / len(heights)
    return f"{mean:.0f}" if mean >= 1e6 else f"{mean:.9g}"


def _table(rows: Iterator[tuple[object, ...]]) -> str:
    """The table as CSV."""
    header = ",".join(field["name"] for field in FIELDS)
    return "".join(f"{line}\n" for line in (header, *(",".join(map(str, row)) for row in rows)))

"""Real blocks, counted by day, are the bundled table's counted days."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from csv import DictReader
from pathlib import Path

import pytest

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory
from hashpivot.sources.network import ChainBlock, block_days

BUNDLED = NetworkHistory.bundled()


class Recorded:
    """Blocks of a file, as long as they run on."""

    name = "recorded"

    def __init__(self, blocks: dict[int, ChainBlock], tip: int) -> None:
        self._blocks, self._tip = blocks, tip

    def tip_height(self) -> int:
        return self._tip

    def blocks(self, first: int, last: int) -> Iterator[ChainBlock]:
        return (self._blocks[height] for height in range(first, last + 1))


@pytest.fixture(scope="module")
def recorded(shared: Path) -> dict[int, ChainBlock]:
    with (shared / "network" / "difficulty_epochs.csv").open(encoding="utf-8") as lines:
        epochs = {int(row["epoch"]): float(row["difficulty"]) for row in DictReader(lines)}
    with gzip.open(shared / "network" / "block_fees_sample.csv.gz", "rt", encoding="utf-8") as lines:
        blocks = (
            ChainBlock(
                height := int(row["height"]), int(row["mediantime"]), epochs[height // BLOCKS_PER_EPOCH],
                int(row["totalfee_sat"]),
            )
            for row in DictReader(lines)
        )  # fmt: skip
        return {block.height: block for block in blocks}


def runs(heights: list[int]) -> Iterator[tuple[int, int]]:
    """First and last height of each stretch without a gap."""
    start = before = heights[0]
    for height in [*heights[1:], -1]:
        if height != before + 1:
            yield start, before
            start = height
        before = height


def test_real_blocks_give_the_bundled_days(recorded: dict[int, ChainBlock]) -> None:
    compared = 0
    for first, last in runs(sorted(recorded)):
        if last - first < 400:
            continue
        after_first = recorded[first].day.toordinal() + 1
        days = block_days(
            Recorded(recorded, last),
            recorded[first].day.fromordinal(after_first),
            recorded[last].day,
            first,
        )
        for found in days:
            row = BUNDLED.day(found.day)
            if row.blocks_flag != "counted" or row.fees_flag != "exact":
                continue
            compared += 1
            assert (found.blocks, found.last_height) == (row.blocks, row.height_end)
            assert found.fees_sat == pytest.approx((row.fees_btc or 0) * 1e8, abs=1)
            assert found.difficulty == pytest.approx(row.difficulty, rel=1e-6)
    assert compared > 400

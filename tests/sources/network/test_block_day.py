"""Blocks counted by UTC day of median time past: whole days only, whoever gives the blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkDay, NetworkHistory
from hashpivot.core import UnexpectedAnswer
from hashpivot.sources.network import CONFIRMATIONS, BlockDay, ChainBlock, block_days
from hashpivot.testing.services import made_up_network_days
from hashpivot.testing.services.network import ServedChain

DAYS = made_up_network_days(NetworkHistory.bundled()[-1], 20, seed=5)
CHAIN = ServedChain(DAYS)


class Blocks:
    """Blocks in memory."""

    name = "memory"

    def __init__(self, chain: ServedChain = CHAIN, **changed: dict[int, object]) -> None:
        self._chain, self._changed = chain, changed

    def tip_height(self) -> int:
        return self._chain.tip.height

    def blocks(self, first: int, last: int) -> Iterator[ChainBlock]:
        for height in range(first, last + 1):
            block = self._chain.at(height) or self._chain.blocks[0]
            given_block = ChainBlock(block.height, block.median_time, block.difficulty, block.fees_sat)
            changes = {name: by[height] for name, by in self._changed.items() if height in by}
            yield replace(given_block, **changes)  # type: ignore[arg-type]


def counted(first: int, last: int, near: int, source: Blocks | None = None) -> list[BlockDay]:
    return list(block_days(source or Blocks(), DAYS[first].day, DAYS[last].day, near))


def same(found: BlockDay, row: NetworkDay) -> bool:
    return (found.day, found.blocks, found.last_height, round(found.fees_sat / 1e8, 8)) == (
        row.day, row.blocks, row.height_end, row.fees_btc,
    ) and found.difficulty == pytest.approx(row.difficulty, rel=1e-9)  # fmt: skip


@given(st.integers(4, 18), st.integers(0, 5), st.integers(-400, 400))
@settings(max_examples=40)
def test_days_are_the_same_wherever_the_count_begins(first: int, length: int, off: int) -> None:
    last = min(first + length, len(DAYS) - 1)
    found = counted(first, last, DAYS[first - 1].height_end + off)
    assert len(found) == last - first + 1
    assert all(map(same, found, DAYS[first : last + 1]))


@pytest.mark.parametrize(
    ("running", "whole"), [(0, 19), (1, 19), (CONFIRMATIONS - 1, 19), (CONFIRMATIONS, 20)]
)
def test_a_day_counts_once_six_blocks_follow(running: int, whole: int) -> None:
    source = Blocks(ServedChain(DAYS, running))
    assert len(counted(1, 19, DAYS[0].height_end, source)) == whole - 1


def test_days_not_over_are_left_out() -> None:
    found = list(block_days(Blocks(), DAYS[18].day, DAYS[19].day + timedelta(days=30), DAYS[17].height_end))
    assert [row.day for row in found] == [DAYS[18].day, DAYS[19].day]
    assert (
        list(block_days(Blocks(), DAYS[19].day + timedelta(days=9), DAYS[19].day + timedelta(days=9), 10**7))
        == []
    )


def test_a_wrong_time_ends_no_day_early() -> None:
    """Half a day ahead for one block: the day is not counted with half its blocks."""
    middle = DAYS[5].height_end - DAYS[5].blocks // 3
    block = CHAIN.at(middle)
    assert block
    source = Blocks(median_time={middle: block.median_time + 50_000})
    found: list[BlockDay] = []
    with pytest.raises(UnexpectedAnswer, match="before the last block's"):
        found.extend(block_days(source, DAYS[4].day, DAYS[6].day, DAYS[3].height_end))
    for row in found:
        assert same(row, DAYS[4])


def test_a_difficulty_that_breaks_the_rules_is_refused() -> None:
    source = Blocks(difficulty={DAYS[5].height_end - 3: 1e14})
    with pytest.raises(UnexpectedAnswer, match="2,016"):
        counted(5, 6, DAYS[4].height_end, source)


def test_a_chain_without_the_days_before_is_refused() -> None:
    with pytest.raises(UnexpectedAnswer, match="no block near"):
        counted(0, 2, DAYS[0].height_end)

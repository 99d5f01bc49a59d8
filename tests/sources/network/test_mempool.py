"""A mempool's series: the documented shapes, their quirks, and what happens when they break."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, SATOSHI_PER_BTC, NetworkDay
from hashpivot.core import InvalidInput, NotAtSource, UnexpectedAnswer, Unreachable
from hashpivot.sources import Settings
from hashpivot.sources.network import ChainBlock, Mempool, as_the_protocol_has_it, mempool_service
from hashpivot.testing.services import MempoolService
from hashpivot.testing.services.http import changed_json, cut_body, html_instead, instead, json_answer, status

from .conftest import quick


@pytest.fixture
def served(days: list[NetworkDay]) -> Iterator[MempoolService]:
    with MempoolService(days) as service:
        yield service


@pytest.fixture
def mempool(served: MempoolService) -> Iterator[Mempool]:
    with Mempool(quick(mempool_service(Settings.load(), served.url))) as opened:
        yield opened


def test_blocks_come_by_height_fifteen_a_request(
    mempool: Mempool, served: MempoolService, days: list[NetworkDay]
) -> None:
    first, last = days[2].height_end - days[2].blocks + 1, days[2].height_end
    blocks = list(mempool.blocks(first, last))
    assert [block.height for block in blocks] == list(range(first, last + 1))
    assert {block.day for block in blocks} == {days[2].day}
    assert sum(block.fees_sat for block in blocks) == round((days[2].fees_btc or 0) * SATOSHI_PER_BTC)
    assert len(served.requests) == -(-days[2].blocks // 15)
    assert mempool.tip_height() == days[-1].height_end + 12


@pytest.mark.parametrize("count", [1, 4, 10])
def test_a_mempool_that_gives_fewer_blocks_is_asked_more_often(
    mempool: Mempool, served: MempoolService, days: list[NetworkDay], count: int
) -> None:
    served.fail(changed_json(lambda page: page[:count]), "/blocks/", times=None)
    first, last = days[1].height_end, days[1].height_end + 31
    assert [block.height for block in mempool.blocks(first, last)] == list(range(first, last + 1))


def test_changes_of_difficulty_are_of_whole_epochs(mempool: Mempool, days: list[NetworkDay]) -> None:
    changes = mempool.difficulty_changes()
    assert changes and all(change.height % BLOCKS_PER_EPOCH == 0 for change in changes)
    assert changes[-1].difficulty == days[-1].difficulty


def test_the_running_epoch_knows_milliseconds_from_seconds(mempool: Mempool, served: MempoolService) -> None:
    """Documented answers: all in milliseconds but `previousTime`, an older one all in seconds."""
    newer = {
        "progressPercent": 71.97420634920636, "difficultyChange": 8.512745140778843,
        "estimatedRetargetDate": 1708004001715, "remainingBlocks": 565, "remainingTime": 312620715,
        "previousRetarget": 7.333505241141637, "previousTime": 1706888526, "nextRetargetHeight": 830592,
        "timeAvg": 553311,
    }  # fmt: skip
    older = {
        **newer, "estimatedRetargetDate": 1708004001, "remainingTime": 312620, "timeAvg": 553,
    }  # fmt: skip
    del older["previousTime"]
    for value in (newer, older):
        served.fail(instead(json_answer(value)))
        epoch = mempool.running_epoch()
        assert epoch.next_change.replace(microsecond=0) == datetime(2024, 2, 15, 13, 33, 21, tzinfo=UTC)
        assert epoch.remaining_seconds == pytest.approx(312_620, abs=1)
        assert epoch.seconds_per_block == pytest.approx(553, abs=1)
        assert (epoch.expected_ratio, epoch.last_ratio) == pytest.approx((1.08512745, 1.07333505))
        assert epoch.next_height % BLOCKS_PER_EPOCH == 0
        assert epoch.last_change == (
            datetime(2024, 2, 2, 15, 42, 6, tzinfo=UTC) if "previousTime" in value else None
        )
    epoch = mempool.running_epoch()
    assert 0 <= epoch.progress < 1


def test_hash_rates_are_exact_beyond_2_to_the_53(mempool: Mempool, served: MempoolService) -> None:
    body = b'{"hashrates": [{"timestamp": 1652572800, "avgHashrate": 1.0512e+21},'
    body += b'{"timestamp": 1652486400, "avgHashrate": 236499762108771800001}]}'
    right = json_answer({})
    served.fail(instead(type(right)(200, body, right.headers)))
    rates = [rate.hashes_per_second for rate in mempool.hash_rates("3d")]
    assert rates == [236499762108771800001, 1_051_200_000_000_000_000_000]
    assert all(rate.hashes_per_second > 2**53 for rate in mempool.hash_rates())


def test_fees_rewards_and_totals_agree(mempool: Mempool) -> None:
    fees, rewards = mempool.block_fees("24h"), mempool.block_rewards("24h")
    assert {reward.sat - fee.sat for fee, reward in zip(fees, rewards, strict=True)} == {312_500_000}
    totals = mempool.reward_totals(10)
    assert totals.last_height - totals.first_height == 9
    assert totals.reward_sat - totals.fees_sat == 10 * 312_500_000
    assert len(mempool.block_fees("3m")) < len(mempool.block_fees("3d")) * 20


def test_missing_prices_are_none(days: list[NetworkDay]) -> None:
    lacking = [row._replace(close_usd=None) if n == 4 else row for n, row in enumerate(days)]
    with (
        MempoolService(lacking) as served,
        Mempool(quick(mempool_service(Settings.load(), served.url))) as it,
    ):
        prices = it.prices()
    assert [price.usd for price in prices] == [row.close_usd for row in lacking if row.close_usd]
    assert prices[0].time.date() > days[0].day  # the close of a day is noted as the next one begins


@pytest.mark.parametrize("fault", [status(503), status(500), cut_body(), cut_body(chunked=True), status(429)])
def test_what_passes_is_waited_out(mempool: Mempool, served: MempoolService, fault: Any) -> None:
    served.fail(fault, times=2)
    assert (
        len(list(mempool.blocks(served.answers.chain.tip.height - 4, served.answers.chain.tip.height))) == 5
    )
    assert len(served.requests) == 3


def test_a_service_that_stays_down_is_unreachable(mempool: Mempool, served: MempoolService) -> None:
    served.fail(status(503), times=None)
    with pytest.raises(Unreachable, match="mempool: it is in maintenance"):
        mempool.tip_height()


def test_beyond_the_rate_it_waits_and_none_is_sent_in_a_block(days: list[NetworkDay]) -> None:
    with MempoolService(days, requests_per_second=30, block_seconds=0.5) as served:
        service = replace(quick(mempool_service(Settings.load(), served.url)), block_seconds=1.1)
        with Mempool(service) as mempool:
            assert len(list(mempool.blocks(days[0].height_end, days[0].height_end + 600))) == 601
        assert served.violations == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda page: {"blocks": page}, "expected a list, but it gave an object"),
        (lambda page: [], "a list of at least 1"),
        (lambda page: page[1:], "expected block .* among them"),
        (lambda page: [block | {"extras": {}} for block in page], r"'totalFees' at \[0\]\.extras"),
        (lambda page: [block | {"mediantime": 10**11} for block in page], "mediantime"),
        (lambda page: [block | {"difficulty": 0} for block in page], "at least 1 at"),
        (
            lambda page: [block | {"extras": {"totalFees": 10**18}} for block in page],
            r"a whole number from 0 to 100000000000 at \[0\]\.extras\.totalFees",
        ),
        (lambda page: [block | {"extras": {"totalFees": -1}} for block in page], "totalFees"),
        (lambda page: [block | {"height": str(block["height"]) + "x"} for block in page], "height"),
    ],
)
def test_a_changed_schema_or_absurd_number_is_refused(
    mempool: Mempool, served: MempoolService, change: Callable[[Any], Any], message: str
) -> None:
    served.fail(changed_json(change), times=None)
    tip = served.answers.chain.tip.height
    with pytest.raises(UnexpectedAnswer, match=message) as caught:
        list(mempool.blocks(tip - 9, tip))
    assert "mempool.space/api/v1/blocks" in caught.value.where
    assert len(served.requests) == 1  # asking again has no use


def test_a_page_instead_of_json_is_called_one(mempool: Mempool, served: MempoolService) -> None:
    served.fail(html_instead(), times=None)
    with pytest.raises(UnexpectedAnswer, match="a page of HTML"):
        mempool.difficulty_changes()


def test_a_block_beyond_the_tip_is_absent(mempool: Mempool, served: MempoolService) -> None:
    tip = served.answers.chain.tip.height
    with pytest.raises(NotAtSource):
        list(mempool.blocks(tip + 5, tip + 6))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1, 2016 * 400, 1e14, 1.1], [2, 2016 * 401, 1.5e14, 1.1]], "is not 1.1 times"),
        ([[1, 2016 * 400, 1e14, 4.5]], "a change to between 1/4 and 4 times"),
        ([[1, 2016 * 400 + 1, 1e14, 1.0]], "a multiple of 2,016"),
        ([[1, 2016 * 400, 1e14]], "a list of at least 4"),
    ],
)
def test_changes_that_break_the_protocol_are_refused(
    mempool: Mempool, served: MempoolService, rows: Any, message: str
) -> None:
    served.fail(instead(json_answer(rows)))
    with pytest.raises(UnexpectedAnswer, match=message):
        mempool.difficulty_changes("1y")


@pytest.mark.parametrize(
    ("key", "value"), [("previousRetarget", 400), ("difficultyChange", -90), ("nextRetargetHeight", 2017)]
)
def test_an_epoch_that_breaks_the_protocol_is_refused(
    mempool: Mempool, served: MempoolService, key: str, value: float
) -> None:
    served.fail(changed_json(lambda epoch: epoch | {key: value}))
    with pytest.raises(UnexpectedAnswer, match=key):
        mempool.running_epoch()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no address"):
        mempool_service(Settings.load(), "mempool.local")


def test_the_address_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_MEMPOOL_URL", "http://192.168.0.9:4080")
    own = mempool_service(Settings.load())
    assert own.base_url == "http://192.168.0.9:4080"
    assert own.rate < 200 / 60
    assert mempool_service(Settings.load(), "http://127.0.0.1:1").rate > own.rate


BLOCK = ChainBlock(BLOCKS_PER_EPOCH * 480 - 1, 1_790_000_000, 1e14, 10**7)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (BLOCK, ChainBlock(BLOCK.height + 2, BLOCK.median_time, 1e14, 0), "it follows on block"),
        (BLOCK, ChainBlock(BLOCK.height + 1, BLOCK.median_time - 1, 1e14, 0), "lies before the last block's"),
        (BLOCK, ChainBlock(BLOCK.height + 1, BLOCK.median_time + 90_000, 1e14, 0), "more than a day after"),
        (BLOCK, ChainBlock(BLOCK.height + 1, BLOCK.median_time, 4.1e14, 0), "no change is beyond 4 times"),
        (BLOCK, ChainBlock(BLOCK.height + 1, BLOCK.median_time, 2.4e13, 0), "no change is beyond 4 times"),
        (
            ChainBlock(BLOCK.height - 1, BLOCK.median_time, 1e14, 0),
            ChainBlock(BLOCK.height, BLOCK.median_time, 1.001e14, 0),
            "only every 2,016th block changes it",
        ),
    ],
)
def test_blocks_that_cannot_follow_are_refused(first: ChainBlock, second: ChainBlock, message: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=message):
        list(as_the_protocol_has_it([first, second], "made up"))


def test_blocks_that_can_follow_pass() -> None:
    after = ChainBlock(BLOCK.height + 1, BLOCK.median_time, 3.9e14, 0)
    again = ChainBlock(BLOCK.height + 2, BLOCK.median_time + 600, 3.9e14 * (1 + 1e-7), 0)
    assert list(as_the_protocol_has_it([BLOCK, after, again], "made up")) == [BLOCK, after, again]

"""Stand-ins of the network answer as the real services are known to, odd ways included."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory
from hashpivot.testing.services import (
    BitcoindService,
    ExchangeService,
    MempoolService,
    NetworkService,
    made_up_network_days,
)
from hashpivot.testing.services.network import ServedChain, warming_up, work_queue_full

BUNDLED = NetworkHistory.bundled()
DAYS = made_up_network_days(BUNDLED[-1], 20, seed=3)


def ask(url: str, content: Any = None, **headers: str) -> tuple[int, Any]:
    """Status and body, as JSON where it is."""
    data = None if content is None else json.dumps(content).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=5) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    try:
        return status, json.loads(body)
    except ValueError:
        return status, body.decode()


@pytest.fixture
def mempool() -> Iterator[MempoolService]:
    with MempoolService(DAYS) as service:
        yield service


def test_a_chain_has_the_blocks_of_its_days() -> None:
    chain = ServedChain([*BUNDLED[-8:], *DAYS])
    heights = [block.height for block in chain.blocks]
    assert heights == list(range(heights[0], heights[-1] + 1))
    times = [block.median_time for block in chain.blocks]
    assert times == sorted(times)
    for block, before in zip(chain.blocks[1:], chain.blocks, strict=False):
        assert block.difficulty == before.difficulty or block.height % BLOCKS_PER_EPOCH == 0
    assert chain.at(heights[0] - 1) is None
    assert [block.height for block in chain.down_from(heights[0] + 1, 5)] == [heights[0] + 1, heights[0]]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("start", [0, 5, 13])
def test_difficulties_of_epochs_are_found_from_days(seed: int, start: int) -> None:
    """Also of an epoch that no day lies in as a whole."""
    days = made_up_network_days(BUNDLED[-1], 40, seed=seed)
    whole, part = ServedChain(days), ServedChain(days[start : start + 15])
    for block in part.blocks[:-12]:
        other = whole.at(block.height)
        assert other and block.difficulty == pytest.approx(other.difficulty, rel=1e-9)


def test_mempool_gives_fifteen_blocks_down_from_a_height(mempool: MempoolService) -> None:
    status, page = ask(f"{mempool.url}/api/v1/blocks/{DAYS[3].height_end}")
    assert status == 200
    assert [block["height"] for block in page] == [DAYS[3].height_end - n for n in range(15)]
    assert ask(f"{mempool.url}/api/v1/blocks/99999999") == (404, "Block not found")
    assert ask(f"{mempool.url}/api/v1/nothing")[0] == 404
    assert ask(f"{mempool.url}/api/blocks/tip/height") == (200, DAYS[-1].height_end + 12)


def test_mempool_has_its_odd_units(mempool: MempoolService) -> None:
    _, epoch = ask(f"{mempool.url}/api/v1/difficulty-adjustment")
    assert epoch["estimatedRetargetDate"] > 10**12 > epoch["previousTime"]
    _, rows = ask(f"{mempool.url}/api/v1/mining/difficulty-adjustments/1y")
    assert all(len(row) == 4 for row in rows) and rows == sorted(rows, reverse=True)
    _, totals = ask(f"{mempool.url}/api/v1/mining/reward-stats/5")
    assert isinstance(totals["totalReward"], str)
    _, rates = ask(f"{mempool.url}/api/v1/mining/hashrate/1m")
    assert max(row["avgHashrate"] for row in rates["hashrates"]) > 2**53
    _, prices = ask(f"{mempool.url}/api/v1/historical-price?currency=USD")
    assert prices["prices"][-1]["USD"] == 0


def test_mempool_refuses_beyond_its_rate() -> None:
    with MempoolService(DAYS, requests_per_second=3) as service:
        seen = [ask(f"{service.url}/api/blocks/tip/height")[0] for _ in range(5)]
    assert seen == [200, 200, 200, 429, 429]


def test_a_node_answers_single_calls_and_batches() -> None:
    with BitcoindService(DAYS, user="me", password="word", pruned_below=DAYS[2].height_end) as node:
        who = {"Authorization": f"Basic {base64.b64encode(b'me:word').decode()}"}
        height = DAYS[5].height_end
        assert ask(node.url, {"id": 1, "method": "getblockchaininfo"})[0] == 401
        assert ask(node.url, **who)[0] == 405
        _, hashed = ask(node.url, {"id": 1, "method": "getblockhash", "params": [height]}, **who)
        _, header = ask(node.url, {"id": 2, "method": "getblockheader", "params": [hashed["result"]]}, **who)
        assert header["result"]["height"] == height
        status, replies = ask(
            node.url,
            [
                {"id": n, "method": "getblockstats", "params": [h, ["height"]]}
                for n, h in enumerate((height, 1, 99_999_999))
            ],
            **who,
        )
        assert status == 200
        assert [(r["result"], (r["error"] or {}).get("code")) for r in replies] == [
            ({"height": height}, None), (None, -1), (None, -8),
        ]  # fmt: skip
        status, refused = ask(node.url, {"id": 3, "method": "getnothing"}, **who)
        assert (status, refused["error"]["code"]) == (404, -32601)
        node.fail(work_queue_full())
        assert ask(node.url, {"id": 4, "method": "getblockchaininfo"}, **who) == (
            500, "Work queue depth exceeded",
        )  # fmt: skip
        node.fail(warming_up())
        status, starting = ask(node.url, {"id": 5, "method": "getblockchaininfo"}, **who)
        assert (status, starting["error"]["code"]) == (500, -28)


def test_exchanges_have_the_running_day_too() -> None:
    closes = {row.day: row.price_usd for row in DAYS}
    running = DAYS[-1].day + timedelta(days=1)
    span = f"start={DAYS[-1].day}T00:00:00Z&end={running}T00:00:00Z&granularity=86400"
    with ExchangeService(closes) as service:
        _, rows = ask(f"{service.url}/products/BTC-USD/candles?{span}")
        assert len(rows) == 2 and rows[0][0] > rows[1][0]
        _, ohlc = ask(f"{service.url}/0/public/OHLC?pair=XBTUSD&interval=1440")
        assert len(ohlc["result"]["XXBTZUSD"]) == len(DAYS) + 1
        assert ask(f"{service.url}/0/public/OHLC?pair=x")[1]["error"]
        _, klines = ask(f"{service.url}/api/v3/klines?symbol=BTCUSDT&interval=1d")
        assert len(klines) == len(DAYS) + 1 and isinstance(klines[0][4], str)
        assert ask(f"{service.url}/api/v3/klines?symbol=x")[0] == 400
        long_ago = "start=2020-01-01T00:00:00Z&end=2026-01-01T00:00:00Z"
        assert ask(f"{service.url}/products/BTC-USD/candles?{long_ago}")[0] == 400


def test_one_address_can_serve_both() -> None:
    with NetworkService(DAYS) as service:
        assert ask(f"{service.url}/api/blocks/tip/height")[0] == 200
        assert ask(f"{service.url}/api/v3/klines?symbol=BTCUSDT")[0] == 200
        assert ask(f"{service.url}/nothing")[0] == 404

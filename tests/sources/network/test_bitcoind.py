"""A node's blocks by JSON-RPC: batches, its odd errors, who may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hashpivot.bitcoin import NetworkDay
from hashpivot.core import InvalidInput, NotAtSource, RefusedBySource, UnexpectedAnswer, Unreachable
from hashpivot.sources import Settings
from hashpivot.sources.network import Bitcoind, Mempool, bitcoind_service, has_node, mempool_service
from hashpivot.testing.services import BitcoindService, MempoolService
from hashpivot.testing.services.http import changed_json, cut_body
from hashpivot.testing.services.network import warming_up, work_queue_full

from .conftest import quick

PASSWORD = "pass-phrase-of-mine"
Settle = Callable[..., Settings]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Settle:
    """Settings of a node, through the environment."""

    def made(url: str, user: str = "me", password: str = PASSWORD) -> Settings:
        for key, value in (("URL", url), ("USER", user), ("PASSWORD", password)):
            monkeypatch.setenv(f"HASHPIVOT_BITCOIND_{key}", value)
        return Settings.load()

    return made


@pytest.fixture
def served(days: list[NetworkDay]) -> Iterator[BitcoindService]:
    with BitcoindService(days, user="me", password=PASSWORD) as service:
        yield service


@pytest.fixture
def node(served: BitcoindService, settle: Settle) -> Iterator[Bitcoind]:
    with Bitcoind(quick(bitcoind_service(settle(served.url)))) as opened:
        yield opened


def test_a_node_and_a_mempool_give_the_same_blocks(node: Bitcoind, days: list[NetworkDay]) -> None:
    first, last = days[0].height_end, days[-1].height_end
    with (
        MempoolService(days) as other,
        Mempool(quick(mempool_service(Settings.load(), other.url))) as mempool,
    ):
        assert list(node.blocks(first, last)) == list(mempool.blocks(first, last))
    assert len({block.difficulty for block in node.blocks(first, last)}) > 1


def test_it_says_how_far_it_is(node: Bitcoind, days: list[NetworkDay]) -> None:
    state = node.state()
    assert (state.chain, state.height, state.catching_up, state.pruned_below) == (
        "main", days[-1].height_end + 12, False, 0,
    )  # fmt: skip


@pytest.mark.parametrize("fault", [work_queue_full(), work_queue_full(503), warming_up(), cut_body()])
def test_what_passes_is_waited_out(node: Bitcoind, served: BitcoindService, fault: Any) -> None:
    served.fail(fault, times=3)
    assert node.tip_height() == served.chain.tip.height
    assert len(served.requests) == 4


def test_a_node_that_never_gets_ready_is_unreachable(node: Bitcoind, served: BitcoindService) -> None:
    served.fail(warming_up(), times=None)
    with pytest.raises(Unreachable, match="bitcoind"):
        node.tip_height()


def test_one_that_warms_up_within_a_batch_is_unreachable(node: Bitcoind, served: BitcoindService) -> None:
    served.fail(
        changed_json(
            lambda batch: [{"result": None, "error": {"code": -28}, "id": call["id"]} for call in batch]
        )
    )
    with pytest.raises(Unreachable, match="still starting"):
        list(node.blocks(served.chain.tip.height - 3, served.chain.tip.height))


def test_a_wrong_password_is_refused_and_never_shown(served: BitcoindService, settle: Settle) -> None:
    service = bitcoind_service(settle(served.url, password="another-one"))
    with Bitcoind(quick(service)) as node, pytest.raises(RefusedBySource) as caught:
        node.tip_height()
    assert "user and password" in caught.value.hint
    assert len(served.requests) == 1
    for shown in (str(caught.value), repr(service), repr(node)):
        assert "another-one" not in shown
    assert "YW5vdGhlci1vbmU" not in repr(service)


def test_replies_may_come_in_any_order(
    node: Bitcoind, served: BitcoindService, days: list[NetworkDay]
) -> None:
    served.fail(changed_json(lambda batch: batch[::-1] if isinstance(batch, list) else batch), times=None)
    blocks = list(node.blocks(days[1].height_end - 20, days[1].height_end))
    assert [block.height for block in blocks] == list(range(days[1].height_end - 20, days[1].height_end + 1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda batch: batch[:-1], "a list of at least"),
        (lambda batch: [reply | {"id": 0} for reply in batch], "a reply to each"),
        (lambda batch: [{**r, "result": {**r["result"], "height": 1}} for r in batch], "expected height"),
        (
            lambda batch: [{**r, "result": {**r["result"], "subsidy": 50}} for r in batch],
            "the subsidy of block",
        ),
        (lambda batch: [{**r, "result": {}} for r in batch], "an object with"),
        (lambda batch: {"result": 1}, "a list"),
    ],
)
def test_a_changed_answer_is_refused(
    node: Bitcoind, served: BitcoindService, change: Callable[[Any], Any], message: str
) -> None:
    served.fail(changed_json(lambda value: change(value) if isinstance(value, list) else value), times=None)
    with pytest.raises(UnexpectedAnswer, match=message):
        list(node.blocks(served.chain.tip.height - 3, served.chain.tip.height))


def test_what_the_node_has_not_is_said_in_words(days: list[NetworkDay], settle: Settle) -> None:
    with (
        BitcoindService(days, pruned_below=days[5].height_end) as served,
        Bitcoind(quick(bitcoind_service(settle(served.url)))) as node,
    ):
        assert node.state().pruned_below == days[5].height_end
        with pytest.raises(NotAtSource, match="pruned node no longer has old blocks"):
            list(node.blocks(days[2].height_end, days[2].height_end))
        with pytest.raises(NotAtSource, match="no such block"):
            list(node.blocks(days[-1].height_end + 100, days[-1].height_end + 101))


def test_a_node_on_another_chain_is_refused(days: list[NetworkDay], settle: Settle) -> None:
    with (
        BitcoindService(days, chain="test") as served,
        Bitcoind(quick(bitcoind_service(settle(served.url)))) as node,
        pytest.raises(InvalidInput, match="chain 'test'"),
    ):
        node.tip_height()


def test_settings_say_whether_there_is_a_node(settle: Settle) -> None:
    assert not has_node(Settings.load())
    with pytest.raises(InvalidInput, match="no address of a node"):
        bitcoind_service(Settings.load())
    with pytest.raises(InvalidInput, match="holds the user"):
        bitcoind_service(settle("http://me:secret@127.0.0.1:8332"))
    assert has_node(settle("http://127.0.0.1:8332"))

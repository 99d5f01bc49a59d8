"""A bitcoin node of one's own, by JSON-RPC."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, subsidy_sat
from hashpivot.core import InvalidInput, NotAtSource, Unreachable

from ..http import Client, JsonAnswer, OnWait, Reply, ReplyKind, Service, address_parts, by_status, post_json
from ..settings import Settings
from ._chain_block import MOST_FEES_SAT, MOST_TIME, ChainBlock

_BATCH = 72
"""Calls in one request: half a day's blocks; a node answers that in seconds and the queue holds one item."""

_RATE = 20.0  # requests a second of one's own node: its work queue holds 16 (64 since version 28) at a time
_PATIENCE = 8  # attempts, two minutes in all: a node that warms up takes as long
_WARMING_UP = -28
_STATS = ["height", "mediantime", "totalfee", "subsidy", "blockhash"]
_WORDS = {
    -1: "the node failed on it; a pruned node no longer has old blocks",
    -5: "the node does not know it",
    -8: "the node has no such block; it may not have caught up yet",
    -32601: "the node does not know the method; Bitcoin Core has it since version 0.17",
}
_ANY = "https://bitcoind/"  # the settings' address replaces scheme and host
_ADVICE = "check [bitcoind] url, user and password in settings.toml, and rpcallowip of the node"


def has_node(settings: Settings) -> bool:
    """True if the settings name a node."""
    return bool(settings.value("bitcoind", "url"))


def bitcoind_service(settings: Settings) -> Service:
    """The node as the settings have it: `[bitcoind] url`, `user` and `password`.

    Raises:
        InvalidInput: If they name no address, or hide user and password in it.
    """
    url, user = settings.value("bitcoind", "url"), settings.value("bitcoind", "user")
    where = str(settings.path)
    if not url or address_parts(url, where).username is not None:
        wrong = "the address holds the user" if url else "there is no address of a node"
        hint = 'write [bitcoind] with url = "http://127.0.0.1:8332", user and password'
        raise InvalidInput(wrong, where=where, hint=hint)
    headers = {"Content-Type": "application/json"}
    if user:
        pair = f"{user}:{settings.value('bitcoind', 'password')}".encode()
        headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
    return Service(
        "bitcoind",
        (),
        _RATE,
        block_seconds=60.0,
        kind_of=_kind_of,
        headers=headers,
        base_url=url,
        attempts=_PATIENCE,
        timeout=120.0,
        advice=_ADVICE,
    )


@dataclass(frozen=True, slots=True)
class NodeState:
    """How far a node has come.

    Args:
        chain: `main` for bitcoin's own.
        height: Of its newest block.
        headers: Height of the newest header it knows of.
        catching_up: True while it downloads the chain.
        pruned_below: Height from which it has blocks; 0 for all.
    """

    chain: str
    height: int
    headers: int
    catching_up: bool
    pruned_below: int = 0


class Bitcoind:
    """Blocks of a node. Use it as a context manager.

    Args:
        service: As `bitcoind_service` gives it.
        on_wait: Told what is waited for.
    """

    def __init__(self, service: Service, on_wait: OnWait | None = None) -> None:
        self.name = service.name
        self.client = Client(service, on_wait=on_wait)

    def __enter__(self) -> Bitcoind:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def state(self) -> NodeState:
        """How far the node has come (getblockchaininfo).

        Raises:
            RefusedBySource: If user or password are wrong.
            SourceError: As `Client.post`, or what the node says in words.
        """
        answer = self._call("getblockchaininfo")
        catching_up, pruned = answer.get("initialblockdownload"), answer.get("pruneheight")
        return NodeState(
            answer["chain"].text(),
            answer["blocks"].whole(0),
            answer["headers"].whole(0),
            bool(catching_up and catching_up.value is True),
            pruned.whole(0) if pruned else 0,
        )

    def tip_height(self) -> int:
        """Height of the newest block of the main chain.

        Raises:
            InvalidInput: If the node is on another chain.
            SourceError: As `state`.
        """
        state = self.state()
        if state.chain != "main":
            raise InvalidInput(
                f"the node is on the chain {state.chain[:20]!r}, not on the main one",
                where="bitcoind",
                hint="name the main node's address in [bitcoind] url",
            )
        return state.height

    def blocks(self, first: int, last: int) -> Iterator[ChainBlock]:
        """Blocks from one height to another, both included, by height (getblockstats, getblockheader).

        Raises:
            SourceError: As `state`.
        """
        difficulty = 0.0
        for start in range(first, last + 1, _BATCH):
            heights = range(start, min(start + _BATCH - 1, last) + 1)
            for height, stats in zip(heights, self._stats(heights), strict=True):
                if height == first or height % BLOCKS_PER_EPOCH == 0:
                    header = self._call("getblockheader", stats["blockhash"].text())
                    difficulty = header["difficulty"].number(1.0)
                yield _block(height, difficulty, stats)

    def _stats(self, heights: Sequence[int]) -> list[JsonAnswer]:
        return self._calls([("getblockstats", [height, _STATS]) for height in heights])

    def _call(self, method: str, *params: object) -> JsonAnswer:
        answer = self._post(_request(0, method, list(params)))
        return _result(answer, method)

    def _calls(self, calls: Sequence[tuple[str, list[Any]]]) -> list[JsonAnswer]:
        """Results of several calls in one request, in their order, whatever order the node answers in."""
        answer = self._post([_request(number, *call) for number, call in enumerate(calls)])
        if isinstance(answer.value, dict):
            _result(answer, calls[0][0])  # refused as a whole
        by_id = {reply["id"].whole(): reply for reply in answer.items(len(calls))}
        if sorted(by_id) != list(range(len(calls))):
            answer.unexpected(f"a reply to each of {len(calls)} calls", "others")
        return [_result(by_id[number], calls[number][0]) for number in range(len(calls))]

    def _post(self, content: object) -> JsonAnswer:
        return post_json(self.client, _ANY, content)


def _request(number: int, method: str, params: list[Any]) -> dict[str, Any]:
    return {"jsonrpc": "1.0", "id": number, "method": method, "params": params}


def _result(answer: JsonAnswer, method: str) -> JsonAnswer:
    error = answer.get("error")
    if error is None:
        return answer["result"]
    code = error["code"].whole()
    words = _WORDS.get(code, "the node refuses it")
    if code == _WARMING_UP:
        raise Unreachable("bitcoind: it is still starting", where=method, hint="try again in some minutes")
    raise NotAtSource(f"bitcoind: {words} (error {code})", where=method, hint="see the node's debug.log")


def _block(height: int, difficulty: float, stats: JsonAnswer) -> ChainBlock:
    if stats["height"].whole(0) != height:
        stats["height"].unexpected(f"height {height:,}", f"{stats['height'].whole():,}")
    if stats["subsidy"].whole(0) != subsidy_sat(height):
        stats["subsidy"].unexpected(f"the subsidy of block {height:,}, {subsidy_sat(height):,}", "another")
    fees, time = stats["totalfee"].whole(0, MOST_FEES_SAT), stats["mediantime"].whole(1, MOST_TIME)
    return ChainBlock(height, time, difficulty, fees)


def _kind_of(reply: Reply) -> ReplyKind:
    """A node sends what RPC calls an error with status 500, 404 or 400, and the reason as JSON."""
    if reply.says("work queue depth exceeded"):
        return ReplyKind.MAINTENANCE
    if reply.status in (400, 404, 500) and reply.says('"error"'):
        return ReplyKind.MAINTENANCE if reply.says(f'"code":{_WARMING_UP}', f'"code": {_WARMING_UP}') else (
            ReplyKind.USABLE
        )  # fmt: skip
    return by_status(reply)

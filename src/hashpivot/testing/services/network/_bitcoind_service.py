"""A stand-in for a bitcoin node's JSON-RPC."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from hashpivot.bitcoin import NetworkDay, subsidy_sat

from ..http import Fault, LocalService, SeenRequest, ServedAnswer, instead, json_answer, text_answer
from ._served_chain import ServedBlock, ServedChain, block_id

_STATUS = {-32600: 400, -32601: 404}  # of a single call with that error; others 500


class BitcoindService(LocalService):
    """A stand-in for Bitcoin Core that serves the blocks of given days, single calls and batches.

    Args:
        days: Consecutive days; a client needs one before the first it asks for.
        running: Blocks of the day after the last, which is not over.
        user: User it accepts; empty for any.
        password: Its password.
        chain: Name of the chain it is on.
        pruned_below: Height below which it has no blocks.
        port: Port on 127.0.0.1; 0 for any that is free.
    """

    def __init__(
        self,
        days: Sequence[NetworkDay],
        running: int = 12,
        *,
        user: str = "",
        password: str = "",
        chain: str = "main",
        pruned_below: int = 0,
        port: int = 0,
    ) -> None:
        super().__init__(port=port)
        self.chain = ServedChain(days, running)
        self._name, self._pruned_below = chain, pruned_below
        self._expected = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}" if user else ""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what a node answers when nothing is wrong."""
        if self._expected and request.header("authorization") != self._expected:
            return ServedAnswer(401, headers={"WWW-Authenticate": 'Basic realm="jsonrpc"'})
        if request.method != "POST":
            return text_answer("JSONRPC server handles only POST requests", 405)
        try:
            asked = json.loads(request.body)
        except ValueError:
            return json_answer(_error(None, -32700, "Parse error"), 500)
        if isinstance(asked, list):
            return json_answer([self._reply(call) for call in asked])
        reply = self._reply(asked)
        return json_answer(reply, _STATUS.get(reply["error"]["code"], 500) if reply["error"] else 200)

    def _reply(self, call: dict[str, Any]) -> dict[str, Any]:
        number, method, params = call.get("id"), call.get("method", ""), call.get("params", [])
        if method == "getblockchaininfo":
            return _result(number, self._state())
        if method == "getblockhash":
            return self._of_height(number, params[0], lambda block: block.id)
        if method == "getblockstats":
            return self._stats(number, *params)
        if method == "getblockheader":
            return self._header(number, params[0])
        return _error(number, -32601, "Method not found")

    def _state(self) -> dict[str, Any]:
        tip = self.chain.tip
        pruned = {"pruneheight": self._pruned_below} if self._pruned_below else {}
        return {
            "chain": self._name, "blocks": tip.height, "headers": tip.height, "bestblockhash": tip.id,
            "difficulty": tip.difficulty, "mediantime": tip.median_time, "initialblockdownload": False,
            "pruned": bool(pruned), **pruned,
        }  # fmt: skip

    def _of_height(self, number: Any, height: int, made: Any) -> dict[str, Any]:
        block = self.chain.at(height)
        return _result(number, made(block)) if block else _error(number, -8, "Block height out of range")

    def _stats(self, number: Any, height: int, names: list[str] | None = None) -> dict[str, Any]:
        if height < self._pruned_below:
            return _error(number, -1, "Block not available (pruned data)")
        return self._of_height(number, height, lambda block: _stats(block, names))

    def _header(self, number: Any, wanted: str) -> dict[str, Any]:
        block = next((block for block in self.chain.blocks if block.id == wanted), None)
        if not block:
            return _error(number, -5, "Block not found")
        return _result(
            number,
            {
                "hash": block.id, "height": block.height, "time": block.time, "mediantime": block.median_time,
                "difficulty": block.difficulty, "previousblockhash": block_id(block.height - 1),
            },
        )  # fmt: skip


def work_queue_full(status: int = 500) -> Fault:
    """Return a fault of a node with too many calls at a time: plain text.

    Args:
        status: 500, or 503 since version 25.
    """
    return instead(text_answer("Work queue depth exceeded", status))


def warming_up() -> Fault:
    """Return a fault of a node that has just been started: error -28 with status 500."""
    return instead(json_answer(_error(0, -28, "Loading block index..."), 500))


def _stats(block: ServedBlock, names: list[str] | None) -> dict[str, Any]:
    known = {
        "blockhash": block.id, "height": block.height, "time": block.time, "mediantime": block.median_time,
        "totalfee": block.fees_sat, "subsidy": subsidy_sat(block.height), "txs": 3000,
    }  # fmt: skip
    return {name: known[name] for name in names} if names else known


def _result(number: Any, result: Any) -> dict[str, Any]:
    return {"result": result, "error": None, "id": number}


def _error(number: Any, code: int, message: str) -> dict[str, Any]:
    return {"result": None, "error": {"code": code, "message": message}, "id": number}

"""A stand-in for mempool.space: the documented shapes, with their quirks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkDay, hash_rate_ehs

from ..http import LocalService, SeenRequest, ServedAnswer, json_answer, text_answer
from ._served_chain import ServedBlock, ServedChain

_PAGE = 15
_DAYS = {"24h": 1, "3d": 3, "1w": 7, "1m": 30, "3m": 90, "6m": 180, "1y": 365, "2y": 730, "3y": 1095}
_EXACT = ("24h", "3d")


class MempoolAnswers:
    """What a mempool answers about a chain.

    Args:
        chain: Its blocks and the days they were made from.
    """

    def __init__(self, chain: ServedChain) -> None:
        self.chain = chain
        self._routes: tuple[tuple[str, Callable[[re.Match[str]], Any]], ...] = (
            (r"/api/v1/blocks(?:/(\d+))?", self._blocks),
            (r"/api/v1/difficulty-adjustment", self._running_epoch),
            (r"/api/v1/mining/difficulty-adjustments(?:/(\w+))?", self._changes),
            (r"/api/v1/mining/hashrate(?:/(\w+))?", self._hash_rates),
            (r"/api/v1/mining/blocks/(fees|rewards)/(\w+)", self._payments),
            (r"/api/v1/mining/reward-stats/(\d+)", self._totals),
            (r"/api/v1/historical-price", self._prices),
        )

    def answer(self, request: SeenRequest) -> ServedAnswer | None:
        """Return the answer to a request, None if the path is not one of a mempool's."""
        if request.route == "/api/blocks/tip/height":
            return text_answer(str(self.chain.tip.height))
        for pattern, made in self._routes:
            if found := re.fullmatch(pattern, request.route):
                value = made(found)
                return json_answer(value) if value is not None else text_answer("Block not found", 404)
        return None

    def _blocks(self, found: re.Match[str]) -> Any:
        height = int(found[1] or self.chain.tip.height)
        blocks = self.chain.down_from(height, _PAGE) if height <= self.chain.tip.height else []
        return [_block(block) for block in blocks] or None

    def _changes(self, found: re.Match[str]) -> Any:
        since = self._since(found[1])
        return [
            [block.time, block.height, block.difficulty, float(f"{ratio:.6g}")]
            for block, ratio in reversed(self.chain.changes())
            if block.time >= since
        ]

    def _running_epoch(self, found: re.Match[str]) -> Any:
        """Moments and durations in milliseconds, but for `previousTime`; changes in percent."""
        tip = self.chain.tip
        left = BLOCKS_PER_EPOCH - 1 - tip.height % BLOCKS_PER_EPOCH
        changes = self.chain.changes()
        start, ratio = changes[-1] if changes else (self.chain.blocks[0], 1.0)
        pace = (tip.time - start.time) * 1000 / max(1, tip.height - start.height)
        return {
            "progressPercent": 100 * (tip.height % BLOCKS_PER_EPOCH) / BLOCKS_PER_EPOCH,
            "difficultyChange": (600_000 / pace - 1) * 100 if pace else 0,
            "estimatedRetargetDate": round(tip.time * 1000 + left * pace),
            "remainingBlocks": left,
            "remainingTime": round(left * pace),
            "previousRetarget": (ratio - 1) * 100,
            "previousTime": start.time,
            "nextRetargetHeight": tip.height + left + 1,
            "timeAvg": round(pace),
            "adjustedTimeAvg": round(pace),
            "timeOffset": 0,
            "expectedBlocks": (tip.time - start.time) / 600,
        }

    def _hash_rates(self, found: re.Match[str]) -> Any:
        """Whole numbers beyond 2^53, and from 1e21 on with an exponent, as JavaScript writes them."""
        since = self._since(found[1])
        rates = [(_midnight(row), _hashes(row)) for row in self.chain.days if _midnight(row) >= since]
        return {
            "hashrates": [{"timestamp": time, "avgHashrate": rate} for time, rate in rates],
            "difficulty": [
                {"time": b.time, "height": b.height, "difficulty": b.difficulty, "adjustment": ratio}
                for b, ratio in self.chain.changes()
            ],
            "currentHashrate": rates[-1][1] if rates else 0,
            "currentDifficulty": self.chain.tip.difficulty,
        }

    def _payments(self, found: re.Match[str]) -> Any:
        """Each block's for 24h and 3d; means of ten beyond."""
        key, step = f"avg{found[1].title()}", 1 if found[2] in _EXACT else 10
        blocks = [block for block in self.chain.blocks if block.time >= self._since(found[2])]
        groups = [blocks[n : n + step] for n in range(0, len(blocks), step)]
        paid = (lambda b: b.fees_sat) if found[1] == "fees" else (lambda b: b.reward_sat)
        return [
            {
                "avgHeight": sum(b.height for b in group) // len(group),
                "timestamp": sum(b.time for b in group) // len(group),
                key: sum(map(paid, group)) // len(group),
            }
            for group in groups
        ]

    def _totals(self, found: re.Match[str]) -> Any:
        """Satoshi as texts."""
        blocks = self.chain.blocks[-int(found[1]) :]
        return {
            "startBlock": blocks[0].height,
            "endBlock": blocks[-1].height,
            "totalReward": str(sum(block.reward_sat for block in blocks)),
            "totalFee": str(sum(block.fees_sat for block in blocks)),
            "totalTx": str(3_000 * len(blocks)),
        }

    def _prices(self, found: re.Match[str]) -> Any:
        """A price at the end of each day, newest first; -1 where one is missing, and an early one of 0."""
        ends = [
            {"time": _midnight(row) + 86_400, "USD": -1 if row.close_usd is None else row.close_usd}
            for row in reversed(self.chain.days)
        ]
        return {"prices": [*ends, {"time": _midnight(self.chain.days[0]), "USD": 0}], "exchangeRates": {}}

    def _since(self, interval: str | None) -> int:
        return self.chain.tip.time - _DAYS[interval] * 86_400 if interval in _DAYS else 0


class MempoolService(LocalService):
    """A stand-in for mempool.space that serves the blocks of given days.

    Args:
        days: Consecutive days; a client needs one before the first it asks for.
        running: Blocks of the day after the last, which is not over.
        port: Port on 127.0.0.1; 0 for any that is free.
        requests_per_second: The rate beyond which it blocks with 429; None for no limit.
        block_seconds: How long a block lasts after the last request inside it.
    """

    def __init__(
        self,
        days: Sequence[NetworkDay],
        running: int = 12,
        *,
        port: int = 0,
        requests_per_second: int | None = None,
        block_seconds: float = 60.0,
    ) -> None:
        super().__init__(port=port, requests_per_second=requests_per_second, block_seconds=block_seconds)
        self.answers = MempoolAnswers(ServedChain(days, running))

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what mempool.space answers when nothing is wrong."""
        return self.answers.answer(request) or text_answer("Not Found", 404)


def _block(block: ServedBlock) -> dict[str, Any]:
    return {
        "id": block.id,
        "height": block.height,
        "version": 536870912,
        "timestamp": block.time,
        "difficulty": block.difficulty,
        "tx_count": 3000,
        "mediantime": block.median_time,
        "extras": {"totalFees": block.fees_sat, "reward": block.reward_sat, "medianFee": 2.5, "pool": None},
    }


def _hashes(row: NetworkDay) -> int | float:
    rate = hash_rate_ehs(row.difficulty) * 1e18 * row.blocks / 144
    return round(rate) if rate < 1e21 else rate


def _midnight(row: NetworkDay) -> int:
    return int(datetime(row.day.year, row.day.month, row.day.day, tzinfo=UTC).timestamp())

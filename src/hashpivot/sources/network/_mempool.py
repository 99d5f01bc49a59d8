"""mempool.space, or a mempool of one's own: blocks, difficulty, hash rate, fees and prices by REST.

The shapes are those of the service's own documentation (docs/data.md); the quirks are handled here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, MOST_RETARGET
from hashpivot.core import UnexpectedAnswer

from ..http import Client, JsonAnswer, OnWait, Service, get_json
from ..settings import Settings
from ._chain_block import MOST_FEES_SAT, MOST_TIME, ChainBlock
from ._own_machine import OWN_RATE, on_this_machine

_HOST = "mempool.space"
_API = f"https://{_HOST}/api"
_RATE = 2.0
"""Requests a second: it refuses beyond 200 a minute, and bans who goes on."""

_BLOCK_SECONDS = 60.0  # its limit counts by minute
_PAGE = 15
"""Blocks in one answer: the one asked for and those before it."""

_MILLISECONDS = 100_000_000_000
"""A moment from here on counts in milliseconds: in seconds it would be the year 5138, so in ms it is 1973."""

_RATIO_ROUNDING = 1e-4  # ratios have six digits
_MISSING_PRICES = (-1, 0)


def mempool_service(settings: Settings, base_url: str = "") -> Service:
    """The service as the settings have it.

    Args:
        settings: `[mempool] url` is the address of one's own.
        base_url: An address that comes before the settings'.

    Raises:
        InvalidInput: If the address is none.
    """
    url = base_url or settings.value("mempool", "url")
    rate = OWN_RATE if on_this_machine(url) else _RATE
    advice = "check [mempool] url in settings.toml, or HASHPIVOT_MEMPOOL_URL"
    return Service("mempool", (_HOST,), rate, _BLOCK_SECONDS, base_url=url, advice=advice)


@dataclass(frozen=True, slots=True)
class DifficultyChange:
    """One change of difficulty.

    Args:
        time: Header time of the first block that has it.
        height: Its height, a multiple of 2,016.
        difficulty: The new difficulty.
        ratio: To the one before; 1 for none.
    """

    time: datetime
    height: int
    difficulty: float
    ratio: float


@dataclass(frozen=True, slots=True)
class RunningEpoch:
    """The epoch that runs, and what it would bring at its pace.

    Args:
        progress: Share of its blocks found, 0 to 1.
        next_height: First height of the next epoch.
        remaining_blocks: Blocks until then.
        remaining_seconds: Estimated.
        next_change: When the next change is expected.
        expected_ratio: Of the next difficulty to this one.
        last_ratio: Of this difficulty to the one before.
        last_change: Header time of the last change; None if it is not given.
        seconds_per_block: Mean so far.
    """

    progress: float
    next_height: int
    remaining_blocks: int
    remaining_seconds: float
    next_change: datetime
    expected_ratio: float
    last_ratio: float
    last_change: datetime | None
    seconds_per_block: float


@dataclass(frozen=True, slots=True)
class CountedHashRate:
    """Hash rate of a day as blocks counted make it.

    Args:
        time: The day.
        hashes_per_second: Exactly as given.
    """

    time: datetime
    hashes_per_second: int


@dataclass(frozen=True, slots=True)
class MeanPayment:
    """What blocks around a moment paid their miners: fees, or fees and subsidy.

    Args:
        time: Mean header time of the blocks.
        height: Their mean height.
        sat: Mean satoshi of a block; exact for one block.
    """

    time: datetime
    height: int
    sat: int


@dataclass(frozen=True, slots=True)
class RewardTotals:
    """What the newest blocks paid together.

    Args:
        first_height: Height of the first block.
        last_height: Height of the last.
        reward_sat: Subsidies and fees.
        fees_sat: Fees alone.
        transactions: Number of transactions.
    """

    first_height: int
    last_height: int
    reward_sat: int
    fees_sat: int
    transactions: int


@dataclass(frozen=True, slots=True)
class MomentPrice:
    """US dollars per bitcoin at a moment.

    Args:
        time: The moment.
        usd: The price, above zero.
    """

    time: datetime
    usd: float


class Mempool:
    """Series of a mempool service. Use it as a context manager.

    Args:
        service: As `mempool_service` gives it.
        on_wait: Told what is waited for.
    """

    def __init__(self, service: Service, on_wait: OnWait | None = None) -> None:
        self.name = service.name
        self.client = Client(service, on_wait=on_wait)

    def __enter__(self) -> Mempool:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def tip_height(self) -> int:
        """Height of the newest block.

        Raises:
            SourceError: As `Client.get`; UnexpectedAnswer if it gives something else.
        """
        return self._get("/blocks/tip/height").whole(0)

    def blocks(self, first: int, last: int) -> Iterator[ChainBlock]:
        """Blocks from one height to another, both included, by height; one request brings 15.

        Raises:
            SourceError: As `tip_height`.
        """
        for height in range(first, last + 1, _PAGE):
            page = self._down_to(height, min(height + _PAGE - 1, last))
            yield from (page[wanted] for wanted in sorted(page) if wanted >= height)

    def difficulty_changes(self, interval: str = "") -> tuple[DifficultyChange, ...]:
        """Changes of difficulty, oldest first.

        Args:
            interval: Such as `3m` or `1y`; all if not given.

        Raises:
            SourceError: As `tip_height`; also if a row breaks the protocol's rules.
        """
        answer = self._get(_path("/v1/mining/difficulty-adjustments", interval))
        changes = sorted(map(_change, answer.items()), key=lambda change: change.height)
        for before, after in pairwise(changes):
            _check_change(before, after, answer)
        return tuple(changes)

    def running_epoch(self) -> RunningEpoch:
        """The epoch that runs.

        Raises:
            SourceError: As `tip_height`.
        """
        answer = self._get("/v1/difficulty-adjustment")
        estimated = answer["estimatedRetargetDate"]
        unit = 1000.0 if estimated.number(0) >= _MILLISECONDS else 1.0  # durations are in the unit of moments
        started = answer.get("previousTime")
        return RunningEpoch(
            progress=answer["progressPercent"].number(0) / 100,
            next_height=_epoch_start(answer["nextRetargetHeight"]),
            remaining_blocks=answer["remainingBlocks"].whole(0, BLOCKS_PER_EPOCH),
            remaining_seconds=answer["remainingTime"].number() / unit,
            next_change=_moment(estimated),
            expected_ratio=_ratio(answer["difficultyChange"]),
            last_ratio=_ratio(answer["previousRetarget"]),
            last_change=_moment(started) if started else None,  # in seconds where the others are not
            seconds_per_block=answer["timeAvg"].number(0) / unit,
        )

    def hash_rates(self, interval: str = "1y") -> tuple[CountedHashRate, ...]:
        """Hash rates by day, as counted blocks make them, oldest first.

        Raises:
            SourceError: As `tip_height`.
        """
        rows = self._get(_path("/v1/mining/hashrate", interval))["hashrates"].items()
        found = (CountedHashRate(_moment(row["timestamp"]), row["avgHashrate"].whole(0)) for row in rows)
        return tuple(sorted(found, key=lambda rate: rate.time))

    def block_fees(self, interval: str = "24h") -> tuple[MeanPayment, ...]:
        """Fees of blocks: each block's for `24h` and `3d`, means beyond; oldest first.

        Raises:
            SourceError: As `tip_height`.
        """
        return self._payments("fees", "avgFees", interval)

    def block_rewards(self, interval: str = "24h") -> tuple[MeanPayment, ...]:
        """Subsidy and fees of blocks, as `block_fees`.

        Raises:
            SourceError: As `tip_height`.
        """
        return self._payments("rewards", "avgRewards", interval)

    def reward_totals(self, blocks: int) -> RewardTotals:
        """What the newest blocks paid together.

        Raises:
            SourceError: As `tip_height`.
        """
        answer = self._get(f"/v1/mining/reward-stats/{blocks}")
        return RewardTotals(
            answer["startBlock"].whole(0),
            answer["endBlock"].whole(0),
            answer["totalReward"].whole(0),  # texts, since satoshi may not fit JavaScript's numbers
            answer["totalFee"].whole(0),
            answer["totalTx"].whole(0),
        )

    def prices(self) -> tuple[MomentPrice, ...]:
        """Prices it has noted, oldest first; those it marks as missing (-1, and a 0) are left out.

        Raises:
            SourceError: As `tip_height`.
        """
        rows = self._get("/v1/historical-price?currency=USD")["prices"].items()
        held = [(row["time"], usd) for row in rows if (usd := row.get("USD"))]
        found = (MomentPrice(_moment(time), usd.number(0)) for time, usd in held if not _no_price(usd))
        return tuple(sorted(found, key=lambda price: price.time))

    def _down_to(self, first: int, top: int) -> dict[int, ChainBlock]:
        """Blocks by height, from `top` down to `first` at least; other versions give fewer in one answer."""
        found: dict[int, ChainBlock] = {}
        wanted = top
        while wanted >= first:
            answer = self._get(f"/v1/blocks/{wanted}")
            page = {block.height: block for block in map(_block, answer.items(1))}
            if wanted not in page:
                answer.unexpected(f"block {wanted:,} among them", f"{min(page):,} to {max(page):,}")
            while wanted in page:
                found[wanted] = page[wanted]
                wanted -= 1
        return found

    def _payments(self, what: str, key: str, interval: str) -> tuple[MeanPayment, ...]:
        rows = self._get(f"/v1/mining/blocks/{what}/{interval}").items()
        found = (MeanPayment(_moment(r["timestamp"]), r["avgHeight"].whole(0), r[key].whole(0)) for r in rows)
        return tuple(sorted(found, key=lambda payment: payment.height))

    def _get(self, path: str) -> JsonAnswer:
        return get_json(self.client, f"{_API}{path}")


def _path(start: str, interval: str) -> str:
    return f"{start}/{interval}" if interval else start


def _block(row: JsonAnswer) -> ChainBlock:
    return ChainBlock(
        row["height"].whole(0),
        row["mediantime"].whole(1, MOST_TIME),
        row["difficulty"].number(1.0),
        row["extras"]["totalFees"].whole(0, MOST_FEES_SAT),
    )


def _change(row: JsonAnswer) -> DifficultyChange:
    time, height, difficulty, ratio, *_ = row.items(4)
    return DifficultyChange(
        _moment(time), _epoch_start(height), difficulty.number(1.0), _possible(ratio.number(0.0), ratio)
    )


def _epoch_start(value: JsonAnswer) -> int:
    height = value.whole(0)
    if height % BLOCKS_PER_EPOCH:
        value.unexpected(f"a multiple of {BLOCKS_PER_EPOCH:,}", f"{height:,}")
    return height


def _possible(ratio: float, value: JsonAnswer) -> float:
    """The ratio of two difficulties, if the protocol allows it."""
    if not 1 / MOST_RETARGET <= ratio <= MOST_RETARGET:
        value.unexpected(f"a change to between 1/{MOST_RETARGET} and {MOST_RETARGET} times", f"{ratio:g}")
    return ratio


def _check_change(before: DifficultyChange, after: DifficultyChange, answer: JsonAnswer) -> None:
    if after.height - before.height != BLOCKS_PER_EPOCH:
        return  # rows of epochs without a change, or of epochs left out
    if abs(after.difficulty / before.difficulty / after.ratio - 1) > _RATIO_ROUNDING:
        raise UnexpectedAnswer(
            f"difficulty {after.difficulty:,.0f} at {after.height:,} is not {after.ratio:g} times "
            f"{before.difficulty:,.0f} before it",
            where=answer.where,
            hint="this cannot be the main chain; it is not used",
        )


def _ratio(percent: JsonAnswer) -> float:
    """A change in percent as a ratio; the list of changes gives ratios, this end point percent."""
    return _possible(1 + percent.number(-100.0) / 100, percent)


def _moment(value: JsonAnswer) -> datetime:
    number = value.number(0)
    seconds = number / 1000 if number >= _MILLISECONDS else number
    if seconds >= _MILLISECONDS:
        value.unexpected("a moment", f"{number:g}")
    return datetime.fromtimestamp(seconds, UTC)


def _no_price(usd: JsonAnswer) -> bool:
    return usd.number() in _MISSING_PRICES

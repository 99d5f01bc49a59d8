"""Network days found at the live sources: blocks of one, closes of others."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hashpivot.bitcoin import SATOSHI_PER_BTC, NetworkDay, issuance_btc
from hashpivot.core import HashpivotError, SourceError
from hashpivot.sources import Settings
from hashpivot.sources.http import Client, OnWait
from hashpivot.sources.network import (
    Bitcoind,
    BlockDay,
    DailyCandle,
    DailyCloses,
    Exchange,
    Mempool,
    bitcoind_service,
    block_days,
    candle_shapes,
    daily_closes,
    has_node,
    mempool_service,
)

DEFAULT_EXCHANGES = ("coinbase", "kraken")
"""Two that trade bitcoin for dollars proper."""

_ONE = timedelta(days=1)


@dataclass
class NetworkAsked:
    """What was asked of whom, and what went wrong.

    Args:
        settings: Addresses and keys.
        base_url: Address of a stand-in for every service; empty for the real ones.
        on_wait: Told what is waited for.
        requests: Number of requests sent.
        failed: Why a source gave no answer, or no more.
        interrupted: True if the source of blocks failed.
        warnings: What is doubtful.
        services: Names of the sources, blocks first.
    """

    settings: Settings
    base_url: str = ""
    on_wait: OnWait | None = None
    requests: int = 0
    failed: list[HashpivotError] = field(default_factory=list)
    interrupted: bool = False
    warnings: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        """Tell whoever waits."""
        if self.on_wait:
            self.on_wait(text)

    def done(self, name: str, client: Client) -> None:
        """Remember that a source was asked."""
        self.services.append(name)
        self.requests += client.sent


def found_closes(
    asked: NetworkAsked, first: date, last: date, before: NetworkDay | None
) -> dict[date, float]:
    """Closes of days in US dollars, from the exchanges of the settings.

    Args:
        asked: Where to ask; what goes wrong is noted there.
        first: First day.
        last: Last day, which must be over.
        before: The day before the first, if it is known.

    Raises:
        InvalidInput: If the settings name an exchange that is not known.
    """
    names = asked.settings.values("prices", "exchanges") or DEFAULT_EXCHANGES
    url = asked.base_url or asked.settings.value("prices", "url")
    candles: dict[str, Sequence[DailyCandle]] = {}
    for shape in candle_shapes(names):
        with Exchange(shape, shape.service(url), asked.on_wait) as exchange:
            try:
                candles[shape.name] = exchange.candles(first, last)
            except SourceError as error:
                asked.failed.append(error)
            asked.done(shape.name, exchange.client)
    known = (before.day, before.close_usd) if before and before.close_usd else None
    closes: DailyCloses = daily_closes(candles, known)
    asked.warnings += closes.warnings
    return {close.day: close.usd for close in closes.closes}


def found_days(
    asked: NetworkAsked, first: date, last: date, near: int, closes: dict[date, float]
) -> Generator[NetworkDay]:
    """Days with their blocks counted; the source's failure ends them and is noted.

    Args:
        asked: Where to ask.
        first: First day.
        last: Last day; if it is before the first, nobody is asked.
        near: Height of the last block before the first day, or one near it.
        closes: Prices by day; a day without one has none.

    Raises:
        InvalidInput: If the settings name a node of another chain.
    """
    if first > last:
        return
    with _block_source(asked) as source:
        try:
            for row in block_days(source, first, last, near):
                yield _network_day(row, closes.get(row.day))
        except SourceError as error:
            asked.failed.append(error)
            asked.interrupted = True
        finally:
            asked.done(source.name, source.client)


def _block_source(asked: NetworkAsked) -> Mempool | Bitcoind:
    """The node of the settings if they name one, else mempool; a stand-in's address is mempool's."""
    if has_node(asked.settings) and not asked.base_url:
        return Bitcoind(bitcoind_service(asked.settings), asked.on_wait)
    return Mempool(mempool_service(asked.settings, asked.base_url), asked.on_wait)


def _network_day(row: BlockDay, close: float | None) -> NetworkDay:
    return NetworkDay(
        day=row.day,
        close_usd=close,
        difficulty=row.difficulty,
        blocks=row.blocks,
        issuance_btc=issuance_btc(row.last_height, row.blocks),
        fees_btc=row.fees_sat / SATOSHI_PER_BTC,
        fees_flag="exact",
        height_end=row.last_height,
        price_flag="missing" if close is None else "close",
    )

"""Daily candles of exchanges: the published shapes of three of them, and one way to ask each.

ASSUMED: no recorded answer of an exchange is at hand. Paths, columns, limits and error bodies are those of
the exchanges' own API documentation (docs/how-to/fetch-network-days.md lists them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hashpivot.core import InvalidInput, UnexpectedAnswer

from ..http import Client, JsonAnswer, OnWait, Reply, ReplyKind, Service, by_status, get_json
from ._own_machine import OWN_RATE, on_this_machine

ASSUMED = True
"""Shapes without a recording; a reader finds them by this name."""

_BLOCK_SECONDS = 60.0  # all three limit by the second or minute
_ADVICE = (
    "choose another exchange in [prices] exchanges of settings.toml; some serve no address of some countries"
)


@dataclass(frozen=True, slots=True)
class DailyCandle:
    """What an exchange says about a UTC day.

    Args:
        day: The day.
        low_usd: Lowest price.
        high_usd: Highest price.
        close_usd: Last price.
    """

    day: date
    low_usd: float
    high_usd: float
    close_usd: float

    @property
    def wrong(self) -> str:
        """Why the close cannot be a price; empty if it can."""
        if self.close_usd <= 0:
            return f"a close of {self.close_usd:g}"
        if not self.low_usd <= self.close_usd <= self.high_usd:
            return f"a close of {self.close_usd:,.2f} outside {self.low_usd:,.2f} to {self.high_usd:,.2f}"
        return ""


@dataclass(frozen=True, slots=True)
class CandleShape:
    """How one exchange is asked, and what it answers.

    Args:
        name: As in the settings.
        market: What is traded, in words.
        host: Its API's.
        rate: Requests a second, below its limit.
        page: Most days in one answer.
        address: The address for candles from one day to another.
        rows: Candles of an answer.
        kind_of: What its answers mean.
        oldest_days: Days back from now it has at all; 0 for all.
    """

    name: str
    market: str
    host: str
    rate: float
    page: int
    address: Callable[[date, date], str]
    rows: Callable[[JsonAnswer], list[DailyCandle]]
    kind_of: Callable[[Reply], ReplyKind] = by_status
    oldest_days: int = 0

    def service(self, base_url: str = "") -> Service:
        """The service, or a stand-in for it at `base_url`.

        Raises:
            InvalidInput: If the address is none.
        """
        return Service(
            self.name,
            (self.host,),
            OWN_RATE if on_this_machine(base_url) else self.rate,
            _BLOCK_SECONDS,
            self.kind_of,
            base_url=base_url,
            advice=_ADVICE,
        )


class Exchange:
    """Daily candles of one exchange. Use it as a context manager.

    Args:
        shape: Which.
        service: As `CandleShape.service` gives it; the real one if not given.
        on_wait: Told what is waited for.
    """

    def __init__(
        self, shape: CandleShape, service: Service | None = None, on_wait: OnWait | None = None
    ) -> None:
        self.name, self._shape = shape.name, shape
        self.client = Client(service or shape.service(), on_wait=on_wait)

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def candles(self, first: date, last: date) -> tuple[DailyCandle, ...]:
        """Candles of days that are over, oldest first; a day the exchange has none of is left out.

        Args:
            first: First day.
            last: Last day; it must be over, as a running day's candle has no close yet.

        Raises:
            SourceError: As `Client.get`; UnexpectedAnswer if a day is given twice, or rows are no candles.
        """
        found: dict[date, DailyCandle] = {}
        for start, end in self._pages(first, last):
            url = self._shape.address(start, end)
            for candle in self._shape.rows(get_json(self.client, url)):
                if not start <= candle.day <= end:
                    continue  # what was not asked for, such as the running day
                if found.setdefault(candle.day, candle) != candle:
                    raise UnexpectedAnswer(f"two candles of {candle.day}", where=url)
        return tuple(found[day] for day in sorted(found))

    def _pages(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        if oldest := self._shape.oldest_days:
            first = max(first, datetime.now(UTC).date() - timedelta(days=oldest))
        while first <= last:
            end = min(last, first + timedelta(days=self._shape.page - 1))
            yield first, end
            first = end + timedelta(days=1)


def candle_shapes(names: tuple[str, ...]) -> tuple[CandleShape, ...]:
    """The shapes of exchanges by name, in that order.

    Raises:
        InvalidInput: If one is not known, or none is named.
    """
    known = ", ".join(sorted(SHAPES))
    for name in names:
        if name not in SHAPES:
            raise InvalidInput(
                f"{name[:30]!r} is no exchange known", where="[prices] exchanges", hint=f"there are {known}"
            )
    if not names:
        raise InvalidInput("no exchange is named", where="[prices] exchanges", hint=f"there are {known}")
    return tuple(SHAPES[name] for name in dict.fromkeys(names))


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _day(seconds: JsonAnswer, unit: int = 1) -> date:
    """The UTC day a candle opens; it must open at midnight, or the candle is not of a UTC day."""
    moment = seconds.whole(0, 100_000_000_000 * unit)
    if moment % (86_400 * unit):
        seconds.unexpected("a candle that opens at midnight UTC", f"one that opens at {moment}")
    return datetime.fromtimestamp(moment // unit, UTC).date()


def _candles(rows: list[JsonAnswer], columns: tuple[int, int, int, int], unit: int = 1) -> list[DailyCandle]:
    """Candles of rows whose columns hold opening time, low, high and close at those places."""
    time, low, high, close = columns
    return [
        DailyCandle(_day(row[time], unit), row[low].number(), row[high].number(), row[close].number())
        for row in rows
    ]


# Binance: https://developers.binance.com/docs/binance-spot-api-docs/rest-api/market-data-endpoints
# rows [open time in ms, open, high, low, close, volume, close time, ...], prices as texts, oldest first.
def _binance_address(first: date, last: date) -> str:
    span = f"startTime={_seconds(first) * 1000}&endTime={_seconds(last) * 1000}"
    return f"https://data-api.binance.vision/api/v3/klines?symbol=BTCUSDT&interval=1d&{span}&limit=1000"


def _binance_rows(answer: JsonAnswer) -> list[DailyCandle]:
    return _candles(answer.items(), (0, 3, 2, 4), unit=1000)


def _binance_kind(reply: Reply) -> ReplyKind:
    """418 is a ban after going on in spite of 429."""
    return ReplyKind.BLOCKED if reply.status == 418 else by_status(reply)


# Coinbase Exchange: https://docs.cdp.coinbase.com/api-reference/exchange-api/rest-api/products/get-product-candles
# rows [open time in s, low, high, open, close, volume], numbers, newest first; at most 300 a request.
def _coinbase_address(first: date, last: date) -> str:
    span = f"start={first.isoformat()}T00:00:00Z&end={last.isoformat()}T00:00:00Z"
    return f"https://api.exchange.coinbase.com/products/BTC-USD/candles?granularity=86400&{span}"


def _coinbase_rows(answer: JsonAnswer) -> list[DailyCandle]:
    return _candles(answer.items(), (0, 1, 2, 4))


# Kraken: https://docs.kraken.com/api/docs/rest-api/get-ohlc-data
# {"error": [], "result": {"XXBTZUSD": rows, "last": id}}, rows [open time in s, open, high, low, close, vwap,
# volume, count], prices as texts, oldest first; the newest 720 only, the last of them still running.
def _kraken_address(first: date, last: date) -> str:
    since = _seconds(first) - 1  # candles after this moment
    return f"https://api.kraken.com/0/public/OHLC?pair=XBTUSD&interval=1440&since={since}"


def _kraken_rows(answer: JsonAnswer) -> list[DailyCandle]:
    errors = answer["error"].items()
    if errors:
        answer["error"].unexpected("no error", repr(errors[0].text()[:60]))
    result = answer["result"]
    pairs = [key for key in result.value if key != "last"] if isinstance(result.value, dict) else []
    if len(pairs) != 1:
        result.unexpected("an object with one pair")
    return _candles(result[pairs[0]].items(), (0, 3, 2, 4))


def _kraken_kind(reply: Reply) -> ReplyKind:
    """Kraken says errors with status 200."""
    if reply.says("too many requests", "rate limit exceeded"):
        return ReplyKind.BLOCKED
    if reply.says("eservice:unavailable", "eservice:busy", "eservice:market in"):
        return ReplyKind.MAINTENANCE
    return by_status(reply)


SHAPES = {
    shape.name: shape
    for shape in (
        CandleShape(
            "binance", "BTC/USDT, a tether taken as a dollar", "data-api.binance.vision", 5.0, 1000,
            _binance_address, _binance_rows, _binance_kind,
        ),
        CandleShape(
            "coinbase", "BTC/USD", "api.exchange.coinbase.com", 3.0, 300, _coinbase_address, _coinbase_rows
        ),
        CandleShape(
            "kraken", "BTC/USD", "api.kraken.com", 0.5, 720, _kraken_address, _kraken_rows, _kraken_kind, 719
        ),
    )
}  # fmt: skip
"""The exchanges known, by name."""

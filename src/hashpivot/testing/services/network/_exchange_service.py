"""A stand-in for three exchanges' daily candles.

ASSUMED: the shapes are those of the exchanges' own API documentation; no recorded answer is at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ..http import Fault, LocalService, SeenRequest, ServedAnswer, instead, json_answer, text_answer

_DAY = 86_400
_COINBASE_MOST, _BINANCE_MOST, _KRAKEN_MOST = 300, 1000, 720


@dataclass(frozen=True)
class _Candle:
    time: int
    open: float
    high: float
    low: float
    close: float


class ExchangeAnswers:
    """What Binance, Coinbase Exchange and Kraken answer about daily closes.

    Args:
        closes: US dollars by UTC day; a day left out has no candle.
        factors: By exchange (`binance`, `coinbase`, `kraken`), what its closes are multiplied by.
    """

    def __init__(self, closes: Mapping[date, float], factors: Mapping[str, float] | None = None) -> None:
        self.closes = dict(closes)
        self.factors = dict(factors or {})
        self._routes: dict[str, Callable[[SeenRequest], ServedAnswer]] = {
            "/api/v3/klines": self._binance,
            "/products/BTC-USD/candles": self._coinbase,
            "/0/public/OHLC": self._kraken,
        }

    def answer(self, request: SeenRequest) -> ServedAnswer | None:
        """Return the answer to a request, None if the path is no exchange's."""
        made = self._routes.get(request.route)
        return made(request) if made else None

    def _candles(self, exchange: str) -> list[_Candle]:
        """By day; the last one is of the running day and has the price of the moment for its close."""
        factor, days = self.factors.get(exchange, 1.0), sorted(self.closes)
        priced = [(day, self.closes[day] * factor) for day in days]
        if priced:
            priced.append((days[-1] + timedelta(days=1), priced[-1][1] * 1.07))
        before = [priced[0][1], *(close for _, close in priced)] if priced else []
        return [
            _Candle(_seconds(day), start, max(start, close) * 1.01, min(start, close) * 0.99, close)
            for start, (day, close) in zip(before, priced, strict=False)
        ]

    def _binance(self, request: SeenRequest) -> ServedAnswer:
        query = request.query
        if query.get("symbol") != "BTCUSDT":
            return json_answer({"code": -1121, "msg": "Invalid symbol."}, 400)
        first, last = int(query.get("startTime", 0)), int(query.get("endTime", 10**15))
        rows = [
            [c.time * 1000, _text(c.open), _text(c.high), _text(c.low), _text(c.close), "1234.5",
             (c.time + _DAY) * 1000 - 1, "1.0", 1, "1.0", "1.0", "0"]
            for c in self._candles("binance") if first <= c.time * 1000 <= last
        ]  # fmt: skip
        return json_answer(rows[: min(int(query.get("limit", 500)), _BINANCE_MOST)])

    def _coinbase(self, request: SeenRequest) -> ServedAnswer:
        """Newest first, numbers; more than 300 candles are refused."""
        first, last = (_moment(request.query[name]) for name in ("start", "end"))
        if (last - first) // _DAY + 1 > _COINBASE_MOST:
            words = "granularity too small for the requested time range"
            return json_answer({"message": words}, 400)
        return json_answer(
            [
                [c.time, c.low, c.high, c.open, c.close, 1234.5]
                for c in reversed(self._candles("coinbase"))
                if first <= c.time <= last
            ]
        )

    def _kraken(self, request: SeenRequest) -> ServedAnswer:
        """The newest 720 since a moment, the running day among them; errors have status 200."""
        if request.query.get("pair") != "XBTUSD":
            return json_answer({"error": ["EQuery:Unknown asset pair"]})
        since = int(request.query.get("since", 0))
        kept = self._candles("kraken")[-_KRAKEN_MOST:]
        rows: list[list[Any]] = [
            [c.time, _text(c.open), _text(c.high), _text(c.low), _text(c.close), _text(c.close), "1234.5", 9]
            for c in kept
            if c.time > since
        ]
        return json_answer({"error": [], "result": {"XXBTZUSD": rows, "last": kept[-1].time if kept else 0}})


class ExchangeService(LocalService):
    """A stand-in for Binance, Coinbase Exchange and Kraken on one address: daily candles of given closes.

    Args:
        closes: US dollars by UTC day; a day left out has no candle.
        factors: By exchange, what its closes are multiplied by.
        port: Port on 127.0.0.1; 0 for any that is free.
        requests_per_second: The rate beyond which it blocks with 429; None for no limit.
        block_seconds: How long a block lasts after the last request inside it.
    """

    def __init__(
        self,
        closes: Mapping[date, float],
        factors: Mapping[str, float] | None = None,
        *,
        port: int = 0,
        requests_per_second: int | None = None,
        block_seconds: float = 60.0,
    ) -> None:
        super().__init__(port=port, requests_per_second=requests_per_second, block_seconds=block_seconds)
        self.answers = ExchangeAnswers(closes, factors)

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what the exchange of that path answers when nothing is wrong."""
        return self.answers.answer(request) or text_answer("Not Found", 404)


def kraken_too_many() -> Fault:
    """Return a fault of Kraken beyond its rate: an error with status 200."""
    return instead(json_answer({"error": ["EGeneral:Too many requests"]}))


def restricted_location() -> Fault:
    """Return a fault of Binance towards a country it does not serve: 451."""
    words = "Service unavailable from a restricted location according to 'b. Eligibility'"
    return instead(json_answer({"code": 0, "msg": words}, 451))


def _text(price: float) -> str:
    return f"{price:.2f}"


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())

"""Daily candles of three exchanges: one meaning, whatever the shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hashpivot.core import InvalidInput, NotAtSource, RefusedBySource, UnexpectedAnswer
from hashpivot.sources.network import SHAPES, DailyCandle, Exchange, candle_shapes
from hashpivot.testing.services import ExchangeService
from hashpivot.testing.services.http import changed_json, cut_body, html_instead, status
from hashpivot.testing.services.network import kraken_too_many, restricted_location

from .conftest import quick

LAST = datetime.now(UTC).date() - timedelta(days=1)
CLOSES = {LAST - timedelta(days=n): 60_000.25 + 7 * n for n in range(700)}
NAMES = sorted(SHAPES)


@pytest.fixture
def served() -> Iterator[ExchangeService]:
    with ExchangeService(CLOSES) as service:
        yield service


def opened(name: str, served: ExchangeService) -> Exchange:
    return Exchange(SHAPES[name], quick(SHAPES[name].service(served.url)))


def candles(name: str, served: ExchangeService, first: date, last: date) -> tuple[DailyCandle, ...]:
    with opened(name, served) as exchange:
        return exchange.candles(first, last)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 2, 300, 301, 650])
def test_every_day_asked_for_comes_once_and_none_else(name: str, count: int, served: ExchangeService) -> None:
    first = LAST - timedelta(days=count - 1)
    found = candles(name, served, first, LAST)
    assert {candle.day: candle.close_usd for candle in found} == {
        day: pytest.approx(close) for day, close in CLOSES.items() if day >= first
    }
    assert [candle.day for candle in found] == sorted(candle.day for candle in found)
    assert not any(candle.wrong for candle in found)


@pytest.mark.parametrize("name", NAMES)
def test_the_running_day_is_left_out(name: str, served: ExchangeService) -> None:
    first = LAST - timedelta(days=4)
    assert candles(name, served, first, LAST)[-1].day == LAST
    assert len(candles(name, served, first, LAST - timedelta(days=2))) == 3


def test_pages_are_as_large_as_the_exchange_allows(served: ExchangeService) -> None:
    for name in NAMES:
        candles(name, served, LAST - timedelta(days=649), LAST)
    routes = [request.route for request in served.requests]
    assert {route: routes.count(route) for route in routes} == {
        "/api/v3/klines": 1, "/products/BTC-USD/candles": 3, "/0/public/OHLC": 1,
    }  # fmt: skip


def test_kraken_is_not_asked_for_what_it_no_longer_has(served: ExchangeService) -> None:
    assert candles("kraken", served, LAST - timedelta(days=3000), LAST - timedelta(days=1000)) == ()
    assert served.requests == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("fault", [status(429), status(503), cut_body()])
def test_what_passes_is_waited_out(name: str, fault: Any, served: ExchangeService) -> None:
    served.fail(fault, times=2)
    assert len(candles(name, served, LAST, LAST)) == 1


def test_kraken_refuses_with_status_200(served: ExchangeService) -> None:
    served.fail(kraken_too_many(), times=2)
    assert len(candles("kraken", served, LAST, LAST)) == 1
    assert len(served.requests) == 3


def test_a_ban_counts_as_a_block(served: ExchangeService) -> None:
    served.fail(status(418))
    assert len(candles("binance", served, LAST, LAST)) == 1


def test_a_restricted_country_is_told_to_choose_another(served: ExchangeService) -> None:
    served.fail(restricted_location())
    with pytest.raises(RefusedBySource, match="451") as caught:
        candles("binance", served, LAST, LAST)
    assert "choose another exchange" in caught.value.hint
    assert len(served.requests) == 1


def test_an_address_that_is_no_exchange(served: ExchangeService) -> None:
    served.fail(status(404))
    with pytest.raises(NotAtSource):
        candles("coinbase", served, LAST, LAST)


Change = Callable[[Any], Any]


def rows_changed(name: str, change: Change) -> Change:
    """A change of the rows, wherever the exchange puts them."""
    if name != "kraken":
        return change
    return lambda value: (
        value
        | {"result": {key: change(rows) if key != "last" else rows for key, rows in value["result"].items()}}
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: {"rows": rows}, "expected a list"),
        (lambda rows: [{"time": 1} for _ in rows], "expected a list"),
        (lambda rows: [row[:2] for row in rows], "a list with a place"),
        (lambda rows: [[row[0], *("x" for _ in row[1:])] for row in rows], "a number"),
        (lambda rows: [[row[0] + 1, *row[1:]] for row in rows], "opens at midnight UTC"),
        (lambda rows: [*rows, *([row[0], 1, 1, 1, 1, 1] for row in rows)], "two candles of"),
        (lambda rows: [[-5, *row[1:]] for row in rows], "a whole number from 0"),
    ],
)
def test_another_shape_is_refused(name: str, change: Change, message: str, served: ExchangeService) -> None:
    served.fail(changed_json(rows_changed(name, change)))
    with pytest.raises(UnexpectedAnswer, match=message):
        candles(name, served, LAST - timedelta(days=3), LAST)


@pytest.mark.parametrize(
    "value",
    [
        {"error": ["EQuery:Unknown asset pair"]},
        {"error": [], "result": {"last": 1}},
        {"error": [], "result": []},
    ],
)
def test_an_error_of_kraken_is_refused(value: Mapping[str, Any], served: ExchangeService) -> None:
    served.fail(changed_json(lambda _: value))
    with pytest.raises(UnexpectedAnswer):
        candles("kraken", served, LAST, LAST)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_no_candle(name: str, served: ExchangeService) -> None:
    served.fail(html_instead())
    with pytest.raises(UnexpectedAnswer, match="a page of HTML"):
        candles(name, served, LAST, LAST)


def test_exchanges_are_chosen_by_name() -> None:
    assert [shape.name for shape in candle_shapes(("kraken", "binance", "kraken"))] == ["kraken", "binance"]
    with pytest.raises(InvalidInput, match="'mtgox' is no exchange known") as caught:
        candle_shapes(("coinbase", "mtgox"))
    assert "binance, coinbase, kraken" in caught.value.hint
    with pytest.raises(InvalidInput, match="no exchange is named"):
        candle_shapes(())

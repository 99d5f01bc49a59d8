"""Network days and prices into the user's table, against stand-ins of every service."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from rich.console import Console

from hashpivot import Desk
from hashpivot.bitcoin import NetworkDay, NetworkHistory, own_table, write_days
from hashpivot.core import InvalidInput
from hashpivot.desk.fetch import NetworkFetch, fetch_network
from hashpivot.testing.services import BitcoindService, ExchangeService, NetworkService, made_up_network_days
from hashpivot.testing.services.http import changed_json, html_instead, status

BUNDLED = NetworkHistory.bundled()
NEW = made_up_network_days(BUNDLED[-1], 7, seed=11)
TODAY = NEW[-1].day + timedelta(days=1)
COINBASE, KRAKEN, BLOCKS = "/products/", "/0/public", "/api/v1/blocks"


@pytest.fixture
def served() -> Iterator[NetworkService]:
    with NetworkService([*BUNDLED[-8:], *NEW]) as service:
        yield service


Fetch = Callable[..., NetworkFetch]


@pytest.fixture
def fetch(served: NetworkService) -> Fetch:
    return lambda **more: fetch_network(**{"base_url": served.url, "today": TODAY, **more})


def same(rows: tuple[NetworkDay, ...] | list[NetworkDay], others: list[NetworkDay]) -> bool:
    return len(rows) == len(others) and all(
        row._replace(difficulty=0) == other._replace(difficulty=0)
        and row.difficulty == pytest.approx(other.difficulty, rel=1e-12)
        for row, other in zip(rows, others, strict=True)
    )


def test_new_days_are_added_and_a_second_run_asks_nothing(fetch: Fetch, served: NetworkService) -> None:
    done = fetch()
    assert done.complete and done.written
    assert same(done.days, NEW)
    assert same(list(NetworkHistory.load()[len(BUNDLED) :]), NEW)
    assert tuple(NetworkHistory.load()[: len(BUNDLED)]) == tuple(BUNDLED)
    assert done.unchanged == tuple(row.day for row in BUNDLED[-3:])
    assert (done.differences, done.warnings, done.gaps, done.pending) == ((), (), (), ())
    assert done.requests == len(served.requests)
    before = own_table().read_bytes()
    served.forget()
    again = fetch()
    assert served.requests == []
    assert (again.days, again.written, again.last_day) == ((), False, NEW[-1].day)
    assert own_table().read_bytes() == before


def test_a_later_run_fetches_only_what_is_new(fetch: Fetch, served: NetworkService) -> None:
    fetch(today=NEW[4].day)
    served.forget()
    done = fetch()
    assert same(done.days, NEW[4:])
    asked = [request for request in served.requests if request.path.startswith(BLOCKS)]
    assert len(asked) <= sum(row.blocks for row in NEW[4:]) // 15 + 4
    assert same(list(NetworkHistory.load()[len(BUNDLED) :]), NEW)


def test_in_steps_or_at_once_the_table_is_the_same(fetch: Fetch) -> None:
    fetch()
    at_once = own_table().read_bytes()
    own_table().unlink()
    for row in NEW:
        fetch(today=row.day + timedelta(days=1))
    assert own_table().read_bytes() == at_once


def test_a_dry_run_writes_nothing(fetch: Fetch) -> None:
    done = fetch(dry_run=True)
    assert same(done.days, NEW)
    assert not done.written
    assert done.last_day == BUNDLED.last_day
    assert not own_table().exists()
    assert "7 days found, nothing written" in repr(done)


def test_since_compares_what_stands(fetch: Fetch) -> None:
    fetch()
    done = fetch(since=NEW[2].day)
    assert done.days == ()
    assert done.unchanged == tuple(row.day for row in NEW[2:])


def test_own_days_that_differ_are_told_and_stay(fetch: Fetch) -> None:
    write_days(own_table(), [row._replace(close_usd=row.price_usd * 1.05) for row in NEW[:2]])
    before = own_table().read_text(encoding="utf-8")
    done = fetch(since=NEW[0].day)
    assert [str(difference)[:20] for difference in done.differences] == [
        f"{row.day} price_usd" for row in NEW[:2]
    ]
    assert {difference.table for difference in done.differences} == {"network.csv"}
    assert own_table().read_text(encoding="utf-8").startswith(before)
    assert same(done.days, NEW[2:])


def test_bundled_days_that_differ_are_told() -> None:
    other = [row._replace(close_usd=row.price_usd * 1.08) for row in BUNDLED[-8:]]
    with NetworkService([*other, *NEW]) as served:
        done = fetch_network(base_url=served.url, today=TODAY)
    assert {(row.day, row.column) for row in done.differences} == {
        (row.day, "price_usd") for row in BUNDLED[-3:]
    }
    assert NetworkHistory.load().day(BUNDLED.last_day) == BUNDLED[-1]


def test_another_chain_is_told_and_nothing_written() -> None:
    other = [row._replace(height_end=row.height_end + 2016 * 10) for row in [*BUNDLED[-8:], *NEW]]
    with NetworkService(other) as served:
        done = fetch_network(base_url=served.url, today=TODAY)
        assert done.requests == len(served.requests)
    assert not done.complete and not done.written
    assert done.sources[-1] == "mempool"
    assert not own_table().exists()


@pytest.mark.parametrize("off", [-100, 100])
def test_heights_may_be_off_as_far_as_the_bundled_ones_are_interpolated(off: int) -> None:
    moved = [row._replace(height_end=row.height_end + off) for row in BUNDLED[-8:]]
    new = made_up_network_days(moved[-1], 3, seed=2)
    with NetworkService([*moved, *new]) as served:
        done = fetch_network(base_url=served.url, today=new[-1].day + timedelta(days=1))
    assert done.complete and len(done.unchanged) == 3
    assert same(list(NetworkHistory.load()[len(BUNDLED) :]), new)


def test_whoever_waits_is_told_every_day(fetch: Fetch) -> None:
    told: list[str] = []
    fetch(on_wait=told.append)
    assert len(told) == len(NEW) + 3
    assert told[-1] == f"{NEW[-1].day}: {NEW[-1].blocks} blocks, 0 days to go"


def test_a_run_that_is_stopped_keeps_the_days_that_came(fetch: Fetch) -> None:
    def stop(text: str) -> None:
        if text.startswith(str(NEW[2].day)):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(on_wait=stop)
    assert same(list(NetworkHistory.load()[len(BUNDLED) :]), NEW[:3])
    assert same(fetch().days, NEW[3:])


def test_one_exchange_that_fails_leaves_the_other(fetch: Fetch, served: NetworkService) -> None:
    served.fail(status(404), COINBASE, times=None)
    done = fetch()
    assert same(done.days, NEW)
    assert done.complete  # without its check
    assert [error.kind for error in done.unreachable] == ["not_at_source"]


def test_without_any_price_no_block_is_asked_for(fetch: Fetch, served: NetworkService) -> None:
    served.fail(status(404), f"{COINBASE}|{KRAKEN}", times=None)
    done = fetch(since=BUNDLED.last_day + timedelta(days=1))
    assert (done.days, done.written, len(done.unreachable)) == ((), False, 2)
    assert done.gaps == ("2026-10-06 has no price; days from there on are added once it has one",)


def test_a_day_without_price_ends_the_table_until_it_has_one(fetch: Fetch, served: NetworkService) -> None:
    gone = served.exchanges.closes.pop(NEW[4].day)
    done = fetch()
    assert same(done.days, NEW[:4])
    assert done.gaps[-1].startswith(f"{NEW[4].day} has no price")
    assert not done.complete
    served.exchanges.closes[NEW[4].day] = gone
    assert same(fetch().days, NEW[4:])


def test_exchanges_apart_are_told_with_both_numbers(fetch: Fetch, served: NetworkService) -> None:
    served.exchanges.factors["kraken"] = 1.02
    done = fetch()
    assert len(done.warnings) == len(NEW) + 3
    assert "coinbase closed at" in done.warnings[0] and "kraken at" in done.warnings[0]
    assert same(done.days, NEW)


@pytest.mark.parametrize("value", [0, -1, 1e12, 1e-9])
def test_an_absurd_close_never_becomes_a_price(fetch: Fetch, served: NetworkService, value: float) -> None:
    served.fail(changed_json(lambda rows: [[*row[:4], value, row[5]] for row in rows]), COINBASE)
    done = fetch()
    assert same(done.days, NEW)  # kraken's
    assert len(done.warnings) == len(NEW) + 3
    assert all("is no price" in text for text in done.warnings)


@pytest.mark.parametrize(
    "fault",
    [
        html_instead(),
        status(404),
        changed_json(lambda page: {"data": page}),
        changed_json(lambda page: [block | {"extras": None} for block in page]),
        changed_json(lambda page: [block | {"difficulty": block["difficulty"] * 5} for block in page]),
        changed_json(lambda page: [block | {"mediantime": 4_000_000_000} for block in page]),
    ],
)
def test_what_came_before_a_failure_is_kept(fetch: Fetch, served: NetworkService, fault: Any) -> None:
    served.fail(fault, BLOCKS, after=40, times=None)
    done = fetch()
    assert 0 < len(done.days) < len(NEW)
    assert same(done.days, NEW[: len(done.days)])
    assert len(done.unreachable) == 1
    assert not done.complete
    served.heal()
    assert same(fetch().days, NEW[len(done.days) :])
    assert same(list(NetworkHistory.load()[len(BUNDLED) :]), NEW)


def test_a_day_not_confirmed_yet_is_pending(fetch: Fetch, served: NetworkService) -> None:
    served.exchanges.closes[TODAY] = NEW[-1].price_usd
    done = fetch(today=TODAY + timedelta(days=1))
    assert done.pending == (TODAY,)
    assert done.complete
    assert same(done.days, NEW)


def test_a_node_of_ones_own_gives_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [*BUNDLED[-8:], *NEW]
    closes = {row.day: row.price_usd for row in days}
    with BitcoindService(days, user="me", password="a-password") as node, ExchangeService(closes) as exchange:
        monkeypatch.setenv("HASHPIVOT_BITCOIND_URL", node.url)
        monkeypatch.setenv("HASHPIVOT_BITCOIND_USER", "me")
        monkeypatch.setenv("HASHPIVOT_BITCOIND_PASSWORD", "a-password")
        monkeypatch.setenv("HASHPIVOT_PRICES_URL", exchange.url)
        monkeypatch.setenv("HASHPIVOT_PRICES_EXCHANGES", "binance")
        done = fetch_network(today=TODAY)
        monkeypatch.setenv("HASHPIVOT_BITCOIND_PASSWORD", "wrong-one")
        refused = fetch_network(today=TODAY, since=NEW[0].day)
    assert done.sources == ("binance", "bitcoind")
    assert same(done.days, NEW)
    assert [error.kind for error in refused.unreachable] == ["refused_by_source"]
    assert "wrong-one" not in json.dumps(refused.to_dict()) + repr(refused)


def test_two_at_a_time_write_one_table(fetch: Fetch) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(fetch) for _ in range(2)]
        assert all(run.result().complete for run in runs)
    assert same(list(NetworkHistory.load()[len(BUNDLED) :]), NEW)


@pytest.mark.parametrize("since", [BUNDLED.first_day, TODAY])
def test_a_since_that_cannot_be_is_refused(fetch: Fetch, since: Any) -> None:
    with pytest.raises(InvalidInput, match="cannot be fetched"):
        fetch(since=since)


def test_an_unknown_exchange_is_refused_before_anything_is_asked(
    fetch: Fetch, served: NetworkService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HASHPIVOT_PRICES_EXCHANGES", "coinbase, mtgox")
    with pytest.raises(InvalidInput, match="'mtgox' is no exchange known"):
        fetch()
    assert served.requests == []


def test_a_wrong_table_of_ones_own_is_named(fetch: Fetch) -> None:
    own_table().parent.mkdir(parents=True)
    own_table().write_text("date,price_usd\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="no column difficulty"):
        fetch()


def test_it_prints_and_its_json_is_plain(served: NetworkService, monkeypatch: pytest.MonkeyPatch) -> None:
    served.exchanges.factors["kraken"] = 1.02
    served.exchanges.closes.pop(NEW[5].day)
    done = fetch_network(base_url=served.url, today=TODAY)
    written = io.StringIO()
    done.print(Console(file=written, width=200))
    for text in ("5 days added", "asked: coinbase, kraken, mempool", "warning: ", "gap: "):
        assert text in written.getvalue()
    value = json.loads(json.dumps(done.to_dict()))
    assert value["days"][0]["date"] == "2026-10-06"
    assert value["complete"] is False
    assert {*value} == {
        "file", "written", "complete", "last_day", "days", "unchanged", "disagreements", "warnings", "gaps",
        "pending", "interrupted", "unreachable", "sources", "requests",
    }  # fmt: skip


def test_the_desk_fetches_too(served: NetworkService) -> None:
    """Up to the machine's own yesterday: what is served ends before, or the clock does."""
    done = Desk.fetch_network(base_url=served.url, dry_run=True)
    assert not done.written

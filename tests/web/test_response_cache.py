"""Kept responses: of one state, shared by those who wait, renewed when the ledger changes, never mixed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, cast

import pytest

from hashpivot.core import NoData
from hashpivot.web.shared import CachedResponse, LiveDesk, PageRequest, ResponseCache

ASKED = PageRequest.of("page", "", {"b": 1, "a": 2})
SOON = 5.0  # seconds; the machine of a test may be busy


class Ledger:
    """Stands for a live desk: a state that a test moves on."""

    def __init__(self) -> None:
        self.now = 0
        self.away = False
        self.looks = 0

    def state(self) -> tuple[int, ...]:
        self.looks += 1
        if self.away:
            raise NoData("the server does not answer")
        return (self.now,)


class Maker:
    """Makes responses of the state it finds, and counts them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.made = ledger, [0]
        self.go = threading.Event()
        self.go.set()

    def __call__(self, asked: PageRequest) -> CachedResponse:
        state = self.ledger.state()
        assert self.go.wait(SOON)
        self.made[0] += 1
        if asked.view == "wrong":
            raise NoData("nothing is known")
        return CachedResponse.of(state, f"{asked.view} {state}".encode())


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def maker(ledger: Ledger) -> Maker:
    return Maker(ledger)


@pytest.fixture
def cache(ledger: Ledger, maker: Maker) -> ResponseCache:
    return ResponseCache(cast(LiveDesk, ledger), maker)


def until(holds: Callable[[], Any]) -> None:
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def content(cache: ResponseCache, asked: PageRequest = ASKED) -> bytes:
    return (cache.at_once(asked) or cache.ask(asked).result(SOON)).content


def test_what_is_asked_has_no_order() -> None:
    assert PageRequest.of("page", "", {"a": 2, "b": 1}) == ASKED


def test_without_following_every_request_gets_the_newest(
    cache: ResponseCache, ledger: Ledger, maker: Maker
) -> None:
    assert content(cache) == content(cache) == b"page (0,)" and maker.made == [1]
    ledger.now = 1
    assert cache.at_once(ASKED) is None
    assert content(cache) == b"page (1,)" and maker.made == [2]


def test_a_ledger_that_was_away_is_followed_again(cache: ResponseCache, ledger: Ledger, maker: Maker) -> None:
    with cache.follow([ASKED]):
        assert content(cache) == b"page (0,)"
        ledger.away, looks = True, ledger.looks
        until(lambda: ledger.looks > looks + 2)
        ledger.now, ledger.away = 1, False
        until(lambda: maker.made[0] == 2)  # though nobody asked
        until(lambda: content(cache) == b"page (1,)")


def test_while_it_follows_the_former_is_shown_until_the_new_one_is_made(
    cache: ResponseCache, ledger: Ledger, maker: Maker
) -> None:
    with cache.follow([ASKED]):
        until(lambda: cache.at_once(ASKED))
        maker.go.clear()
        ledger.now = 1
        time.sleep(0.3)
        kept = cache.at_once(ASKED)
        assert kept and kept.content == b"page (0,)" and kept.state == (0,)
        maker.go.set()
        until(lambda: content(cache) == b"page (1,)")
    assert maker.made == [2]


def test_what_nobody_asked_for_lately_is_not_shown_out_of_date(
    cache: ResponseCache, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hashpivot.web.shared._response_cache._LATELY", 0.0)
    with cache.follow():
        assert content(cache) == b"page (0,)"
        ledger.now = 1
        time.sleep(0.1)
        assert content(cache) == b"page (1,)"


def test_what_is_out_of_date_for_too_long_is_not_shown(
    cache: ResponseCache, ledger: Ledger, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hashpivot.web.shared._response_cache._STALE", 0.2)
    with cache.follow():
        assert content(cache) == b"page (0,)"
        maker.go.clear()
        ledger.now = 1
        until(lambda: cache.at_once(ASKED) is None)
        maker.go.set()
        assert content(cache) == b"page (1,)"


def test_those_who_wait_share_one_making(cache: ResponseCache, maker: Maker) -> None:
    maker.go.clear()
    waiting = [cache.ask(ASKED) for _ in range(50)]
    maker.go.set()
    assert {made.result(SOON).content for made in waiting} == {b"page (0,)"} and maker.made == [1]


def test_what_fails_is_told_to_all_and_not_kept(cache: ResponseCache, maker: Maker) -> None:
    wrong = PageRequest.of("wrong", "", {})
    for _ in range(2):
        with pytest.raises(NoData):
            cache.ask(wrong).result(SOON)
    assert maker.made == [2]


def test_what_is_kept_is_bounded(cache: ResponseCache) -> None:
    for number in range(300):
        content(cache, PageRequest.of(f"page {number}", "", {}))
    assert len(cache._kept) == len(cache._asked_at) <= 128


def test_a_response_is_packed_if_that_is_worth_it() -> None:
    text, noise = CachedResponse.of((), b"word " * 1000), CachedResponse.of((), bytes(range(256)))
    assert text.packed and len(text.packed) < 500 and not noise.packed
    assert text.tag != noise.tag == CachedResponse.of((1,), bytes(range(256))).tag

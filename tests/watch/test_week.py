"""A simulated week: each filing is handled once and in order, whatever list it stands in and whoever dies."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hashpivot.core import ChannelError
from hashpivot.testing.services import EdgarService
from hashpivot.watch import FilingNews, Watcher

from ._week import START, Week, week
from .conftest import NotingChannel, NotingReader, OpenWatcher

END = START + timedelta(days=7, hours=4)


def moments(edgar: EdgarService, hours: int = 4) -> Iterator[datetime]:
    """The week in steps; the stand-in's clock goes along."""
    while edgar.now < END:
        edgar.advance(timedelta(hours=hours))
        yield edgar.now


def received(watcher: Watcher, now: datetime) -> list[FilingNews]:
    return [step for step in watcher.poll(now) if isinstance(step, FilingNews)]


def test_each_filing_of_a_week_is_handled_once_and_in_order(open_watcher: OpenWatcher) -> None:
    made, reader, channel = week(), NotingReader(), NotingChannel()
    public = {one.accession: one.known for one in made.relevant}
    filed = {one.accession: one.filed for one in made.relevant}
    with made.service() as edgar:
        watcher = open_watcher(edgar, reader, channel, start=START)
        polls = {now: [news.id for news in received(watcher, now)] for now in moments(edgar)}
    told = [accession for poll in polls.values() for accession in poll]
    assert sorted(told) == sorted(made.accessions)
    assert reader.ledger == told == channel.ids
    assert all(public[a] <= public[b] for poll in polls.values() for a, b in pairwise(poll))
    lists = Counter(news.body["listed_in"] for news in channel.got)
    assert lists["daily index"] >= len(made.only_in_index)
    assert lists["submissions"] and lists["feed"]
    late = {one: now for now, poll in polls.items() for one in poll if one in made.only_in_index}
    assert all(now.date() > filed[one] for one, now in late.items())
    entries = len(made.relevant) + sum(len(one.parties) for one in made.others)
    assert entries > 2000


class Killed(BaseException):
    """The process ends here."""


class Fuse:
    """Ends the process before or after one of the calls of what it is laid into."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

    def laid(self, thing: Any) -> Any:
        return _Fused(thing, self)


class _Fused:
    def __init__(self, thing: Any, fuse: Fuse) -> None:
        self._thing, self._fuse = thing, fuse

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._thing, name)
        if not callable(value):
            return value

        def call(*args: Any, **named: Any) -> Any:
            self._fuse.burn()
            result = value(*args, **named)
            self._fuse.burn()
            return result

        return call


def killed_week(made: Week, seed: int, open_watcher: OpenWatcher) -> tuple[list[str], list[str], int]:
    """A week of a watch that dies every few calls: what the caller and a channel received, and the deaths."""
    chance, deaths = random.Random(seed), 0
    reader, channel, got = NotingReader(), NotingChannel(), []

    def opened(edgar: EdgarService) -> Watcher:
        fuse = Fuse(chance.randrange(10, 500))
        watcher = open_watcher(edgar, reader, fuse.laid(channel), start=START)
        for name in ("journal", "_store", "_reader", "_client"):
            setattr(watcher, name, fuse.laid(getattr(watcher, name)))
        return watcher

    with made.service() as edgar:
        watcher = opened(edgar)
        for now in moments(edgar):
            while True:
                try:
                    for step in watcher.poll(now):
                        assert isinstance(step, FilingNews)
                        got.append(step.id)
                    break
                except Killed:
                    deaths += 1
                    watcher = opened(edgar)
    assert reader.ledger == list(dict.fromkeys(got))
    return got, channel.ids, deaths


def test_a_watch_that_is_killed_misses_nothing(open_watcher: OpenWatcher) -> None:
    made = week(2, others=100)
    got, channel, deaths = killed_week(made, 2, open_watcher)
    assert deaths > 10
    for ids in (got, channel):
        assert sorted(set(ids)) == sorted(made.accessions)
        repeated = [
            b for a, b in pairwise(ids) if a == b
        ]  # only what was on its way, at once, and known by id
        assert len(ids) - len(set(ids)) == len(repeated) <= deaths
    assert list(dict.fromkeys(got)) == list(dict.fromkeys(channel))


def test_a_channel_that_fails_gets_everything_later_and_stops_nobody(open_watcher: OpenWatcher) -> None:
    made, reader = week(others=50), NotingReader()
    broken, sound = NotingChannel("broken"), NotingChannel("sound")
    broken.failing = ChannelError("no answer", where="broken", hint="it is tried again")
    problems: list[dict[str, Any]] = []
    with made.service() as edgar:
        watcher = open_watcher(edgar, reader, broken, sound, start=START)
        for number, now in enumerate(moments(edgar)):
            if number == 20:
                broken.failing = None
                watcher = open_watcher(edgar, reader, broken, sound, start=START)
            steps = list(watcher.poll(now))
            problems += [step.to_dict() for step in steps if not isinstance(step, FilingNews)]
    assert broken.ids == sound.ids
    assert sorted(sound.ids) == sorted(made.accessions)
    assert [(each["event"], each["what"]) for each in problems] == [("problem", "broken")]

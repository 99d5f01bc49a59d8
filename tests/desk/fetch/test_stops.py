"""A fetch that is stopped, by whatever, leaves everything whole, and the next one goes on from there."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from hashpivot.core import DocumentStoreError, LedgerError
from hashpivot.desk import DocumentFetched, FetchEvent, FetchState
from hashpivot.desk.fetch._one_ahead import one_ahead
from hashpivot.ledger import Ledger
from hashpivot.sources import Store
from hashpivot.testing.services import ServedFiling
from hashpivot.testing.services.edgar import rate_threshold

from .conftest import SEASON, Fetching

Make = Callable[..., Fetching]


@pytest.fixture
def releases(made: list[ServedFiling]) -> list[ServedFiling]:
    return [filing for filing in made if filing.form == "8-K"]


def everything(user: Fetching, **options: Any) -> Any:
    return user("CORZ", "WULF", "HUT", season=SEASON, **options)


def test_a_consumer_that_stops_early_leaves_everything_whole(
    releases: list[ServedFiling], fetching: Make
) -> None:
    stopped, undisturbed = fetching(releases), fetching(releases)
    events = stopped.events("CORZ", "WULF", "HUT", season=SEASON)
    list(islice((event for event in events if isinstance(event, DocumentFetched)), 1))
    events.close()  # type: ignore[attr-defined]
    with Ledger.open(stopped.ledger) as ledger, Store(stopped.store) as store:
        ledger.check()
        assert len(ledger.read().sources) == 1
        assert all(document.read() for document in store)
        assert len(list(store)) in (1, 2)  # one ahead
    assert not stopped.leftovers()
    assert everything(stopped).complete and everything(undisturbed).complete
    assert stopped.rows == undisturbed.rows
    assert len(stopped.downloads()) == len(set(stopped.downloads()))


def test_nobody_waits_for_a_block_that_a_stopped_fetch_would_wait_out(
    releases: list[ServedFiling], fetching: Make
) -> None:
    user = fetching(releases)
    user.service.fail(rate_threshold(), releases[1].accession)
    events = user.events("CORZ", "WULF", "HUT", season=SEASON, client={"block_seconds": 60.0})
    list(islice((event for event in events if isinstance(event, DocumentFetched)), 1))
    started = time.monotonic()
    events.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 10


def keep(user: Fetching, seen: list[FetchEvent]) -> None:
    """The events of a fetch as they come, also if it ends in an error."""
    seen.extend(user.events("CORZ", "WULF", "HUT", season=SEASON))


@pytest.mark.parametrize("where", ["write", "fsync", "replace", "index"])
def test_a_full_disk_in_the_store_stops_cleanly(
    where: str, releases: list[ServedFiling], fetching: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = fetching(releases)
    with monkeypatch.context() as patched:
        _fill_disk(patched, where, after=1)
        seen: list[FetchEvent] = []
        with pytest.raises(DocumentStoreError) as full:
            keep(user, seen)
    assert "No space left" in str(full.value) or "full" in str(full.value)
    assert [event.state for event in seen if isinstance(event, DocumentFetched)] == [FetchState.NEW]
    assert not user.leftovers()
    assert everything(user).complete
    assert len(user.rows["sources"]) == len(releases)


def _fill_disk(patched: pytest.MonkeyPatch, where: str, *, after: int) -> None:
    """No space from the second document on."""
    full, done = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), []

    def failing(right: Callable[..., Any], error: Exception, concerns: Callable[..., bool]) -> Any:
        def called(*args: Any, **options: Any) -> Any:
            if concerns(*args):
                done.append(True)
                if len(done) > after:
                    raise error
            return right(*args, **options)

        return called

    def of_store(*args: Any) -> bool:
        return Path(str(args[0])).parent.name == "sec" and Path(str(args[0])).name.startswith(".")

    if where == "fsync":
        patched.setattr(os, "fsync", failing(os.fsync, full, lambda *_: True))
    elif where == "index":
        put = Store.put
        reason = sqlite3.OperationalError("database or disk is full")

        def put_in_full(store: Store, *args: Any, **options: Any) -> Any:
            done.append(True)
            if len(done) <= after:
                return put(store, *args, **options)
            with store._told():  # as the index says it
                raise reason

        patched.setattr(Store, "put", put_in_full)
    else:
        name = {"write": "open", "replace": "replace"}[where]
        patched.setattr(Path, name, failing(getattr(Path, name), full, of_store))


def test_a_full_disk_in_the_ledger_stops_cleanly(
    releases: list[ServedFiling], fetching: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = fetching(releases)
    right, added = Ledger.add, []

    def full(ledger: Ledger, *args: Any, **options: Any) -> Any:
        added.append(True)
        if len(added) == 2:
            with ledger._database.transaction():
                raise sqlite3.OperationalError("database or disk is full")
        return right(ledger, *args, **options)

    monkeypatch.setattr(Ledger, "add", full)
    seen: list[FetchEvent] = []
    with pytest.raises(LedgerError) as stopped:
        keep(user, seen)
    assert "full" in str(stopped.value)
    assert len([event for event in seen if isinstance(event, DocumentFetched)]) == 1
    assert everything(user).complete
    assert len(user.rows["sources"]) == len(releases)


def test_a_stored_file_that_the_disk_lost_is_fetched_again(
    releases: list[ServedFiling], fetching: Make
) -> None:
    user = fetching(releases)
    path = Path(everything(user).documents[0].path)
    path.write_bytes(path.read_bytes()[:50])
    again = everything(user)
    assert again.complete and sum(document.downloaded for document in again.documents) == 1


def test_a_file_of_a_killed_process_is_no_document(releases: list[ServedFiling], fetching: Make) -> None:
    user = fetching(releases)
    half = user.store / "sec" / f"{releases[0].accession}.txt.gz"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half a file, which no index lists")
    assert everything(user).complete


def test_two_fetches_at_once_into_one_ledger(releases: list[ServedFiling], fetching: Make) -> None:
    user, alone = fetching(releases), fetching(releases)
    summaries, problems = [], []

    def fetch() -> None:
        try:
            summaries.append(everything(user))
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=fetch) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems and all(summary.complete for summary in summaries)
    assert everything(alone).complete
    assert user.rows == alone.rows
    assert sum(document.state is FetchState.NEW for s in summaries for document in s.documents) == len(
        releases
    )
    assert not user.leftovers()


def test_the_next_item_is_made_while_the_last_one_is_used() -> None:
    made: list[int] = []

    def make(item: int) -> int:
        made.append(item)
        return item * 10

    results = one_ahead(make, [1, 2, 3, 4])
    assert next(results) == 10
    for _ in range(200):
        if made == [1, 2]:
            break
        time.sleep(0.01)
    assert made == [1, 2]
    assert list(results) == [20, 30, 40]


def test_an_error_comes_in_its_place() -> None:
    results = one_ahead(lambda item: 10 // item, [5, 0, 2])
    assert next(results) == 2
    with pytest.raises(ZeroDivisionError):
        next(results)

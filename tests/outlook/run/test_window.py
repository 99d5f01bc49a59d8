"""Work handed to executors a window at a time."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakSet

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import executor_of
from hashpivot.ledger import View
from hashpivot.outlook import WorkerLost, build_case, outlook
from hashpivot.outlook.run._outlook import SHARDS_AT_A_TIME
from hashpivot.outlook.run._window import results


class Watched(ThreadPoolExecutor):
    """A standard executor that sees how many results are alive when it is given work."""

    def __init__(self) -> None:
        super().__init__(2)
        self.taken, self.most, self.alive = 0, 0, WeakSet[Any]()

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        self.taken += 1
        self.most = max(self.most, len(self.alive))
        future = super().submit(*args, **kwargs)
        future.add_done_callback(lambda done: self.alive.add(done.result()))
        return future


def square(number: int) -> int:
    return number**2


def test_every_job_has_its_result() -> None:
    expected = {number: number**2 for number in range(50)}
    with ThreadPoolExecutor(3) as pool:
        for window in (1, 2, 7, 100):
            assert dict(results(pool, square, range(50), window)) == expected
    assert list(results(None, square, range(50), 1)) == list(expected.items())


def test_no_more_is_asked_for_than_the_window_holds() -> None:
    with Watched() as pool:
        found = results(pool, frozenset[int], [(number,) for number in range(50)], 5)
        for had, _ in enumerate(found):
            assert pool.taken <= had + 5


def test_what_is_not_begun_is_dropped_when_nobody_asks_any_more() -> None:
    began: list[int] = []
    asked_no_more = threading.Event()

    def work(number: int) -> None:
        began.append(number)
        assert number == 0 or asked_no_more.wait(30)

    with ThreadPoolExecutor(1) as pool:
        found = results(pool, work, range(100), 100)
        next(found)
        found.close()
        asked_no_more.set()
    assert began in ([0], [0, 1])


def test_an_outlook_holds_few_shards_at_a_time(
    view: View, network: NetworkHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hashpivot.outlook.market._market.SHARD", 16)
    case = build_case(view, network, "CLSK")[0]
    with Watched() as pool:
        found = outlook(case, quarters=2, paths=16 * 100, executor=pool)
    assert pool.taken == 100
    assert 0 < pool.most <= SHARDS_AT_A_TIME + 1
    assert found.to_dict() == outlook(case, quarters=2, paths=16 * 100).to_dict()


def end_itself(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_a_worker_ended_by_the_system_is_an_error_with_a_way_out() -> None:
    with executor_of(workers=2) as pool, pytest.raises(WorkerLost, match="ended") as error:
        list(results(pool, end_itself, range(4), 2))
    assert "fewer workers" in error.value.hint

"""Work handed to an executor a window at a time, so that results nobody has asked for do not pile up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice
from typing import TypeVar

from hashpivot.core import HashpivotError

Job = TypeVar("Job")
Result = TypeVar("Result")


class WorkerLost(HashpivotError):
    """A process that computed shards or points was ended from outside."""


def results(
    executor: Executor | None, work: Callable[[Job], Result], jobs: Iterable[Job], window: int
) -> Iterator[tuple[Job, Result]]:
    """Each job with its result, as results come.

    Args:
        executor: Where work is done; here, in order, if None.
        work: What is done.
        jobs: What it is done with.
        window: Jobs an executor has at a time, their results counted until they are asked for.

    Raises:
        WorkerLost: If a process of a pool ended before its work was done.
    """
    if executor is None:
        yield from ((job, work(job)) for job in jobs)
        return
    left = iter(jobs)
    pending: dict[Future[Result], Job] = {}
    try:
        while True:
            pending |= {executor.submit(work, job): job for job in islice(left, window - len(pending))}
            if not pending:
                return
            done = next(iter(wait(pending, return_when=FIRST_COMPLETED).done))
            yield pending.pop(done), done.result()
    except BrokenExecutor:
        raise WorkerLost(
            "a worker process ended before its work was done",
            hint="the system may have ended it for want of memory: use fewer workers",
        ) from None
    finally:
        for future in pending:
            future.cancel()

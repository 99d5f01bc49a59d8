"""Two things at once: the next item is made while the last one is used."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from queue import SimpleQueue
from threading import Event, Semaphore, Thread
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_LEAVES = 2.0  # seconds a thread has to end when nobody wants more: one request, unless a block is waited out


def one_ahead(make: Callable[[Item], Made], items: Sequence[Item]) -> Generator[Made]:
    """What `make` makes of each item, in order; one item is made in a thread while the last one is used.

    If the consumer stops early, the item in the making may still be finished, and no further one is begun.

    Args:
        make: Called in one thread, for one item at a time.
        items: In order.

    Raises:
        Exception: What `make` raises, in its place; nothing is made after it.
    """
    turn, stopped = Semaphore(1), Event()
    results: SimpleQueue[tuple[Made | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        for item in items:
            turn.acquire()
            if stopped.is_set():
                return
            try:
                results.put((make(item), None))
            except BaseException as error:
                results.put((None, error))
                return

    thread = Thread(target=work, name="hashpivot-fetch", daemon=True)
    thread.start()
    try:
        for _ in items:
            made, error = results.get()
            if error is not None:
                raise error
            turn.release()
            yield made  # type: ignore[misc]  # None only where make returns it
    finally:
        stopped.set()
        turn.release()
        thread.join(_LEAVES)

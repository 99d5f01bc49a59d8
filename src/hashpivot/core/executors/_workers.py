"""Processes that work for another one: they end with it, and Ctrl-C is that one's to act on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker


def begin_worker() -> None:
    """Begin a process that works for another: it ends with that one, however that ends.

    A process that waits for work would wait for ever where the one that gives it was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def leave_interrupts() -> None:
    """Keep Ctrl-C from this thread, and from the processes that it starts from now on."""
    _mask_interrupts(blocked=True)


@contextmanager
def interrupts_later() -> Iterator[None]:
    """Keep Ctrl-C from this thread until the end, and for good from the processes that it starts."""
    leave_interrupts()
    try:
        yield
    finally:
        _mask_interrupts(blocked=False)


def _mask_interrupts(*, blocked: bool) -> None:
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # to start it later lets Ctrl-C in again
        signal.pthread_sigmask(signal.SIG_BLOCK if blocked else signal.SIG_UNBLOCK, [signal.SIGINT])


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)

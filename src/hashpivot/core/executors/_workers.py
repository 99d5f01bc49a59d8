"""Processes that work for another one: they end with it, and Ctrl-C is that one's to act on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process, resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess


def begin_worker() -> None:
    """Begin a process that works for another: it ends with that one, however that ends.

    A process that waits for work would wait for ever where the one that gives it was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


class _Worker(SpawnProcess):
    """A process from which Ctrl-C is kept from its first moment on, when it cannot ignore it yet."""

    def start(self) -> None:
        with _interrupts_later():
            super().start()


class WorkerContext(SpawnContext):
    """How processes of workers are begun: anew, not as copies of this one, and without Ctrl-C."""

    Process = _Worker


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Keep Ctrl-C from this thread until the end, and for good from the processes that it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # to start it later lets Ctrl-C in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)

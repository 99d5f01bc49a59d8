"""A process that makes answers, so that the one that sends them is always free to."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock

from hashpivot.core import LedgerPlace, WorkerContext, begin_worker

from .shared import CachedResponse, PageRequest

_PATIENCE = 5.0  # seconds until a process that was asked to end is made to


class Worker:
    """One process, begun when it is first needed and again after it has died.

    Args:
        ledger: The user's ledger, as `Desk.open`.
    """

    def __init__(self, ledger: LedgerPlace | None) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def make(self, asked: PageRequest) -> CachedResponse:
        """Have an answer made.

        Raises:
            HashpivotError: Why there is none.
            OSError, EOFError: If the process died, and the one begun instead died too.
        """
        with self._lock:
            try:
                made = self._ask(asked)
            except (OSError, EOFError):
                made = self._ask(asked)
        if isinstance(made, Exception):
            raise made
        return made

    def begin(self) -> None:
        """Begin the process before it is needed."""
        with self._lock:
            self._begun()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, asked: PageRequest) -> CachedResponse | Exception:
        line = self._begun()
        try:
            line.send(asked)
            made: CachedResponse | Exception = line.recv()
        except (OSError, EOFError):
            self._end()
            raise
        return made

    def _begun(self) -> Connection:
        if self._line is None:
            context = WorkerContext()
            self._line, far = context.Pipe()
            self._process = context.Process(target=_serve, args=(far, self._ledger), daemon=True)
            self._process.start()
            far.close()
        return self._line

    def _end(self) -> None:
        if self._line and self._process:
            self._line.close()
            self._process.terminate()
            self._process.join(_PATIENCE)
            if self._process.is_alive():  # stopped, or deep in a library
                self._process.kill()
        self._line = self._process = None


def _serve(line: Connection, ledger: LedgerPlace | None) -> None:
    """What the process does: answer until nobody asks any more."""
    begin_worker()
    from ._view_answers import ViewAnswers
    from .shared import LiveDesk

    answers = ViewAnswers(LiveDesk(ledger))
    try:
        while True:
            line.send(_outcome(answers.make, line.recv()))
    except (EOFError, OSError):
        return


def _outcome(make: Callable[[PageRequest], CachedResponse], asked: PageRequest) -> CachedResponse | Exception:
    try:
        return make(asked)
    except Exception as error:
        return error

"""Jobs: work that takes long, done in processes of its own that a reader can watch and stop."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Hashable
from secrets import token_urlsafe
from threading import BoundedSemaphore, Lock, Thread, Timer
from typing import IO, Any, Literal, TypeAlias

from hashpivot.core import HashpivotError, InvalidInput, UnknownKey

JobState: TypeAlias = Literal["waiting", "running", "done", "failed", "cancelled"]

_AT_ONCE = 2  # processes; a machine with two cores still answers, because they run at a lower priority
_MOST_OPEN = 8  # running and waiting ones
_MOST_KEPT = 24  # finished ones, whose outcomes have some 0.3 MB each
_LONGEST_SECONDS = 900.0
_CHILD = "hashpivot.web.shared._child"


class UnknownJob(UnknownKey):
    """There is no such job, or it was let go."""


class TooManyJobs(HashpivotError):
    """No more work is taken on now."""


class TooMuchWork(InvalidInput):
    """What was asked takes more time or memory than one job may have."""


class JobCancelled(HashpivotError):
    """The job was stopped by a reader."""


class Job:
    """One piece of work.

    Args:
        title: What is made.
        address: The page that shows it when it is there.
        call: A function at the top of a module, and its arguments; it is given one more, which it may call
            with the steps done and all steps.
        seconds: Time it may take.
    """

    def __init__(
        self, title: str, address: str, call: tuple[Callable[..., Any], tuple[Any, ...]], seconds: float
    ) -> None:
        self.id = token_urlsafe(16)
        self.title, self.address = title, address
        self.state: JobState = "waiting"
        self.steps: tuple[int, int] | None = None
        self._call, self._seconds = call, seconds
        self._began = self._ended = time.monotonic()
        self._outcome: Any = None
        self._error: Exception | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    @property
    def over(self) -> bool:
        """True once nothing more will happen."""
        return self.state in ("done", "failed", "cancelled")

    @property
    def seconds(self) -> int:
        """How long it has been worked on."""
        return round((self._ended if self.over else time.monotonic()) - self._began)

    @property
    def error(self) -> Exception | None:
        """What ended it, if that is not its outcome."""
        if self.state == "cancelled":
            return JobCancelled("this was cancelled", hint="start it again")
        return self._error

    def outcome(self) -> Any:
        """What was made.

        Raises:
            Exception: What ended it instead.
        """
        if self.error:
            raise self.error
        return self._outcome

    def to_dict(self) -> dict[str, Any]:
        """State, steps, seconds and where the outcome is."""
        done, of = self.steps or (None, None)
        return {
            "job": self.id,
            "title": self.title,
            "state": self.state,
            "steps_done": done,
            "steps": of,
            "seconds": self.seconds,
            "address": self.address,
        }

    def cancel(self) -> None:
        """Stop it; nothing happens if it is over."""
        with self._lock:
            if not self.over:
                self._end("cancelled")
            if self._process:
                self._process.kill()

    def run(self) -> None:
        """Work on it until it is over."""
        with self._lock:
            if self.over:
                return
            try:
                process = self._process = _start()
            except OSError as error:
                self._error = error
                self._end("failed")
                return
            self.state, self._began = "running", time.monotonic()
        late = Timer(self._seconds, self._too_late)
        late.daemon = True
        late.start()
        try:
            self._follow(process)
        except (OSError, EOFError):
            self._fail(TooMuchWork("its process ended before it was done", hint="ask for less of it"))
        except Exception as error:
            self._fail(error)
        finally:
            late.cancel()
            _close(process)

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        """Take what the process sends until it ends."""
        assert process.stdin and process.stdout
        process.stdin.write(pickle.dumps(sys.path) + pickle.dumps(self._call))
        process.stdin.flush()  # it stays open: when it ends, the process knows that we are gone
        while not self.over:
            self._take(*pickle.load(process.stdout))

    def _take(self, kind: str, value: Any) -> None:
        if kind == "steps":
            self.steps = value
        elif kind == "done":
            with self._lock:
                if not self.over:
                    self._outcome = value
                    self._end("done")
        else:
            self._fail(value)

    def _too_late(self) -> None:
        limit = f"{self._seconds / 60:g} minutes"
        self._fail(TooMuchWork(f"it was stopped after {limit}", hint="ask for less of it"))
        self.cancel()

    def _fail(self, error: Exception) -> None:
        with self._lock:
            if not self.over:
                self._error = error
                self._end("failed")

    def _end(self, state: JobState) -> None:
        self.state, self._ended = state, time.monotonic()


class Jobs:
    """All jobs of a desk: few at once, few waiting, and the newest finished ones kept.

    Args:
        at_once: Processes.
        most_open: Jobs running and waiting.
        most_kept: Finished ones that are kept.
        seconds: Time each may take.
    """

    def __init__(
        self,
        at_once: int = _AT_ONCE,
        most_open: int = _MOST_OPEN,
        most_kept: int = _MOST_KEPT,
        seconds: float = _LONGEST_SECONDS,
    ) -> None:
        self._turn = BoundedSemaphore(at_once)
        self._most_open, self._most_kept, self._seconds = most_open, most_kept, seconds
        self._jobs: dict[Hashable, Job] = {}
        self._lock = Lock()

    def __getitem__(self, job: str) -> Job:
        """The job of an id.

        Raises:
            UnknownJob: If there is none.
        """
        with self._lock:
            found = next((kept for kept in self._jobs.values() if kept.id == job), None)
        if found is None:
            raise UnknownJob("there is no such job, or it was let go", hint="open the page it was to make")
        return found

    def find(self, key: Hashable) -> Job | None:
        """The job of a key; None if there is none, or it was let go."""
        with self._lock:
            return self._jobs.get(key)

    def start(
        self, key: Hashable, title: str, address: str, call: tuple[Callable[..., Any], tuple[Any, ...]]
    ) -> Job:
        """Return the job of a key; it is begun if there is none.

        Args:
            key: The same for the same work.
            title, address, call: As `Job`.

        Raises:
            TooManyJobs: If no more may wait.
        """
        with self._lock:
            if key in self._jobs:
                return self._jobs[key]
            if sum(not job.over for job in self._jobs.values()) >= self._most_open:
                raise TooManyJobs(
                    f"{self._most_open} jobs are running or waiting", hint="wait for one, or cancel one"
                )
            job = self._jobs[key] = Job(title, address, call, self._seconds)
            finished = [held for held, kept in self._jobs.items() if kept.over]
            for old in finished[: max(0, len(finished) - self._most_kept)]:
                del self._jobs[old]
        Thread(target=self._run, args=(job,), daemon=True).start()
        return job

    def forget(self, job: Job) -> None:
        """Let a job go, so that asking for the same begins anew; it is stopped if it runs."""
        job.cancel()
        with self._lock:
            self._jobs = {key: kept for key, kept in self._jobs.items() if kept is not job}

    def close(self) -> None:
        """Stop all of them."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()

    def _run(self, job: Job) -> None:
        with self._turn:
            job.run()


def _start() -> subprocess.Popen[bytes]:
    """A process that waits for its work, in a session of its own: Ctrl-C in our terminal is not for it."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )


def _close(process: subprocess.Popen[bytes]) -> None:
    """End a process and let go of all it held."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        _shut(pipe)


def _shut(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:
        pass  # what was not yet sent to a process that has ended

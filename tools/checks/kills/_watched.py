"""A command that runs, watched by what it changes in its folder."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

_LOOK_SECONDS = 0.002
_LEAVE_SECONDS = 30.0
"""What a command has to end in once it is told to, and its processes once it was killed."""

State = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Course:
    """When a command that nobody disturbs changes something in its folder.

    Args:
        changes: Seconds from its start to each change that was seen.
        seconds: To its end.
    """

    changes: tuple[float, ...]
    seconds: float

    @property
    def first(self) -> float:
        """Seconds to the first change."""
        return self.changes[0]


class WatchedRun:
    """One run of a command in a group of processes of its own; a context manager that ends the whole group.

    Args:
        words: The command line.
        environment: What is put into its environment.
        folder: The folder that is watched.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._folder = folder
        self._at_start = self._before = _state(folder)
        with ExitStack() as files:
            self._output, self._errors = (files.enter_context(TemporaryFile()) for _ in range(2))
            self._files = files.pop_all()
        self.process = subprocess.Popen(
            words,
            env=os.environ | environment,
            stdout=self._output,
            stderr=self._errors,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End what still runs."""
        if self.running or _processes(self.process.pid):
            self.send(signal.SIGKILL, group=True)
            self.process.wait()
        self._files.close()

    def course(self) -> Course:
        """Let it run to its end, and say when it changed something."""
        started, changes = time.monotonic(), []
        while self.running:
            if self._changed():
                changes.append(time.monotonic() - started)
            time.sleep(_LOOK_SECONDS)
        return Course(tuple(changes), time.monotonic() - started)

    def wait_for(self, changes: int, seconds: float) -> None:
        """Wait until it has changed something so many times, and so long more, or until it has ended."""
        while changes and self.running:
            changes -= self._changed()
            time.sleep(_LOOK_SECONDS)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    @property
    def running(self) -> bool:
        """True until it has ended."""
        return self.process.poll() is None

    @property
    def wrote(self) -> bool:
        """True if it changed anything so far."""
        return self._at_start != _state(self._folder)

    def send(self, how: signal.Signals, *, group: bool) -> None:
        """Send it a signal, or its whole group."""
        (os.killpg if group else os.kill)(self.process.pid, how)

    def end(self) -> list[str]:
        """Wait until it and every process it started have ended; return what is wrong with that."""
        try:
            self.process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            return [f"did not end within {_LEAVE_SECONDS:.0f} seconds"]
        deadline = time.monotonic() + _LEAVE_SECONDS
        while left := _processes(self.process.pid):
            if time.monotonic() > deadline:
                return [f"{len(left)} of its processes go on without it"]
            time.sleep(0.05)
        return []

    def said(self) -> tuple[str, str]:
        """Standard output and error so far."""
        texts = []
        for file in (self._output, self._errors):
            file.seek(0)
            texts.append(file.read().decode())
        return texts[0], texts[1]

    def _changed(self) -> bool:
        before, self._before = self._before, _state(self._folder)
        return before != self._before


def _state(folder: Path) -> State:
    """Size and time of every file of a folder."""
    found: State = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir():
                    found |= _state(Path(entry.path))
                else:
                    status = entry.stat()
                    found[entry.path] = status.st_size, status.st_mtime_ns
            except FileNotFoundError:
                continue  # it was moved meanwhile
    return found


def _processes(group: int) -> list[int]:
    """Living processes of a group."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return []
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has ended
        if int(its_group) == group and state not in "ZX":
            found.append(int(path.parent.name))
    return found

"""Run a case in a process forked from this one, where the package is loaded."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from .case import Case
from .child import become

_WALL_SECONDS = 120  # two cores shared by many
_LITTLE = 3.0  # seconds of processor time in all that while: it waits for something
_BEFORE_CTRL_C = 2.5  # seconds of a command that runs until it is ended
_ONCE_HEARD = 0.6  # seconds of one that has said something
_BROKEN = 99  # this module failed, not the package


@dataclass(frozen=True)
class Ran:
    """What a case did.

    Args:
        status: Exit status; negative is a signal.
        out: Standard output.
        err: Standard error.
        seconds: Processor time.
        hung: Whether it had to be killed though it did not compute.
        seen: What the process did that a user did not ask for: `write PATH` elsewhere, `connect HOST`.
        before: What stood in its folder before, by path.
        after: What stood there afterwards.
    """

    status: int
    out: bytes
    err: bytes
    seconds: float
    hung: bool
    seen: tuple[str, ...]
    before: dict[str, bytes] = field(repr=False)
    after: dict[str, bytes] = field(repr=False)


def run(case: Case) -> Ran:
    """Run a case in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="line-"))
    try:
        folder.chmod(0o755)
        for name in ("start", "home", "tmp", "seen"):
            (folder / name).mkdir(mode=0o777)
            (folder / name).chmod(0o777)
        for name, entry in case.files.items():
            with suppress(OSError, ValueError):
                entry.lay(folder / name)
        before = _contents(folder)
        pipes = [os.pipe(), os.pipe()]
        child = _fork(case, folder, [writing for _, writing in pipes])
        for _, writing in pipes:
            os.close(writing)
        with _Collected(pipes[0][0]) as out, _Collected(pipes[1][0]) as err:
            status, seconds, hung = _wait(child, case, out, err)
        for name in ("start", "home"):
            with suppress(OSError):
                (folder / name).chmod(0o777)
        seen = tuple(dict.fromkeys(_read(folder / "seen/log").decode("utf-8", "replace").splitlines()))
        return Ran(status, bytes(out.data), bytes(err.data), seconds, hung, seen, before, _contents(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Collected:
    """What a process writes into a pipe.

    Args:
        pipe: Its end to read.
    """

    def __init__(self, pipe: int) -> None:
        os.set_blocking(pipe, False)
        self._pipe = pipe
        self.data = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.collect()
        os.close(self._pipe)

    def collect(self) -> None:
        """Take what is there."""
        with suppress(BlockingIOError):
            while part := os.read(self._pipe, 1 << 20):
                self.data += part


def _fork(case: Case, folder: Path, pipes: list[int]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    try:
        become(case, folder, pipes)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(_BROKEN)


def _wait(child: int, case: Case, *outputs: _Collected) -> tuple[int, float, bool]:
    """Exit status, processor time, and whether it was killed."""
    started, told, hung = time.monotonic(), False, False
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, hung
        waited = time.monotonic() - started
        if case.endless and not told and waited > (_ONCE_HEARD if outputs[0].data else _BEFORE_CTRL_C):
            os.kill(child, signal.SIGINT)
            told = True
        if waited > _WALL_SECONDS and not hung and (case.endless or _used(child) < _LITTLE):
            os.kill(child, signal.SIGKILL)
            hung = True
        for output in outputs:
            output.collect()
        time.sleep(0.004)


def _used(child: int) -> float:
    """Processor time of a process so far."""
    try:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _contents(folder: Path) -> dict[str, bytes]:
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            with suppress(OSError):
                if (
                    not path.is_symlink()
                    and path.is_file()
                    and "seen" not in path.relative_to(folder).parts[:1]
                ):
                    found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""

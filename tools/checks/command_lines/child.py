"""A case as a process of its own: its streams, variables, rights and limits, then the command."""

from __future__ import annotations

import ctypes
import io
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn, TextIO

from hashpivot.cli import main

from .case import Case

CPU_SECONDS = 40
"""Processor time a case may take; no case asks for so much."""
_LINE = "\x01"  # stands for the end of a line in a note
_PAUSE = 0.002  # seconds a pause really lasts
_CAPABILITIES = 0x20080522  # version of the two structures that say what a process may
_STDIN = {
    "text": b"not json\n{}\n\xff\xfe\n[1]\n",
    "list": b"\xef\xbb\xbffiling.htm\r\n./filing.htm\n\n# none\nno\0thing.htm\n~nouser/x\n-\n",
}
_LOCAL = ("127.0.0.1", "localhost", "::1", "", "0.0.0.0", "::")
_SECURE_BITS, _ROOT_IS_NOBODY = 28, 3  # of prctl: a new program of root has no more rights than this one
_ANEW = "import sys; sys.argv[0] = 'hashpivot'; from hashpivot.cli import main; main()"

_kept: list[Any] = []
"""Streams that are not closed, so that no warning says so."""


def become(case: Case, folder: Path, pipes: list[int]) -> NoReturn:
    """Be the case, in a process forked for it.

    Args:
        case: What is run.
        folder: Its own, with its files laid.
        pipes: Where standard output and standard error lead.
    """
    around = case.around
    log = os.open(folder / "seen/log", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    _set_variables(case, folder)
    streams = [_stdin(around.stdin, folder), _target(around.out, pipes[0]), _target(around.err, pipes[1])]
    for number, file in enumerate(streams):
        if file is None:
            with suppress(OSError):
                os.close(number)
        else:
            os.dup2(file, number)
    log = os.dup2(log, 3)
    os.closerange(4, 512)
    _kept.append((sys.stdin, sys.stdout, sys.stderr))
    sys.stdin, sys.stdout, sys.stderr = (_stream(n, file, around.encoding) for n, file in enumerate(streams))  # type: ignore[assignment]
    sys.__stdout__, sys.__stderr__, sys.__stdin__ = sys.stdout, sys.stderr, sys.stdin  # type: ignore[misc]
    _stand(around.folder, folder)
    if around.home != "open":
        (folder / "home").chmod(0o555 if around.home == "locked" else 0)
    _lose_rights()
    _limit(case)
    if around.fresh:
        _start_anew(case)
    _hurry()
    sys.argv, sys.dont_write_bytecode = ["hashpivot", *case.words], True
    sys.modules["__main__"] = ModuleType(
        "__main__"
    )  # click names the program after it, processes begin with it
    warnings.resetwarnings()
    warnings.simplefilter("default")
    warnings.simplefilter("ignore", PendingDeprecationWarning)
    sys.addaudithook(_Watcher(folder, log))
    status: Any = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    except KeyboardInterrupt:
        status = 130
    except BaseException:
        with suppress(Exception):
            os.write(
                log,
                b"traceback "
                + traceback.format_exc().replace("\n", _LINE).encode("utf-8", "replace")
                + b"\n",
            )
        status = 1
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError) as error:
        os.write(log, f"unflushed {error}\n".encode())
    os._exit(status if isinstance(status, int) else int(status is not None))


def _start_anew(case: Case) -> NoReturn:
    """Have Python load everything, and open the streams, as for a user."""
    os.close(3)
    os.environ.update(PYTHONIOENCODING=case.around.encoding, PYTHONWARNINGS="default")
    os.execv(sys.executable, [sys.executable, "-P", "-c", _ANEW, *case.words])


def _hurry() -> None:
    """Pauses last no time, and clocks run on by theirs."""
    ahead, sleep = [0.0], time.sleep

    def pause(seconds: float) -> None:
        ahead[0] += seconds
        sleep(min(seconds, _PAUSE))

    def later(clock: Callable[[], float]) -> Callable[[], float]:
        return lambda: clock() + ahead[0]

    time.sleep, time.time, time.monotonic = pause, later(time.time), later(time.monotonic)


def _set_variables(case: Case, folder: Path) -> None:
    usual = {
        "PATH": os.environ.get("PATH", ""), "HOME": str(folder / "home"),
        "HASHPIVOT_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"),
        "COLUMNS": "100", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "BROWSER": "true",
        "PYTHONDONTWRITEBYTECODE": "1",  # under a limit of file sizes Python writes it cut short, for good
    }  # fmt: skip
    os.environ.clear()
    os.environ.update(usual)
    os.environ.update({name: value.replace("FOLDER", str(folder)) for name, value in case.variables.items()})
    time.tzset()
    tempfile.tempdir = None


def _target(where: str, pipe: int) -> int | None:
    if where == "closed":
        return None
    if where == "gone":
        reading, writing = os.pipe()
        os.close(reading)
        return writing
    return os.open("/dev/full", os.O_WRONLY) if where == "full" else pipe


def _stdin(what: str, folder: Path) -> int | None:
    if what == "closed":
        return None
    path = Path(os.devnull)
    if what in _STDIN:
        path = folder / "seen/in"
        path.write_bytes(_STDIN[what])
    return os.open(path, os.O_RDONLY)


def _stream(number: int, file: int | None, encoding: str) -> TextIO | None:
    """As Python opens a standard stream."""
    if file is None:
        return None
    raw = io.FileIO(number, "r" if number == 0 else "w", closefd=False)
    buffered: Any = io.BufferedReader(raw) if number == 0 else io.BufferedWriter(raw)
    errors = ("strict", "strict", "backslashreplace")[number]
    return io.TextIOWrapper(buffered, encoding, errors, line_buffering=number == 2)


def _stand(where: str, folder: Path) -> None:
    os.chdir(folder / "start")
    if where == "locked":
        (folder / "start").chmod(0o555)
    elif where == "gone":
        (folder / "start").rename(folder / "gone")
        shutil.rmtree(folder / "gone")


def _lose_rights() -> None:
    """As any other user: what may not be read or written by its permissions, root may not either."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "capset"):
        libc.prctl(_SECURE_BITS, _ROOT_IS_NOBODY)
        libc.capset((ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)())


def _limit(case: Case) -> None:
    around = case.around
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    if around.open_files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (around.open_files,) * 2)
    if around.file_bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as Python has it
        resource.setrlimit(resource.RLIMIT_FSIZE, (around.file_bytes,) * 2)
    if around.memory and not around.fresh:  # a fresh process has less to begin with
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + around.memory,) * 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a command that made samples had its own


class _Watcher:
    """Notes what is written outside a case's folder, and lets nothing reach another machine.

    Args:
        folder: The case's.
        log: Where it is noted.
    """

    def __init__(self, folder: Path, log: int) -> None:
        self._inside = (str(folder), "/dev/", "/proc/")
        self._log = log
        self._busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._busy or event not in _EVENTS:
            return
        self._busy = True
        try:
            self._look(event, arguments)
        finally:
            self._busy = False

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = (mode and set(str(mode)) & set("wax+")) or (
                isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            )
            if writes and isinstance(path, (str, bytes, os.PathLike)):
                self._wrote(path)
        elif event in (
            "os.rename",
            "os.remove",
            "os.mkdir",
            "os.rmdir",
            "os.truncate",
            "os.link",
            "os.symlink",
        ):
            for path in arguments[: 2 if event in ("os.rename", "os.link", "os.symlink") else 1]:
                self._wrote(path)
        elif event in ("socket.connect", "socket.getaddrinfo"):
            address = arguments[1] if event == "socket.connect" else arguments[0]
            host = address[0] if isinstance(address, tuple) else address
            host = host.decode("ascii", "replace") if isinstance(host, bytes) else host
            if isinstance(host, str) and host not in _LOCAL and not host.startswith("/"):
                self._note(f"connect {host}")
                raise OSError(101, "Network is unreachable")
        elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
            self._note(f"started {arguments[0]!r} {arguments[1:2]!r}")

    def _wrote(self, path: Any) -> None:
        if isinstance(path, int):
            return
        text = os.fsdecode(path)
        if _stands():
            text = os.path.abspath(text)  # noqa: PTH100 (links stay as they are)
        if (
            not text.startswith(self._inside)
            and not text.endswith(".pyc")
            and "__pycache__" not in text
            and text.startswith("/")
        ):
            self._note(f"write {text}")

    def _note(self, text: str) -> None:
        os.write(self._log, f"{text}\n".encode("utf-8", "replace"))


_EVENTS = {
    "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink",
    "socket.connect", "socket.getaddrinfo",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
}  # fmt: skip


def _stands() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True

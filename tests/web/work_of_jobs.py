"""What jobs of the tests do, in processes of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from hashpivot.core import NoData
from hashpivot.report import PageBody
from hashpivot.web.shared import Made

Progress = Callable[[int, int], None]


def add(one: int, other: int, progress: Progress) -> int:
    print("what is printed is not the answer")
    progress(1, 2)
    return one + other


def sleep(note: Path, progress: Progress) -> None:
    """Tell who we are, and work for ever."""
    note.write_text(str(os.getpid()), encoding="utf-8")
    progress(0, 9)
    while True:
        time.sleep(0.01)


def find_nothing(_progress: Progress) -> None:
    raise NoData("nothing is there", where="here", hint="look elsewhere")


def break_down(_progress: Progress) -> None:
    raise ZeroDivisionError("nobody foresaw this")


def eat_memory(_progress: Progress) -> int:
    return len(bytearray(64 * 2**30))


def say_something(_progress: Progress) -> Made:
    return Made({"something": 1}, [{"something": 1}], PageBody("Something", "<h1>Something</h1>"), [])


def die(_progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
